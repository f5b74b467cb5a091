/** A global of this file as a local of the function of another file that alone uses it. */
import type { Import, ImportFrom, Node, Stmt, Suite } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import { replacement } from '../../fixes/edits.ts'
import { importInsertion } from '../../fixes/imports.ts'
import { lineEnding } from '../../fixes/insertion.ts'
import { removal } from '../../fixes/removal.ts'
import { isBoundHere, isMentioned, type ScopeTree } from '../../semantic/scope.ts'
import { importedNames } from '../../workspace/imports.ts'
import type { OtherModule } from '../../workspace/other-module.ts'
import type { Edit } from '../finding.ts'
import type { ModuleView } from '../rule.ts'
import type { Making } from './large-globals.ts'
import { atItsTop, meansTheSameIn, runsOnce } from './movable.ts'
import { elsewhere, placesIn, textOf, type EditsElsewhere, type UserElsewhere } from './other-file.ts'

/** `text`: the lines that make it. Null where they could mean something else there, or may run more than once. */
export function movedElsewhere(user: UserElsewhere, making: Making, text: readonly string[], { body, scopes }: ModuleView): EditsElsewhere | null {
  const { def, other: { module, imported } } = user
  const { uses, doubts } = module.usersOf(def.header.name.id)
  if (doubts.length > 0 || uses.some(use => use.path !== module.path) || !runsOnce(def, module.uses) || !meansTheSameIn(def, making, module.scopes)) return null
  const needed = imported === null || imported.alias.hasAs ? null : importsFor(namesRead(making), { body, scopes }, module)
  if (needed === null) return null
  const [insertion, unimported] = [atItsTop(def, text, module.source), withoutImport(user, needed, making, body)]
  if (insertion === null || unimported === null || placesIn(user, making.target.id) === null) return null
  return { edits: [...unimported, insertion].map(edit => elsewhere(edit, edit.newText, module)), others: [textOf(module)] }
}

/** But what the making binds itself. */
function namesRead({ stmt, target }: Making): readonly string[] {
  const own = new Set([target.id, ...stmt.kind === 'With' ? stmt.items.flatMap(item => (item.target?.kind === 'Name' ? [item.target.id] : [])) : []])
  const names = new Set<string>()
  const look = (node: Node): void => {
    if (node.kind === 'Name' && !own.has(node.id)) names.add(node.id)
    forEachChild(node, look)
  }
  look(stmt)
  return [...names]
}

/** The imports that the other file lacks; null where a name is neither a builtin nor an import of this file, or something else there. */
function importsFor(names: readonly string[], { body, scopes }: Pick<ModuleView, 'body' | 'scopes'>, module: OtherModule): readonly string[] | null {
  const missing: string[] = []
  const [here, there] = [body, module.source.body].map(suite => importedNames(suite, name => names.includes(name))) as [Imports, Imports]
  for (const name of names) {
    const [meant, ...more] = here.get(name) ?? []
    if (meant === undefined && !isOfModule(name, scopes) && !isOfModule(name, module.scopes)) continue
    if (meant === undefined || more.length > 0 || meant.module.startsWith('.')) return null
    const known = there.get(name)
    if (known?.length === 1 && known[0]!.module === meant.module && known[0]!.name === meant.name) continue
    const statement = statementFor(name, body)
    if (statement === null || isMentioned(name, module.scopes.module)) return null
    missing.push(statement)
  }
  return missing
}

/** Each module has its own. */
function isOfModule(name: string, { module }: ScopeTree): boolean {
  const symbol = module.symbols.get(name)
  return /^__\w+__$/.test(name) || (symbol !== undefined && isBoundHere(symbol))
}

type Imports = ReturnType<typeof importedNames>

function statementFor(name: string, body: Suite): string | null {
  for (const stmt of body) {
    const alias = stmt.kind === 'Import' || stmt.kind === 'ImportFrom' ? stmt.names.find(({ bound }) => bound.id === name) : undefined
    if (alias === undefined) continue
    const named = `import ${alias.name}${alias.hasAs ? ` as ${name}` : ''}`
    return stmt.kind === 'ImportFrom' ? `from ${stmt.module} ${named}` : named
  }
  return null
}

/** Without the import of the global, and with those that are needed now; null where the import does more, or a comment would go. */
function withoutImport({ other: { module, imported } }: UserElsewhere, needed: readonly string[], making: Making, body: Suite): readonly Edit[] | null {
  const { source } = module
  const { stmt, alias } = imported!
  const eol = lineEnding(source.text, source.offsetOf(stmt.start))
  if (stmt.names.length === 1) {
    if (!onlyMakes(making, body)) return null
    return [needed.length > 0 ? replacement(stmt, needed.join(eol)) : removal(source, stmt, source.body.indexOf(stmt), source)]
  }
  const at = stmt.names.indexOf(alias)
  const [before, next] = [stmt.names[at - 1], stmt.names[at + 1]]
  const gone = next ? { start: alias.start, end: next.start } : { start: before!.end, end: alias.end }
  if (source.text.slice(...source.rangeOf(gone)).includes('#')) return null
  const first = needed.length === 0 ? [] : [importInsertion(needed.join(eol), '', source)]
  return [...first, replacement(gone, '')]
}

/** Nobody misses that the file runs: all else in it are definitions, and imports for the making. */
function onlyMakes({ stmt: made, ...making }: Making, body: Suite): boolean {
  const names = new Set(namesRead({ stmt: made, ...making }))
  const isForIt = (stmt: Import | ImportFrom): boolean => stmt.names.length > 0 && stmt.names.every(({ bound }) => names.has(bound.id))
  return body.every((stmt: Stmt) => stmt === made || (stmt.kind === 'FunctionDef' && stmt.header.decorators.length === 0)
    || (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant') || (stmt.kind === 'Assign' && stmt.value.kind === 'Constant')
    || ((stmt.kind === 'Import' || stmt.kind === 'ImportFrom') && isForIt(stmt)))
}
