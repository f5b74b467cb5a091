import type { Expr } from '../syntax/ast.ts'

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
