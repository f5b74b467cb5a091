/** Whether an event runs on the way from one point to another. */
import type { Node } from '../syntax/ast.ts'
import type { Binding, Event, FlowGraph, Point } from './graph.ts'

export type Passing = 'always' | 'sometimes' | 'never'

interface Place {
  readonly block: number
  readonly index: number
}

/** By block, stretches of event indices, ends inclusive. */
type Reached = ReadonlyMap<number, readonly { readonly first: number; readonly last: number }[]>

/**
 * The ways from where a variable is bound to where it is bound anew or deleted, and where on them the event of a node runs. One walk of the
 * graph answers for all points: a long function asks for thousands.
 */
export class Passage {
  /** What is reached without the event, and after it. */
  private readonly without: Reached
  private readonly after: Reached

  /** `node`: what an event evaluates, or the name that it binds. */
  constructor(graph: FlowGraph, binding: Binding, start: Point, node: Node) {
    const { variable } = binding
    const ends = (event: Event) => (event.kind === 'bind' && event.binding.variable === variable) || (event.kind === 'delete' && event.variable === variable)
    const found: Place[] = []
    this.without = reach(graph, [start, ...(start.copies ?? [])].map(next), (event, place) => {
      const isEvent = event.kind === 'bind' ? event.binding.name === node : event.node === node
      if (isEvent) found.push(place)
      return isEvent || ends(event)
    })
    this.after = reach(graph, found.map(next), ends)
  }

  /** Of control that gets there. Exceptional ways count, so that `always` and `never` are certain. */
  at(point: Point): Passing {
    if (!isIn(this.after, point)) return 'never'
    return isIn(this.without, point) ? 'sometimes' : 'always'
  }
}

function next({ block, index }: Place): Place {
  return { block, index: index + 1 }
}

function isIn(reached: Reached, point: Point): boolean {
  return [point, ...(point.copies ?? [])].some(({ block, index }) => reached.get(block)?.some(({ first, last }) => first <= index && index <= last) === true)
}

function reach(graph: FlowGraph, from: readonly Place[], stops: (event: Event, place: Place) => boolean): Reached {
  const queue = [...from]
  const seen = new Set<number>()
  const reached = new Map<number, { first: number; last: number }[]>()
  const enter = (block: number): void => {
    if (seen.has(block)) return
    seen.add(block)
    queue.push({ block, index: 0 })
  }
  while (queue.length > 0) {
    const { block: id, index: first } = queue.pop()!
    const { events, handlers, successors } = graph.blocks[id]!
    let last = first
    while (last < events.length && !stops(events[last]!, { block: id, index: last })) last++
    const known = reached.get(id)
    if (known === undefined) reached.set(id, [{ first, last }])
    else known.push({ first, last })
    if (first < events.length) handlers.forEach(enter)
    if (last === events.length) successors.forEach(enter)
  }
  return reached
}
