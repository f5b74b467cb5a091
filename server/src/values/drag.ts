/** What runs between a last use and the release, and what a whole frame costs. */
import type { Block, Event, FlowGraph, Point, Variable } from '../flow/graph.ts'
import { doomedBlocks } from '../flow/doomed.ts'
import { absenceOf } from './absence.ts'
import type { Evaluator } from './evaluate.ts'
import { isSmall } from './value.ts'
import { eitherCollection, POINTS, repeated, weighOnce, weightsOf, type Collection, type DragItem, type Weights } from './weights.ts'

/** Bytes; what is surely smaller is no object that anybody waits for. */
const SMALL = 1 << 16

export interface DragReport {
  readonly points: number
  readonly items: readonly DragItem[]
  /** The object is released when the name is bound again (then by which binding event), not at the end of the frame. */
  readonly endsByRebinding: boolean
  /** Some way comes to a `del` of the name, which is where the object is released there. */
  readonly endsByDeletion: boolean
  /** The program asks for memory to be freed meanwhile: `gc.collect()`, `torch.cuda.empty_cache()`. */
  readonly collects: Collection | null
}

/**
 * Everything on any normal path from the point until the variable (if there is one) is bound again or the frame ends. Exceptional paths are
 * not followed, nor ways that only lead to a `raise` (they end soon) or that are never taken where there is an object.
 */
export function dragFrom(point: Point, variable: Variable | null, e: Evaluator): DragReport {
  return dragThrough(point, variable, e, () => true)
}

/** What runs from a point on until the variable is bound again or one of the others is reached. */
export function dragUpTo(point: Point, others: readonly Point[], variable: Variable, e: Evaluator): DragReport {
  return dragThrough(point, variable, e, () => true, others)
}

/** The points of what runs from a point on until the variable is bound again or one of the others is reached, collections included. */
export function dragBetween(point: Point, others: readonly Point[], variable: Variable, e: Evaluator): number {
  return dragThrough(point, variable, e, () => true, others).allPoints
}

/** The points of what still runs in this round of the innermost loop around the point; infinite outside loops. */
export function dragInRound(point: Point, variable: Variable, e: Evaluator): number {
  const { blocks } = e.context.flow.graph
  const head = blocks[point.block]!.loops.at(-1)?.head
  if (head === undefined) return Infinity
  return dragThrough(point, variable, e, block => block !== head && blocks[block]!.loops.some(l => l.head === head)).points
}

function dragThrough(point: Point, variable: Variable | null, e: Evaluator, isFollowed: (block: number) => boolean, ends: readonly Point[] = []): Drag {
  const { blocks } = e.context.flow.graph
  const weights = weightsOf(e)
  const doomed = doomedBlocks(e.context.flow.graph)
  const absence = absenceOf(variable === null ? [] : e.context.flow.reachingAt(point, variable).filter(b => !isSmall(e.ofBinding(b), SMALL)), e.context.flow)
  const stretches: Stretch[] = []
  const home = blocks[point.block]!
  let endsByRebinding = false
  let endsByDeletion = false
  let successor: DragItem | null = null
  const seen = new Set<number>()
  const queue: { block: number; from: number }[] = [{ block: point.block, from: point.index }]
  while (queue.length > 0) {
    const { block: id, from } = queue.pop()!
    if (doomed.has(id)) continue
    const block = blocks[id]!
    const change = variable && weights.nextChange(variable, id, from)
    const to = change?.index ?? block.events.length
    const end = Math.min(Infinity, ...ends.filter(p => p.block === id && p.index >= from && p.index <= to).map(p => p.index))
    stretches.push({ block: id, from, to: Math.min(to, end), isRepeated: isRepeated(block, home) })
    if (end !== Infinity) continue
    if (change) {
      if (change.binds) {
        endsByRebinding = true
        successor ??= weights.ofSuccessor(change.binds)
      } else endsByDeletion = true
      continue
    }
    for (const next of block.successors) {
      if (seen.has(next) || !isFollowed(next) || absence.isBetween(id, next)) continue
      seen.add(next)
      if (absence.isIn(blocks[next]!)) continue
      queue.push({ block: next, from: 0 })
    }
  }
  return new Drag(stretches, weights, { endsByRebinding, endsByDeletion, successor })
}

/** Events `[from, to)` of a block. */
interface Stretch {
  readonly block: number
  readonly from: number
  readonly to: number
  readonly isRepeated: boolean
}

/** Sums are all that most drags are asked for. */
class Drag implements DragReport {
  readonly points: number
  readonly allPoints: number
  readonly endsByRebinding: boolean
  readonly endsByDeletion: boolean
  readonly collects: Collection | null
  private readonly stretches: readonly Stretch[]
  private readonly weights: Weights
  private readonly successor: DragItem | null
  private found: readonly DragItem[] | null = null

  constructor(stretches: readonly Stretch[], weights: Weights, { endsByRebinding, endsByDeletion, successor }: Pick<DragReport, 'endsByRebinding' | 'endsByDeletion'> & { readonly successor: DragItem | null }) {
    this.stretches = stretches
    this.weights = weights
    this.endsByRebinding = endsByRebinding
    this.endsByDeletion = endsByDeletion
    let points = 0
    let collects: Collection | null = null
    let collecting = 0
    for (const { block, from, to, isRepeated } of stretches) {
      const weight = weights.of(block).between(from, to)
      points += weight.points * (isRepeated ? POINTS.perLoop : 1)
      collects = eitherCollection(collects, weight.collects)
      collecting += weight.collecting
    }
    this.successor = points < (successor?.points ?? 0) ? successor : null
    points = this.successor?.points ?? points
    // A collection alone is a reason to let go before it in the rounds of a loop, not at the end of all.
    this.allPoints = points
    this.points = !endsByRebinding && points === collecting ? 0 : points
    this.collects = collects
  }

  get items(): readonly DragItem[] {
    return this.found ??= [...this.stretches.flatMap(({ block, from, to, isRepeated }) => {
      const items = this.weights.of(block).itemsBetween(from, to)
      return (isRepeated ? items.map(repeated) : items).filter(item => item.node !== this.successor?.node)
    }), ...(this.successor ? [this.successor] : [])]
  }
}

/** In a loop that the drag runs as a whole, not one that the point itself stands in. */
function isRepeated(block: Block, home: Block): boolean {
  return block.loops.some(l => !home.loops.some(h => h.head === l.head))
}

/**
 * What a whole frame costs: its points, and whether it waits for something outside. Asked for while the frames it calls are being worked
 * out, so what is found here is not kept.
 */
export function frameCost(e: Evaluator): { readonly points: number; readonly waits: boolean } {
  const { graph } = e.context.flow
  const outside = graph.blocks[graph.entry]!
  let points = 0
  let waits = false
  for (const block of graph.blocks) {
    if (!block.reachable) continue
    for (const event of block.events) {
      const item = weighOnce(event, e)
      points += (item?.points ?? 0) * (isRepeated(block, outside) ? POINTS.perLoop : 1)
      waits ||= item?.kind === 'blocking'
    }
  }
  return { points, waits }
}

/** Does some path from the point, exceptional ones included, come to a `del` of the variable before it is bound again? */
export function meetsDelete(graph: FlowGraph, from: Point, variable: Variable): boolean {
  return meets(graph, from, variable, event => event.kind === 'delete' && event.variable === variable && !event.implicit)
}

/** The same for a closure that captures the variable: its code reads it later than the flow of this frame shows. */
export function meetsCapture(graph: FlowGraph, from: Point, variable: Variable): boolean {
  return meets(graph, from, variable, event => event.kind === 'closure' && event.captures.includes(variable))
}

function meets(graph: FlowGraph, from: Point, variable: Variable, isWanted: (event: Event) => boolean): boolean {
  const seen = new Set<number>()
  const queue: { block: number; first: number }[] = [{ block: from.block, first: from.index }]
  while (queue.length > 0) {
    const { block: id, first } = queue.pop()!
    const block = graph.blocks[id]!
    let bound = false
    for (let i = first; i < block.events.length && !bound; i++) {
      const event = block.events[i]!
      if (isWanted(event)) return true
      bound = event.kind === 'bind' && event.binding.variable === variable
    }
    for (const next of bound ? block.handlers : [...block.successors, ...block.handlers]) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push({ block: next, first: 0 })
    }
  }
  return false
}

/** Can control get from one point to another (or round to the same one) without the variable being bound on the way? Exceptional paths included. */
export function reachesUnbound(graph: FlowGraph, from: Point, to: Point, variable: Variable): boolean {
  const seen = new Set<number>()
  const queue: { block: number; first: number }[] = [{ block: from.block, first: from.index }]
  let starting = true
  while (queue.length > 0) {
    const { block: id, first } = queue.pop()!
    const block = graph.blocks[id]!
    const boundAt = block.events.findIndex((event, i) => i >= first && event.kind === 'bind' && event.binding.variable === variable)
    const last = boundAt < 0 ? block.events.length : boundAt
    const isPast = starting ? to.index > first : to.index >= first
    if (id === to.block && isPast && to.index <= last) return true
    starting = false
    for (const next of boundAt < 0 ? [...block.successors, ...block.handlers] : block.handlers) {
      if (seen.has(next)) continue
      seen.add(next)
      queue.push({ block: next, first: 0 })
    }
  }
  return false
}
