/**
 * What each event of a frame weighs: by what it allocates, how long it may run, whether it waits or suspends. The weights are a
 * scale of their own ("points"); `rules/judgement.ts` says from which on they matter.
 */
import type { Call, Expr, Node } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding, Event, FlowGraph, Variable } from '../flow/graph.ts'
import type { Cost } from '../models/model.ts'
import { resolveCallee, type Callee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { isFigure } from './figures.ts'
import { isLittleResult } from './little.ts'
import { elementOf, isBulk } from './parts.ts'
import { isSmall, placedAt, type Value } from './value.ts'

export type DragKind = 'allocation' | 'call' | 'blocking' | 'suspension'

export interface DragItem {
  readonly kind: DragKind
  readonly node: Node
  readonly points: number
  /** Bytes allocated while the object is held, where known; null: no allocation or unknown. */
  readonly bytes: number | null
  /** It runs in a loop, which its points count. */
  readonly isRepeated?: true
}

/** What one run of it weighs. */
export function pointsOnce({ points, isRepeated }: DragItem): number {
  return isRepeated ? points / POINTS.perLoop : points
}

export const POINTS = { trivial: 0, call: 1, linear: 1, operation: 0, allocation: 4, read: 6, heavy: 6, blocking: 6, suspension: 6, lasting: 12, perLoop: 3 } as const

/** What the events `[from, to)` of a block weigh together. */
export interface Weight {
  readonly points: number
  /** One of them asks for memory to be freed: `gc.collect()`. */
  readonly collects: Collection | null
  /** What those weigh that ask for it. */
  readonly collecting: number
}

/** The events of one block, weighed when first asked for. Sums let a stretch of them be weighed at once, however long it is. */
class BlockWeights {
  private readonly events: readonly Event[]
  private readonly e: Evaluator
  private readonly items: (DragItem | null)[] = []
  /** Sums over the events before each index, within the stretch of events `[low, high)` that are weighed. */
  private readonly points: number[] = []
  private readonly collections: number[] = []
  private low = 0
  private high = 0

  constructor(events: readonly Event[], e: Evaluator) {
    this.events = events
    this.e = e
  }

  between(from: number, to: number): Weight {
    this.reach(from, to)
    return { points: this.points[to]! - this.points[from]!, ...this.collectionsIn(from, to) }
  }

  private collectionsIn(from: number, to: number): Pick<Weight, 'collects' | 'collecting'> {
    let collects: Collection | null = null
    let collecting = 0
    if (this.collections[to] === this.collections[from]) return { collects, collecting }
    for (let i = from; i < to; i++) {
      const collection = this.collectionAt(i)
      if (collection !== null) collecting += this.pointsAt(i)
      collects = eitherCollection(collects, collection)
    }
    return { collects, collecting }
  }

  itemsBetween(from: number, to: number): readonly DragItem[] {
    this.reach(from, to)
    return this.items.slice(from, to).filter(item => item !== null)
  }

  private reach(from: number, to: number): void {
    if (this.low === this.high) {
      this.low = this.high = from
      this.points[from] = this.collections[from] = 0
    }
    for (let i = from; i < this.low; i++) this.items[i] = weighOnce(this.events[i]!, this.e)
    for (; this.low > from; this.low--) {
      this.points[this.low - 1] = this.points[this.low]! - this.pointsAt(this.low - 1)
      this.collections[this.low - 1] = this.collections[this.low]! - (this.collectionAt(this.low - 1) ? 1 : 0)
    }
    for (; this.high < to; this.high++) {
      this.items[this.high] = weighOnce(this.events[this.high]!, this.e)
      this.points[this.high + 1] = this.points[this.high]! + this.pointsAt(this.high)
      this.collections[this.high + 1] = this.collections[this.high]! + (this.collectionAt(this.high) ? 1 : 0)
    }
  }

  private pointsAt(index: number): number {
    return this.items[index]?.points ?? 0
  }

  private collectionAt(index: number): Collection | null {
    const event = this.events[index]!
    return event.kind === 'call' ? collectionBy(event.node) : null
  }
}

/** A binding or deletion of a variable. */
export interface Change {
  readonly index: number
  /** Null: it deletes. */
  readonly binds: Binding | null
}

const NONE: readonly Change[] = []

/** The weights of a frame. */
export class Weights {
  private readonly e: Evaluator
  private readonly blocks: (BlockWeights | undefined)[] = []
  private changes: ReadonlyMap<Variable, ReadonlyMap<number, readonly Change[]>> | null = null

  constructor(e: Evaluator) {
    this.e = e
  }

  of(block: number): BlockWeights {
    return this.blocks[block] ??= new BlockWeights(this.e.context.flow.graph.blocks[block]!.events, this.e)
  }

  /** The first event of a block, from an index on, that binds or deletes the variable. */
  nextChange(variable: Variable, block: number, from: number): Change | null {
    this.changes ??= changesIn(this.e.context.flow.graph)
    return (this.changes.get(variable)?.get(block) ?? NONE).find(change => change.index >= from) ?? null
  }

  /**
   * What makes the object that a name is bound to next, where nobody knows of what kind that is; null: nothing, or it is known. What takes an object's
   * name is mostly like it: a call that gives it takes as much again. Other expressions may only pick what was there.
   */
  ofSuccessor({ kind, value, path }: Binding): DragItem | null {
    const isMade = value !== null && (kind === 'for' || value.kind === 'Subscript' || value.kind === 'BinOp' || (value.kind === 'Call' && path.length === 0))
    if (!isMade || (kind === 'for' ? elementOf(this.e.ofExpr(value), this.e) : this.e.ofExpr(value)).type !== null) return null
    const isCalled = kind !== 'for' && value.kind === 'Call'
    return { kind: isCalled ? 'allocation' : 'call', node: value, points: isCalled ? POINTS.read : POINTS.call, bytes: null }
  }
}

const known = new WeakMap<Evaluator, Weights>()

export function weightsOf(e: Evaluator): Weights {
  let weights = known.get(e)
  if (!weights) known.set(e, weights = new Weights(e))
  return weights
}

function changesIn({ blocks }: FlowGraph): ReadonlyMap<Variable, ReadonlyMap<number, readonly Change[]>> {
  const found = new Map<Variable, Map<number, Change[]>>()
  for (const { id, events } of blocks) {
    events.forEach((event, index) => {
      if (event.kind !== 'bind' && event.kind !== 'delete') return
      const variable = event.kind === 'bind' ? event.binding.variable : event.variable
      const byBlock = found.get(variable) ?? new Map<number, Change[]>()
      found.set(variable, byBlock)
      const change = { index, binds: event.kind === 'bind' ? event.binding : null }
      const list = byBlock.get(id)
      if (list) list.push(change)
      else byBlock.set(id, [change])
    })
  }
  return found
}

/** What runs in a loop runs often. */
export function repeated(item: DragItem): DragItem {
  return { ...item, points: item.points * POINTS.perLoop, isRepeated: true }
}

/** What an event weighs that runs once; null: nothing. */
export function weighOnce(event: Event, e: Evaluator): DragItem | null {
  const item = itemOf(event, e)
  return item?.points === 0 ? null : item
}

function itemOf(event: Event, e: Evaluator): DragItem | null {
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

/** `logger.debug(…)`: a line of text, mostly not even written. */
function isLogging({ func }: Call): boolean {
  if (func.kind !== 'Attribute' || !LOGGING.has(func.attr)) return false
  const { value } = func
  return /log/i.test(lastName(value) ?? '')
}

const LOGGING: ReadonlySet<string> = new Set(['debug', 'info', 'warning', 'warn', 'error', 'critical', 'exception', 'log', 'note'])

/** `"{:.2f}".format(x)`, `file.write(f"{x}\\n")`: a line of text is made or written. */
function isWriting({ func, args: [only, ...others] }: Call): boolean {
  if (func.kind !== 'Attribute') return false
  if (func.attr === 'format') return isText(func.value)
  return func.attr === 'write' && only !== undefined && others.length === 0 && isText(only.value)
}

function isText(expr: Expr): boolean {
  switch (expr.kind) {
    case 'Constant': return expr.type === 'str'
    case 'JoinedStr': return true
    case 'BinOp': return isText(expr.left) || (expr.op === '+' && isText(expr.right))
    case 'Call': return expr.func.kind === 'Attribute' && expr.func.attr === 'format' && isText(expr.func.value)
    default: return false
  }
}

/** `train(model, data)`, `estimator.fit(x)`: their names say that they take long. `model.train()` sets a switch. */
function isLasting({ func, args }: Call): boolean {
  return args.length > 0 && LASTING.test(lastName(func) ?? '')
}

const LASTING = /^_?(train|fit|finetune|fine_tune|optimi[sz]e|simulate|serve|(run|serve)_forever|main_?loop|cross_val)(_\w+)?$/

/** `axis.plot(…)`, `plt.show()`: a picture is made of what there is, in little memory, and whoever waits for it looks at it. */
function isDrawing({ func }: Call, callee: Callee): boolean {
  const dotted = callee.kind === 'model' ? callee.name : callee.kind === 'unknown' ? callee.dotted : null
  return (dotted !== null && DRAWING.test(dotted)) || (callee.kind === 'unknown' && func.kind === 'Attribute' && CANVAS.test(ownerOf(func.value) ?? ''))
}

const DRAWING = /^(matplotlib|seaborn|plotly|bokeh)\./
const CANVAS = /^(plt|ax|axs|axes|fig|figure)(_.*|\d*)$/

/** `axes` of `axes[0].plot`. */
function ownerOf(expr: Expr): string | null {
  return expr.kind === 'Subscript' ? ownerOf(expr.value) : lastName(expr)
}

function weighCall(call: Call, e: Evaluator): DragItem | null {
  if (isLogging(call) || isWriting(call)) return null
  const callee = resolveCallee(call, e)
  if (isDrawing(call, callee)) return null
  const cost: Cost | 'call' = callee.kind === 'model' ? callee.model.cost ?? 'linear'
    : callee.kind === 'function' ? callee.summary?.cost ?? 'call'
    : 'call'
  const lazy = callee.kind === 'function' && callee.summary?.lazy
  if (lazy) return null
  const made = isInPlace(call) && callee.kind === 'model' ? allocatedInPlace(call, callee.self, e) : allocation(call, e.ofExpr(call), e, POINTS[cost])
  if (cost === 'blocking') return { kind: 'blocking', node: call, points: POINTS.blocking, bytes: null }
  if (cost !== 'trivial' && isLasting(call)) return made ?? { kind: 'call', node: call, points: POINTS.lasting, bytes: null }
  if (cost === 'heavy') return made ?? { kind: 'call', node: call, points: POINTS.heavy, bytes: null }
  const isNothing = POINTS[cost] === 0 || (cost === 'linear' && callee.kind === 'model' && isAboutLittle(call, callee.self, e))
  return made ?? (isNothing ? null : { kind: 'call', node: call, points: POINTS[cost], bytes: null })
}

/** `frame.drop(columns=names, inplace=True)`: the result is made as without that, and only then put in the place of the old one (fact 67). */
function isInPlace({ func, args }: Call): boolean {
  return func.kind === 'Attribute' && MADE_ANEW.has(func.attr) && args.some(a => a.form === 'keyword' && a.name === 'inplace' && a.value.kind === 'Constant' && a.value.type === 'True')
}

/** Measured with pandas 1.5.3: these have the same peak in place. `fillna`, `reset_index`, `rename`, `set_index`, `replace` and `where` need next to nothing then. */
const MADE_ANEW: ReadonlySet<string> = new Set(['drop', 'sort_values', 'sort_index', 'dropna', 'drop_duplicates', 'clip'])

function allocatedInPlace(call: Call, self: Value | null, e: Evaluator): DragItem | null {
  return self !== null && isBulk(self, e.context) && !isSmall(self, ALLOCATION) ? { kind: 'allocation', node: call, points: pointsOf(self), bytes: null } : null
}

/** What is as large as something outside the program, or computed from that, takes as much as is waited for. */
function pointsOf({ size }: Value): number {
  return size.origin === 'outside' || size.readers !== undefined ? POINTS.read : POINTS.allocation
}

/** What walks its arguments takes no time where all of them are known to be small, or little beside the data: `int(total)`, `print("done")`, `np.log(means)`. */
function isAboutLittle({ func, args }: Call, self: Value | null, e: Evaluator): boolean {
  const walked = [...args.map(a => a.value), ...(self && func.kind === 'Attribute' ? [func.value] : [])]
  return walked.length > 0 && walked.every(expr => isShort(e.ofExpr(expr)) || isLittleResult(expr, e))
}

function isShort(value: Value): boolean {
  return isSmall(value, ALLOCATION) && !value.streams
}

/** A new big object: known to be large, from outside, or made by an operation on whole arrays or frames. */
function allocation(node: Expr, value: Value, e: Evaluator, least: number): DragItem | null {
  const isNew = value.links.some(l => l.how === 'is' && !l.taken && l.site === node)
  if (!isNew || value.isView) return null
  const known = value.size.origin === 'known'
  if (known && (value.size.high ?? 0) < ALLOCATION) return null
  if (!known && value.size.origin !== 'outside' && (!isBulk(value, e.context) || isFigure(node, e) || isLittleResult(node, e))) return null
  return { kind: 'allocation', node, points: Math.max(pointsOf(value), least), bytes: known ? value.size.low : null }
}

/** Bytes from which an allocation of known size counts. */
const ALLOCATION = 1 << 20

/** Whose memory a call gives back: that of the process, or that of a device (`torch.cuda.empty_cache()`), where objects of the process take none. */
export type Collection = 'process' | 'device'

/** Calls made for nothing but to give memory back; null: others. */
export function collectionBy({ func, args }: Call): Collection | null {
  const name = lastName(func) ?? ''
  if (name === 'empty_cache') return 'device'
  const isOfProcess = name === 'malloc_trim' || name === 'clear_session' || (func.kind === 'Attribute' && name === 'collect' && func.value.kind === 'Name' && func.value.id === 'gc' && args.length <= 1)
  return isOfProcess ? 'process' : null
}

/** Of several. */
export function eitherCollection(a: Collection | null, b: Collection | null): Collection | null {
  return a === 'process' ? a : b ?? a
}

