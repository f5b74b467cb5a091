/** How many dimensions an array has, as far as the text tells. */
import type { Call, Expr } from '../syntax/ast.ts'
import { isNone, lastName } from '../syntax/expressions.ts'
import type { Binding } from '../flow/graph.ts'
import type { CallModel, ParamRef } from '../models/model.ts'
import { passedFor } from './arguments.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { kindOf } from './parts.ts'
import { usedRank } from './usage.ts'

/** From the shape it is made with (`np.zeros((n, m, k))`) or the indices it is read by; 0: not told. */
export function dimensionsOf(binding: Binding, e: Evaluator): number {
  return Math.max(usedRank(binding, e.context), dimensionsGiven(binding, e))
}

/** From the shape alone. A dimension of one element is none. */
export function dimensionsGiven({ value, path }: Binding, e: Evaluator): number {
  if (value?.kind !== 'Call' || path.length > 0) return 0
  const [shape] = shapeOf(value, modelOf(value, e))
  return (shape?.kind === 'Tuple' || shape?.kind === 'List') && !shape.elts.some(n => isNumber(n, 0)) ? shape.elts.filter(n => !isNumber(n, 1)).length : 0
}

/** It makes an array of one dimension, `np.arange(n)`, `np.zeros(len(rows))`, or one number for each row: `scipy.sparse.identity(n)`. */
export function isVector(call: Call, e: Evaluator): boolean {
  const model = modelOf(call, e)
  if (typeof model?.size !== 'object' || !OF_NUMBERS.has(kindOf(model.result ?? null, e.context))) return false
  if ('range' in model.size || 'count' in model.size) return true
  const shape = shapeOf(call, model)
  return shape.length === 1 && kindOf(e.ofExpr(shape[0]!).type, e.context) === 'int'
}

/**
 * It makes a few numbers for each of something: points (`np.zeros((n, 3))`), what is spread along the last axis (`torch.ones(len(rows), 1)`), also in batches where that is no
 * picture: the channels of tensors come first.
 */
export function isOfPoints(call: Call, e: Evaluator): boolean {
  const shape = shapeGiven(call, e) ?? []
  const [only] = shape
  const lengths = shape.length === 1 && (only?.kind === 'Tuple' || only?.kind === 'List') ? only.elts : shape
  const written = lengths.map(n => e.ofExpr(n).number?.high ?? null)
  const open = written.filter(n => n === null).length
  const isBatch = open === 2 && written.length === 3 && (written[2] ?? FEW) <= LAST && kindOf(modelOf(call, e)?.result ?? null, e.context) === 'tensor'
  return written.length > 1 && !lengths.some(n => n.kind === 'Starred') && (open === 1 || isBatch) && written.reduce<number>((a, b) => a * (b ?? 1), 1) <= FEW
}

/** Numbers for each point, and along the last axis of a batch of them. */
const FEW = 16
const LAST = 4

/** `x[:, None]`: what is computed from it may be as large as a matrix. */
export function addsAxis(slice: Expr): boolean {
  return slice.kind === 'Tuple' && slice.elts.some(isNewAxis)
}

export function isNewAxis(expr: Expr): boolean {
  return isNone(expr) || lastName(expr) === 'newaxis'
}

function modelOf(call: Call, e: Evaluator): CallModel | null {
  const callee = resolveCallee(call, e)
  return callee.kind === 'model' ? callee.model : null
}

/** What is passed for the shape of the array that a call makes, all of it known; null where it makes none by its shape. */
export function shapeGiven(call: Call, e: Evaluator): readonly Expr[] | null {
  const model = modelOf(call, e)
  const isOne = typeof model?.size === 'object' && 'shape' in model.size && !Array.isArray(model.size.shape) && OF_ARRAYS.has(kindOf(model.result ?? null, e.context))
  return isOne && call.args.every(a => a.form === 'positional' || a.form === 'keyword') ? shapeOf(call, model) : null
}

/** What is passed for the shape; empty where the call has none. */
function shapeOf(call: Call, model: CallModel | null): readonly Expr[] {
  const size = model?.size
  if (!model || typeof size !== 'object' || !('shape' in size) || Array.isArray(size.shape)) return []
  return passedFor(call, model.params ?? [], size.shape as ParamRef)
}

const OF_ARRAYS: ReadonlySet<string | null> = new Set(['array', 'tensor'])
const OF_NUMBERS: ReadonlySet<string | null> = new Set([...OF_ARRAYS, 'sparse'])

function isNumber(expr: Expr, number: number): boolean {
  return expr.kind === 'Constant' && expr.value === number
}
