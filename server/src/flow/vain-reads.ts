import type { FlowGraph, Variable } from './graph.ts'

/**
 * The name is read in code that never runs (`if False:`, after a `return`). To CPython that is nothing; to those who read or check the text it is a
 * use, so that no edit may leave the name unknown there.
 */
export function isReadInVain(variable: Variable, { blocks, reachable }: FlowGraph): boolean {
  return blocks.slice(reachable).some(({ events }) => events.some(e => e.kind === 'use' && e.variable.name === variable.name && e.variable.scope === variable.scope))
}
