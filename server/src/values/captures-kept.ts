/** What the functions that a frame makes keep: the objects of the names they see (fact 93). Rules look at such names by themselves; who calls the frame has to be told. */
import { fromEvents } from '../flow/events.ts'
import type { Event, FlowGraph } from '../flow/graph.ts'
import type { Evaluator } from './evaluate.ts'
import type { Keeping } from './mutations.ts'
import { makeValue } from './value.ts'

/** By `def` and `lambda`. Certain where the name is bound once: later bindings take the place of earlier ones. */
export function capturesKept(graph: FlowGraph, e: Evaluator): readonly Keeping[] {
  return fromEvents(graph, event => (event.kind === 'closure' ? keptBy(event, graph, e) : []))
}

function keptBy({ node, captures }: Extract<Event, { kind: 'closure' }>, { bindings }: FlowGraph, e: Evaluator): readonly Keeping[] {
  const site = node.kind === 'Lambda' ? node : node.kind === 'FunctionDef' ? bindings.find(b => b.node === node) : undefined
  if (site === undefined) return []
  const owner = makeValue({ links: [{ site, how: 'is', certain: true }] })
  return captures.flatMap(variable => {
    const bound = bindings.filter(b => b.variable === variable)
    return bound.map(b => ({ owner, kept: e.ofBinding(b), certain: bound.length === 1, node, how: 'seen by a function' }))
  })
}
