import { contains } from './ancestors.ts'
import type { Expr, If, Node, Stmt, While } from './ast.ts'

/** What a test made of constants amounts to; null for everything that has to be evaluated. */
export function truthOf(e: Expr): boolean | null {
  if (e.kind === 'UnaryOp' && e.op === 'not') {
    const operand = truthOf(e.operand)
    return operand === null ? null : !operand
  }
  if (e.kind !== 'Constant') return null
  switch (e.type) {
    case 'None': case 'False': return false
    case 'True': case 'Ellipsis': return true
    case 'str': case 'bytes': return e.length > 0
    default: return e.value === null ? null : e.value !== 0
  }
}

/** How a test comes out whatever is evaluated for it (`False and f()`, `f() and False`); null: either way. */
function outcomeOf(e: Expr): boolean | null {
  if (e.kind === 'UnaryOp' && e.op === 'not') {
    const operand = outcomeOf(e.operand)
    return operand === null ? null : !operand
  }
  if (e.kind !== 'BoolOp') return truthOf(e)
  const decides = e.op === 'or'
  const outcomes = e.values.map(outcomeOf)
  return outcomes.includes(decides) ? decides : outcomes.includes(null) ? null : !decides
}

/** Is the node in a branch of one of these statements that is never taken? */
export function isNeverRun(node: Node, around: readonly Stmt[]): boolean {
  return around.some(stmt => (stmt.kind === 'If' || stmt.kind === 'While') && neverRunIn(stmt).some(s => contains(s, node)))
}

function neverRunIn({ test, body, orelse }: If | While): readonly Stmt[] {
  const outcome = outcomeOf(test)
  return outcome === null ? [] : outcome ? orelse : body
}
