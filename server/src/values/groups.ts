/** What is computed from groups of rows: a row for each group. */
import type { Value } from './value.ts'

export function isOfGroups({ model }: Value): boolean {
  return model !== null && OF_GROUPS.test(model)
}

const OF_GROUPS = /^pandas\.core\.groupby\.\w+\.(agg|aggregate|sum|mean|median|std|var|min|max|count|size|first|last|nunique|nth|prod|quantile|describe)$/
