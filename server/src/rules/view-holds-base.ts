/** A view of a little keeps the whole object it was taken from. Page: view-holds-base.md. */
import type { Expr } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { keptGraphs } from './kept-graphs.ts'
import { isPartOfResult } from './narrow-views.ts'
import type { FrameRule, ModuleRule } from './rule.ts'
import { livingViews } from './views/living-views.ts'
import { outlivingViews } from './views/outliving-views.ts'
import { draftOf } from './views/view-finding.ts'

export const viewHoldsBase: FrameRule & ModuleRule = {
  name: 'view-holds-base',
  summary: 'a small view (slice, column, match) keeps the whole big object it was taken from; a collected torch result keeps all it was computed from',
  looksAt: def => def.body.some(stmt => someNode(stmt, isPartOfResult)),
  check: facts => {
    const seen = new Set<Expr>()
    return [...outlivingViews(facts), ...livingViews(facts)].flatMap(held => {
      if (seen.has(held.view.expr)) return []
      seen.add(held.view.expr)
      const draft = draftOf(held, facts)
      return draft ? [draft] : []
    })
  },
  checkModule: keptGraphs,
}
