/** The events of a frame by where they stand in the text: many regions of one frame are looked at. */
import type { Node } from '../syntax/ast.ts'
import type { Event, FlowGraph, Point, Variable } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'

export interface Placed {
  readonly event: Event
  readonly point: Point
  readonly node: Node
}

export interface PlacedEvents {
  /** In the order in which their nodes begin. */
  readonly all: readonly Placed[]
  /** Binds, uses and deletes. */
  of(variable: Variable): readonly Placed[]
  readonly closures: readonly Placed[]
}

export const placedEvents: (graph: FlowGraph) => PlacedEvents = perObject(graph => {
  const all = graph.blocks.flatMap(({ id, events }) => events.map((event, index) => ({ event, point: { block: id, index }, node: nodeOf(event) })))
  all.sort((a, b) => a.node.start - b.node.start)
  const byVariable = new Map<Variable, Placed[]>()
  for (const placed of all) {
    const variable = variableOf(placed.event)
    if (!variable) continue
    const known = byVariable.get(variable)
    if (known) known.push(placed)
    else byVariable.set(variable, [placed])
  }
  return { all, of: variable => byVariable.get(variable) ?? [], closures: all.filter(({ event }) => event.kind === 'closure') }
})

/** Those that begin in the range, `end` not included. */
export function beginningIn(all: readonly Placed[], start: number, end: number): readonly Placed[] {
  return all.slice(firstFrom(all, start), firstFrom(all, end))
}

function firstFrom(all: readonly Placed[], offset: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (all[middle]!.node.start < offset) low = middle + 1
    else high = middle
  }
  return low
}

function variableOf(event: Event): Variable | null {
  if (event.kind === 'bind') return event.binding.variable
  return event.kind === 'use' || event.kind === 'delete' ? event.variable : null
}

export function nodeOf(event: Event): Node {
  return event.kind === 'bind' ? event.binding.name : event.node
}
