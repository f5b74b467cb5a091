/** What the module's own frame depends on: its statements, of functions the headers only. */
import type { Stmt, Suite } from '../syntax/ast.ts'

/** One stretch of a module's body has replaced another: does the module's own frame do the same as before, but for what the functions in them do? */
export function runsTheSame(removed: Suite, added: Suite): boolean {
  const before = removed.flatMap(partsOf)
  const after = added.flatMap(partsOf)
  return before.length === after.length && before.every((part, index) => part === after[index])
}

/** The objects whose identity stands for what the statement does when the module runs. */
function partsOf(stmt: Stmt): readonly object[] {
  if (stmt.kind === 'FunctionDef') return [stmt.header]
  if (stmt.kind === 'ClassDef') return [stmt.name, ...stmt.body.flatMap(partsOf)]
  return [stmt]
}

/** The same names, in whichever order. */
export function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const item of a) if (!b.has(item)) return false
  return true
}
