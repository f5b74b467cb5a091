/** What stands in the body of a class. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'

/** Written in the class itself. */
export function methodNamed(name: string, { body }: ClassDef): FunctionDef | null {
  for (const stmt of body) if (stmt.kind === 'FunctionDef' && stmt.header.name.id === name) return stmt
  return null
}
