/** How many dimensions an array has, as far as the text tells. */
import type { Call, Expr } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { ParamRef } from '../models/model.ts'
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
  const callee = resolveCallee(value, e)
  const size = callee.kind === 'model' ? callee.model.size : undefined
  if (callee.kind !== 'model' || typeof size !== 'object' || !('shape' in size) || Array.isArray(size.shape)) return 0
  const [shape] = passedFor(value, callee.model.params ?? [], size.shape as ParamRef)
  return (shape?.kind === 'Tuple' || shape?.kind === 'List') && !shape.elts.some(n => isNumber(n, 0)) ? shape.elts.filter(n => !isNumber(n, 1)).length : 0
}

/** It makes an array of one dimension: `np.arange(n)`, `np.zeros(len(rows))`. */
export function isVector(call: Call, e: Evaluator): boolean {
  const callee = resolveCallee(call, e)
  const size = callee.kind === 'model' ? callee.model.size : undefined
  if (callee.kind !== 'model' || typeof size !== 'object' || !OF_ARRAYS.has(kindOf(callee.model.result ?? null, e.context))) return false
  if ('range' in size || 'count' in size) return true
  if (!('shape' in size) || Array.isArray(size.shape)) return false
  const shape = passedFor(call, callee.model.params ?? [], size.shape as ParamRef)
  return shape.length === 1 && kindOf(e.ofExpr(shape[0]!).type, e.context) === 'int'
}

const OF_ARRAYS: ReadonlySet<string | null> = new Set(['array', 'tensor'])

function isNumber(expr: Expr, number: number): boolean {
  return expr.kind === 'Constant' && expr.value === number
}
