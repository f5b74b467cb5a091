/** Functions and methods that give a number for many, told by their names: nothing of what they were given is kept by what they give. */
import type { Call } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'

export function givesMeasure({ func }: Call): boolean {
  return MEASURES.has(lastName(func) ?? '')
}

/** Not `min` and `max`, which may give one of the objects. */
const MEASURES: ReadonlySet<string> = new Set([
  'sum', 'mean', 'median', 'average', 'std', 'var', 'prod', 'any', 'all', 'norm', 'percentile', 'quantile', 'count_nonzero', 'nunique', 'argmin', 'argmax', 'item',
  'nansum', 'nanmean', 'nanmedian', 'nanstd', 'nanvar', 'nanpercentile', 'nanquantile',
])
