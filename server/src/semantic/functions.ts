/** The functions of a module: each has a frame of its own to analyse. */
import type { ClassDef, FunctionDef, Stmt, Suite } from '../syntax/ast.ts'

export interface FunctionPlace {
  readonly def: FunctionDef
  /** The class whose method it is, or null. */
  readonly ownClass: ClassDef | null
  /** `Class.method`, `outer.inner`. */
  readonly name: string
}

/** Every function outside functions, with the functions inside them; those with syntax errors left out. */
export function functionsOf(body: Suite): readonly FunctionPlace[] {
  const found: FunctionPlace[] = []
  visitSuite(body, null, '', found)
  return found
}

/** Functions inside one function depend on nothing but it and its name. */
const inside = new WeakMap<FunctionDef, { readonly name: string; readonly nested: readonly FunctionPlace[] }>()

function visitSuite(body: Suite, ownClass: ClassDef | null, prefix: string, found: FunctionPlace[]): void {
  for (const stmt of body) visitStatement(stmt, ownClass, prefix, found)
}

function visitStatement(stmt: Stmt, ownClass: ClassDef | null, prefix: string, found: FunctionPlace[]): void {
  switch (stmt.kind) {
    case 'FunctionDef': {
      if (stmt.broken) return
      const name = prefix + stmt.header.name.id
      found.push({ def: stmt, ownClass, name })
      let known = inside.get(stmt)
      if (known?.name !== name) {
        const nested: FunctionPlace[] = []
        visitSuite(stmt.body, null, `${name}.`, nested)
        inside.set(stmt, known = { name, nested })
      }
      for (const place of known.nested) found.push(place)
      return
    }
    case 'ClassDef': return visitSuite(stmt.body, stmt, `${prefix}${stmt.name.id}.`, found)
    case 'If':
    case 'For':
    case 'While':
      visitSuite(stmt.body, ownClass, prefix, found)
      return visitSuite(stmt.orelse, ownClass, prefix, found)
    case 'With': return visitSuite(stmt.body, ownClass, prefix, found)
    case 'Match': return stmt.cases.forEach(c => visitSuite(c.body, ownClass, prefix, found))
    case 'Try':
      visitSuite(stmt.body, ownClass, prefix, found)
      stmt.handlers.forEach(h => visitSuite(h.body, ownClass, prefix, found))
      visitSuite(stmt.orelse, ownClass, prefix, found)
      return visitSuite(stmt.finalbody, ownClass, prefix, found)
  }
}
