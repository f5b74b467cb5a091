/** What the cells of a notebook show: the history of outputs keeps it until the kernel ends (facts 124, 125). */
import type { ExprStmt } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { insertion } from '../fixes/edits.ts'
import type { Edit } from './finding.ts'
import type { FrameIndex } from './frame-index.ts'
import type { Site } from '../values/value.ts'

/** The objects that showing the expression keeps: what its value is, or is a view of. */
export function keptSites(stmt: ExprStmt, values: Evaluator): readonly Site[] {
  return values.ofExpr(stmt.value).links.filter(l => l.certain && l.share === undefined && l.how !== 'part').map(l => l.site)
}

export function isOneOf(binding: Binding, sites: readonly Site[], values: Evaluator): boolean {
  return values.ofBinding(binding).links.some(l => l.how === 'is' && l.certain && sites.includes(l.site))
}

/** `display(…)` around it: it is shown as before, and not kept. */
export function displayEdits(stmt: ExprStmt): readonly Edit[] {
  const [open, close] = stmt.value.kind === 'Tuple' ? ['display((', '))'] : ['display(', ')']
  return [insertion(stmt.start, open!), insertion(stmt.end, close!)]
}

/** What the reader of a fix with `display` has to make sure of: the notebook reads the history, or means something else by that name. Null: nothing. */
export function riskOfDisplay({ names, bindings }: FrameIndex): string | null {
  const isRead = [...names.keys()].some(variable => {
    const own = bindings.get(variable) ?? []
    if (variable.name === 'display') return own.some(b => b.kind !== 'import')
    return own.length === 0 && /^(_{1,3}|_\d+|_oh|Out)$/.test(variable.name)
  })
  return isRead ? 'unless `_` or `Out` is meant to be it' : null
}
