/** The imports of a body of statements, wherever they stand in it: under conditions, in `try`, in `with`. */
import type { Import, ImportFrom, Stmt, Suite } from '../syntax/ast.ts'

/** What an import binds a name to: the module (`name` null) or a name of it. `module` is dotted as written, with leading dots where relative. */
export interface Imported {
  readonly module: string
  readonly name: string | null
}

export function dotted(module: string, name: string): string {
  return module === '' || module.endsWith('.') ? module + name : `${module}.${name}`
}

/** By bound name; those of functions and classes inside are not among them. `isWanted` filters by name. */
export function importedNames(body: Suite, isWanted: (name: string) => boolean): ReadonlyMap<string, readonly Imported[]> {
  const found = new Map<string, readonly Imported[]>()
  const say = (bound: string, imported: Imported): void => {
    const known = found.get(bound) ?? []
    if (isWanted(bound) && !known.some(k => k.module === imported.module && k.name === imported.name)) found.set(bound, [...known, imported])
  }
  forEachImport(body, stmt => {
    if (stmt.kind === 'Import') for (const alias of stmt.names) say(alias.bound.id, { module: alias.hasAs ? alias.name : alias.bound.id, name: null })
    else for (const alias of stmt.names) say(alias.bound.id, { module: '.'.repeat(stmt.level) + stmt.module, name: alias.name })
  })
  return found
}

function forEachImport(body: Suite, visit: (stmt: Import | ImportFrom) => void): void {
  for (const stmt of body) inStatement(stmt, visit)
}

function inStatement(stmt: Stmt, visit: (stmt: Import | ImportFrom) => void): void {
  switch (stmt.kind) {
    case 'Import':
    case 'ImportFrom': return visit(stmt)
    case 'If':
    case 'For':
    case 'While':
      forEachImport(stmt.body, visit)
      return forEachImport(stmt.orelse, visit)
    case 'With': return forEachImport(stmt.body, visit)
    case 'Match': return stmt.cases.forEach(c => forEachImport(c.body, visit))
    case 'Try':
      forEachImport(stmt.body, visit)
      stmt.handlers.forEach(h => forEachImport(h.body, visit))
      forEachImport(stmt.orelse, visit)
      return forEachImport(stmt.finalbody, visit)
  }
}

/** The modules of which all names are imported, dotted as written. */
export function starsIn(body: Suite): readonly string[] {
  const stars: string[] = []
  forEachImport(body, stmt => {
    if (stmt.kind === 'ImportFrom' && stmt.star) stars.push('.'.repeat(stmt.level) + stmt.module)
  })
  return stars
}
