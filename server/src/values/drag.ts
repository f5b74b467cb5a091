/**
 * What runs between a last use and the release: each event weighed by what it allocates, how long it may run, whether it
 * waits or suspends. The weights are a scale of their own ("points"); `rules/judgement.ts` says from which on they matter.
 */
import type { Call, Node } from '../syntax/ast.ts'
import type { Block, Event, FlowGraph, Point, Variable } from '../flow/graph.ts'
import type { Cost } from '../models/model.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { elementOf, isBulk } from './parts.ts'
import { isSmall, placedAt, type Value } from './value.ts'

export type DragKind = 'allocation' | 'call' | 'loop' | 'blocking' | 'suspension'

export interface DragItem {
  readonly kind: DragKind
  readonly node: Node
  readonly points: number
  /** Bytes allocated while the object is held, where known; null: no allocation or unknown. */
  readonly bytes: number | null
}

export interface DragReport {
  readonly points: number
  readonly items: readonly DragItem[]
  /** The object is released when the name is bound again (then by which binding event), not at the end of the frame. */
  readonly endsByRebinding: boolean
  /** The program asks for memory to be freed meanwhile: `gc.collect()`, `torch.cuda.empty_cache()`. */
  readonly collects: boolean
}

export const POINTS = { trivial: 0, call: 1, linear: 1, operation: 0, allocation: 4, heavy: 6, blocking: 6, suspension: 6, perLoop: 3 } as const

/** Everything on any normal path from the point until the variable is bound again or the frame ends. Exceptional paths are not followed. */
export function dragFrom(point: Point, variable: Variable, e: Evaluator): DragReport {
  return dragThrough(point, variable, e, () => true)
}

/** The points of what still runs in this round of the innermost loop around the point; infinite outside loops. */
export function dragInRound(point: Point, variable: Variable, e: Evaluator): number {
  const { blocks } = e.context.flow.graph
  const head = blocks[point.block]!.loops.at(-1)?.head
  if (head === undefined) return Infinity
  return dragThrough(point, variable, e, block => block !== head && blocks[block]!.loops.some(l => l.head === head)).points
}

function dragThrough(point: Point, variable: Variable, e: Evaluator, isFollowed: (block: number) => boolean): DragReport {
  const { graph } = e.context.flow
  const items: DragItem[] = []
  const home = graph.blocks[point.block]!
  let endsByRebinding = false
  let collects = false
  const seen = new Set<number>()
  const queue: { block: number; from: number }[] = [{ block: point.block, from: point.index }]
  while (queue.length > 0) {
    const { block: id, from } = queue.pop()!
    const block = graph.blocks[id]!
    let stopped = false
    for (let i = from; i < block.events.length && !stopped; i++) {
      const event = block.events[i]!
      if ((event.kind === 'bind' && event.binding.variable === variable) || (event.kind === 'delete' && event.variable === variable)) {
        endsByRebinding ||= event.kind === 'bind'
        stopped = true
      } else {
        const item = weigh(event, block, home, e)
        if (item) items.push(item)
        collects ||= event.kind === 'call' && isCollection(event.node)
      }
    }
    if (stopped) continue
    for (const next of block.successors) {
      if (seen.has(next) || !isFollowed(next)) continue
      seen.add(next)
      queue.push({ block: next, from: 0 })
    }
  }
  return { points: items.reduce((sum, item) => sum + item.points, 0), items, endsByRebinding, collects }
}

/** Loops that the drag runs as a whole, not the ones the point itself stands in, multiply what is in them. */
function weigh(event: Event, block: Block, home: Block, e: Evaluator): DragItem | null {
  const inner = block.loops.filter(l => !home.loops.some(h => h.head === l.head)).length
  const item = weighOnce(event, e)
  if (item === null || item.points === 0) return null
  return inner === 0 ? item : { ...item, points: item.points * POINTS.perLoop, kind: item.kind === 'call' ? 'loop' : item.kind }
}

function weighOnce(event: Event, e: Evaluator): DragItem | null {
  switch (event.kind) {
    case 'call': return weighCall(event.node, e)
    case 'suspend': return { kind: 'suspension', node: event.node, points: POINTS.suspension, bytes: null }
    case 'operation': {
      const node = event.node
      if (node.kind !== 'BinOp' && node.kind !== 'Comprehension' && node.kind !== 'Subscript' && node.kind !== 'Compare') return null
      return allocation(node, e.ofExpr(node), e, 0)
    }
    // A generator or iterator makes its next object.
    case 'next': return allocation(event.node.iter, placedAt(event.node.iter, elementOf(e.ofExpr(event.node.iter), e)), e, 0)
    default: return null
  }
}

function weighCall(call: Call, e: Evaluator): DragItem | null {
  const callee = resolveCallee(call, e)
  const cost: Cost | 'call' = callee.kind === 'model' ? callee.model.cost ?? 'linear'
    : callee.kind === 'function' ? callee.summary?.cost ?? 'call'
    : 'call'
  const lazy = callee.kind === 'function' && callee.summary?.lazy
  if (lazy) return null
  const made = allocation(call, e.ofExpr(call), e, POINTS[cost])
  if (cost === 'blocking') return { kind: 'blocking', node: call, points: POINTS.blocking, bytes: null }
  if (cost === 'heavy') return made ?? { kind: 'call', node: call, points: POINTS.heavy, bytes: null }
  const isNothing = POINTS[cost] === 0 || (cost === 'linear' && callee.kind === 'model' && isAboutLittle(call, callee.self, e))
  return made ?? (isNothing ? null : { kind: 'call', node: call, points: POINTS[cost], bytes: null })
}

/** What walks its arguments takes no time where all of them are known to be small: `int(total)`, `print("done")`. */
function isAboutLittle(call: Call, self: Value | null, e: Evaluator): boolean {
  const walked = [...call.args.map(a => e.ofExpr(a.value)), ...(self ? [self] : [])]
  return walked.length > 0 && walked.every(v => isSmall(v, ALLOCATION) && !v.streams)
}

/** A new big object: known to be large, from outside, or made by an operation on whole arrays or frames. */
function allocation(node: Node, value: Value, e: Evaluator, least: number): DragItem | null {
  const isNew = value.links.some(l => l.how === 'is' && !l.taken && l.site === node)
  if (!isNew || value.isView) return null
  const known = value.size.origin === 'known'
  if (known && (value.size.high ?? 0) < ALLOCATION) return null
  if (!known && value.size.origin !== 'outside' && !isBulk(value, e.context)) return null
  return { kind: 'allocation', node, points: Math.max(POINTS.allocation, least), bytes: known ? value.size.low : null }
}

/** Bytes from which an allocation of known size counts. */
const ALLOCATION = 1 << 20

/** Calls made for nothing but to give memory back. */
function isCollection({ func, args }: Call): boolean {
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : ''
  return name === 'empty_cache' || name === 'malloc_trim' || name === 'clear_session'
    || (func.kind === 'Attribute' && name === 'collect' && func.value.kind === 'Name' && func.value.id === 'gc' && args.length <= 1)
}

/** What a whole frame costs: its points, and whether it waits for something outside. */
export function frameCost(e: Evaluator): { readonly points: number; readonly waits: boolean } {
  const { graph } = e.context.flow
  const outside = graph.blocks[graph.entry]!
  let points = 0
  let waits = false
  for (const block of graph.blocks) {
    if (!block.reachable) continue
    for (const event of block.events) {
      const item = weigh(event, block, outside, e)
      points += item?.points ?? 0
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
