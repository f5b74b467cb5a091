/** Whether an event runs on the way from one point to another. */
import type { Event, FlowGraph, Point, Variable } from './graph.ts'

export type Passing = 'always' | 'sometimes' | 'never'

/**
 * Whether control that gets from one point to another, with the variable neither bound nor deleted on the way, has passed an event that `isEvent`
 * accepts. Exceptional paths count, so that `always` and `never` are certain.
 */
export function passes(graph: FlowGraph, from: Point, to: Point, variable: Variable, isEvent: (event: Event) => boolean): Passing {
  const ends = (event: Event) => (event.kind === 'bind' && event.binding.variable === variable) || (event.kind === 'delete' && event.variable === variable)
  const targets = [to, ...(to.copies ?? [])]
  const isTarget = (block: number, index: number) => targets.some(t => t.block === block && t.index === index)
  const found: Place[] = []
  const without = reaches(graph, [from, ...(from.copies ?? [])], isTarget, (event, place) => {
    if (isEvent(event)) found.push(place)
    return isEvent(event) || ends(event)
  })
  const after = found.map(({ block, index }) => ({ block, index: index + 1 }))
  if (!reaches(graph, after, isTarget, ends)) return 'never'
  return without ? 'sometimes' : 'always'
}

interface Place {
  readonly block: number
  readonly index: number
}

/** Visits all that can be reached before answering: `stops` sees every event on the way. */
function reaches(graph: FlowGraph, from: readonly Place[], isTarget: (block: number, index: number) => boolean, stops: (event: Event, place: Place) => boolean): boolean {
  const queue = [...from]
  const seen = new Set<number>()
  let reached = false
  const enter = (block: number): void => {
    if (seen.has(block)) return
    seen.add(block)
    queue.push({ block, index: 0 })
  }
  while (queue.length > 0) {
    const { block: id, index: first } = queue.pop()!
    const block = graph.blocks[id]!
    let index = first
    while (index < block.events.length && !stops(block.events[index]!, { block: id, index })) index++
    for (let i = first; i <= index; i++) reached ||= isTarget(id, i)
    if (first < block.events.length) block.handlers.forEach(enter)
    if (index === block.events.length) block.successors.forEach(enter)
  }
  return reached
}
