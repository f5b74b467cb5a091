/** Functions and methods that put one number in the place of many, told by their names, and along which axes they do. */
import type { Call, Expr } from '../syntax/ast.ts'
import { isNone, lastName } from '../syntax/expressions.ts'

export function isNamedReduction({ func }: Call): boolean {
  return REDUCTIONS.has(lastName(func) ?? '')
}

/** `all`: over the whole. `several`: along two axes or more. `named`: along what a name stands for, one or several. */
export type Axes = 'all' | 'one' | 'several' | 'named'

/** `operands`: what is reduced, and what else is passed by position. */
export function axesOf(call: Call, operands: readonly Expr[]): Axes {
  const axis = axisGiven(call, operands)
  if (axis === undefined || isNone(axis)) return 'all'
  if (axis.kind === 'Tuple' || axis.kind === 'List') return axis.elts.length === 1 && axis.elts[0]!.kind !== 'Starred' ? 'one' : 'several'
  return isNumber(axis) ? 'one' : 'named'
}

/** By keyword, or by position. */
export function axisGiven({ func, args }: Call, operands: readonly Expr[]): Expr | undefined {
  return args.find(a => a.form === 'keyword' && (a.name === 'axis' || a.name === 'dim'))?.value ?? operands[WITH_A_PARAMETER.has(lastName(func) ?? '') ? 2 : 1]
}

/** Written down: `-1`. */
export function isNumber(expr: Expr): boolean {
  return (expr.kind === 'Constant' && typeof expr.value === 'number') || (expr.kind === 'UnaryOp' && isNumber(expr.operand))
}

/** What is passed second says what is wanted of the numbers. */
const WITH_A_PARAMETER: ReadonlySet<string> = new Set(['norm', 'percentile', 'quantile', 'nanpercentile', 'nanquantile'])

const REDUCTIONS: ReadonlySet<string> = new Set([
  'sum', 'mean', 'median', 'std', 'var', 'min', 'max', 'amin', 'amax', 'any', 'all', 'argmin', 'argmax', 'prod', 'average', 'ptp', 'norm', 'logsumexp', 'count_nonzero',
  'percentile', 'quantile', 'corrcoef', 'nansum', 'nanmean', 'nanmedian', 'nanstd', 'nanvar', 'nanmin', 'nanmax', 'nanpercentile', 'nanquantile', 'unique', 'bincount', 'trace',
])
