/** The control-flow graphs of a file as plain data, for bug reports and tests. */
import { buildFlow, buildModuleFlow } from '../flow/build.ts'
import type { Block, FlowGraph } from '../flow/graph.ts'
import { describe, spanOf } from '../flow/print.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import type { Source } from '../syntax/source.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { functionsOf } from '../semantic/functions.ts'

export interface DumpedBlock {
  readonly id: number
  readonly successors: readonly number[]
  /** Where an exception of this block goes. */
  readonly handlers: readonly number[]
  readonly reachable: boolean
  /** In evaluation order; 1-based lines. */
  readonly events: readonly { readonly line: number; readonly kind: string; readonly text: string }[]
}

export interface DumpedFrame {
  /** `<module>`, `Class.method`, `outer.inner`. */
  readonly name: string
  /** 1-based; 1 for the module. */
  readonly line: number
  readonly generator: boolean
  readonly entry: number
  readonly exit: number
  readonly raised: number
  readonly blocks: readonly DumpedBlock[]
}

/** The module's frame first, then the functions in order; those with syntax errors are left out. */
export function dumpFlow(source: Source, target: TargetVersion): { readonly frames: readonly DumpedFrame[] } {
  const scopes = resolveScopes(source.body, target)
  const starts = lineStarts(source.text)
  const lineOf = (position: number): number => positionAt(starts, source.offsetOf(position)).line + 1
  const dumpBlock = ({ id, successors, handlers, reachable, events }: Block): DumpedBlock => ({
    id, successors, handlers, reachable,
    events: events.map((event) => ({ line: lineOf(spanOf(event).start), kind: event.kind, text: describe(event, source) })),
  })
  const dumpGraph = (name: string, line: number, graph: FlowGraph): DumpedFrame => ({
    name, line, generator: graph.isGenerator, entry: graph.entry, exit: graph.exit, raised: graph.raised, blocks: graph.blocks.map(dumpBlock),
  })
  const functions = functionsOf(source.body).map(({ def, name }) => dumpGraph(name, lineOf(def.header.keyword), buildFlow(def, scopes)))
  return { frames: [dumpGraph('<module>', 1, buildModuleFlow(source.body, scopes)), ...functions] }
}
