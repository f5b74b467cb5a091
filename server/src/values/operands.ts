/** What a call computes with. */
import type { Call, Expr } from '../syntax/ast.ts'
import type { Evaluator } from './evaluate.ts'

/** The object whose method it is, unless that is a module, and what is passed by position. */
export function operandsOf({ func, args }: Call, e: Evaluator): readonly Expr[] {
  const receiver = func.kind === 'Attribute' && !isModule(func.value, e) ? [func.value] : []
  return [...receiver, ...args.filter(a => a.form !== 'keyword').map(a => a.value)]
}

/** `x.sum()`, not `np.sum(x)`. */
export function isMethodCall({ func }: Call, e: Evaluator): boolean {
  return func.kind === 'Attribute' && !isModule(func.value, e)
}

function isModule(expr: Expr, e: Evaluator): boolean {
  if (expr.kind === 'Attribute') return isModule(expr.value, e)
  return expr.kind === 'Name' && e.ofExpr(expr).type === null && e.context.flow.reaching(expr).every(b => b.kind === 'import')
}
