/**
 * Where an object that a name was bound to arrives without an exception on the way. What only exceptions carry along is no
 * reason for a hint: nobody writes a release for it, and one on the normal path would be called incomplete.
 */
import type { FlowGraph, Point } from '../flow/graph.ts'

/** A binding or deletion of one variable. */
export interface Change {
  readonly block: number
  /** Of the event in the block. */
  readonly index: number
  readonly binds: boolean
}

/** Tells of a point whether a bound object may arrive there; `changes` are those of one variable, in the order of their events. */
export function arrivals(changes: readonly Change[], graph: FlowGraph): (point: Point) => boolean {
  const lastIn = new Map(changes.map(change => [change.block, change]))
  const entered = new Set<number>()
  const queue = [...lastIn.values()].flatMap(change => (change.binds ? graph.blocks[change.block]!.successors : []))
  while (queue.length > 0) {
    const id = queue.pop()!
    if (entered.has(id)) continue
    entered.add(id)
    if (!lastIn.has(id)) queue.push(...graph.blocks[id]!.successors)
  }
  const arrivesAt = ({ block, index }: Point): boolean => {
    const before = changes.findLast(change => change.block === block && change.index < index)
    return before ? before.binds : entered.has(block)
  }
  return point => [point, ...(point.copies ?? [])].some(arrivesAt)
}
