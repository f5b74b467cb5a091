/** Calls that read something to its end into a list, where that can be walked instead. */
import type { Call, Expr } from '../syntax/ast.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { asksForLittle } from '../values/queries.ts'

export interface Streamed {
  /** A file, a cursor, a generator. */
  readonly stream: Expr
  /** What comes after that, to get the items as they come: a call of a method; '': nothing, it is walked itself. */
  readonly by: string
  /** The items are lines without their ends, as `splitlines` cuts the text; the character(s) at which a file's lines end, as written. Null: the items are those of the stream. */
  readonly cuts: string | null
}

/** Told by the text alone, so that most loops cost nothing. */
export function mayRead(expr: Expr): boolean {
  if (expr.kind !== 'Call') return false
  const { func, args } = expr
  return func.kind === 'Attribute' ? args.length === 0 && READING_ALL.has(func.attr) : func.kind === 'Name' && args.length === 1 && (func.id === 'list' || func.id === 'tuple')
}

/** Methods that read all there is into a list. */
export const READING_ALL: ReadonlySet<string> = new Set(['readlines', 'fetchall', 'splitlines'])

export function streamOf(call: Call, e: Evaluator): Streamed | null {
  const { func } = call
  if (func.kind === 'Name') return listOf(call, e)
  if (func.kind !== 'Attribute' || call.args.length > 0) return null
  if (func.attr === 'readlines' || func.attr === 'fetchall') return isRead(call, func.value, e) && !asksForLittle(call, e) ? { stream: func.value, by: '', cuts: null } : null
  const read = func.attr === 'splitlines' ? func.value : null
  if (read?.kind !== 'Call' || read.args.length > 0 || read.func.kind !== 'Attribute' || read.func.attr !== 'read' || !isRead(read, read.func.value, e)) return null
  const { type } = e.ofExpr(read)
  const cuts = type === 'str' ? '"\\n"' : type === 'bytes' ? 'b"\\r\\n"' : null
  return cuts && { stream: read.func.value, by: '', cuts }
}

/** `list(source)` of what can be walked once only, or of a query that nobody else has. */
function listOf(call: Call, e: Evaluator): Streamed | null {
  const [first, ...more] = call.args
  if (first?.form !== 'positional' || more.length > 0) return null
  const callee = resolveCallee(call, e)
  if (callee.kind !== 'model' || callee.self !== null || (callee.name !== 'list' && callee.name !== 'tuple')) return null
  const { value } = first
  const { type } = e.ofExpr(value)
  const model = type === null ? null : e.context.models.type(type)
  const isIterator = type === 'generator' ? value.kind === 'Call' : model?.streams === 'outside'
  if (!isIterator || !isPlainSource(value)) return null
  if (model?.asTheyCome === undefined) return { stream: value, by: '', cuts: null }
  return model.asTheyCome !== null && isQueriedHere(value, e) ? { stream: value, by: `.${model.asTheyCome}`, cuts: null } : null
}

/** A chain of calls that begins at what keeps no items (`Order.objects`): no one else walks the query, and nothing in it asks for all rows at once. */
function isQueriedHere(expr: Expr, e: Evaluator): boolean {
  if (expr.kind !== 'Call' || expr.func.kind !== 'Attribute' || AT_ONCE.has(expr.func.attr)) return false
  const receiver = expr.func.value
  const { type } = e.ofExpr(receiver)
  return type !== null && resolveCallee(expr, e).kind === 'model' && (e.context.models.type(type)?.asTheyCome === undefined || isQueriedHere(receiver, e))
}

/** Related rows are fetched for all, rows are locked before the first is looked at. */
const AT_ONCE: ReadonlySet<string> = new Set(['prefetch_related', 'select_for_update'])

/** The call reads a known file or cursor. */
function isRead(call: Call, source: Expr, e: Evaluator): boolean {
  const { type } = e.ofExpr(source)
  const { models } = e.context
  return type !== null && resolveCallee(call, e).kind === 'model' && models.type(type)?.iterate !== undefined && isPlainSource(source)
}

function isPlainSource(source: Expr): boolean {
  return source.kind === 'Name' || source.kind === 'Call' || (source.kind === 'Attribute' && isPlainSource(source.value))
}
