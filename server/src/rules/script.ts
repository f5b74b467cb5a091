/**
 * Which module-level names are ours to let go. Names of a module that others import are its interface; those of a script, and those
 * bound under `if __name__ == "__main__":`, are nobody else's.
 */
import type { Stmt, Suite } from '../syntax/ast.ts'
import { perObject } from '../text/on-demand.ts'

/** A module whose top level works (loops, `with` blocks, calls for their effect) at least as much as it defines functions and classes. */
export const isScript = perObject((body: Suite): boolean => {
  const { work, definitions } = count(body)
  return work > 0 && work >= definitions
})

/** No import statement can write its name (`2-train.py`): it is run, and nobody else has its names. */
export function isProgramFile(path: string): boolean {
  return !/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(path.slice(path.lastIndexOf('/') + 1).replace(/\.pyw?$/, ''))
}

function count(body: Suite): { readonly work: number; readonly definitions: number } {
  let work = 0
  let definitions = 0
  for (const stmt of body) {
    if (isWork(stmt)) work++
    else if (stmt.kind === 'FunctionDef' || stmt.kind === 'ClassDef') definitions++
    if (stmt.kind === 'If' && !isMainGuard(stmt)) {
      const inner = count([...stmt.body, ...stmt.orelse])
      work += inner.work
      definitions += inner.definitions
    }
  }
  return { work, definitions }
}

function isWork(stmt: Stmt): boolean {
  return stmt.kind === 'For' || stmt.kind === 'While' || (stmt.kind === 'With' && !isMaking(stmt.body)) || (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call')
}

/** `with open(…) as file: DATA = json.load(file)` makes a global, as an assignment does. */
function isMaking(body: Suite): boolean {
  return body.every(s => s.kind === 'Assign' || s.kind === 'AnnAssign')
}

/** `__all__`, `__version__`, `pytestmark`: Python and other programs read these of a module, by their names. */
export function isReadByName(name: string): boolean {
  return /^(__\w+__|pytestmark|pytest_plugins|collect_ignore(_glob)?|urlpatterns|application)$/.test(name)
}

/** `if __name__ == "__main__":` */
export function isMainGuard(stmt: Stmt): boolean {
  if (stmt.kind !== 'If' || stmt.test.kind !== 'Compare') return false
  const sides = [stmt.test.left, ...stmt.test.comparators]
  return sides.some(s => s.kind === 'Name' && s.id === '__name__') && sides.some(s => s.kind === 'Constant' && s.value === '__main__')
}
