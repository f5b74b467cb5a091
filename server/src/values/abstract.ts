/** Methods that are there to be overridden. */
import type { FunctionDef, Stmt } from '../syntax/ast.ts'

/** The body does nothing (a docstring, `pass`, `...`) or says that somebody else has to (`raise NotImplementedError`). */
export function isAbstract({ body }: FunctionDef): boolean {
  return body.every(isNothing)
}

function isNothing(stmt: Stmt): boolean {
  switch (stmt.kind) {
    case 'Pass': return true
    case 'ExprStmt': return stmt.value.kind === 'Constant'
    case 'Raise': {
      const raised = stmt.exc?.kind === 'Call' ? stmt.exc.func : stmt.exc
      return raised?.kind === 'Name' && raised.id === 'NotImplementedError'
    }
    default: return false
  }
}
