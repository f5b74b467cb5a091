/** Importing what a fix needs. */
import { contains } from '../syntax/ancestors.ts'
import type { Node, Stmt, Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Edit } from '../rules/finding.ts'
import { importedAs, type ModuleFacts } from '../values/module-facts.ts'
import { missingBelow } from './blank-lines.ts'
import { insertStatement, lineEnding } from './insertion.ts'

export interface Importing {
  /** How to write it: `deque`, `collections.deque`. */
  readonly text: string
  readonly edits: readonly Edit[]
}

/**
 * `module.name` as the module can write it in the place of `user`, imported where it is not yet; null where its name is taken by something else.
 * While the module runs, only what stands above `user` is imported there.
 */
export function importing(module: string, name: string, user: Node, facts: ModuleFacts, source: Source): Importing | null {
  const { body } = source
  const above = body.slice(0, Math.max(0, body.findIndex(stmt => contains(stmt, user))))
  const bound = [...boundNames(above)]
  const known = bound.find(n => importedAs(n, facts) === `${module}.${name}`)
  if (known !== undefined) return { text: known, edits: [] }
  const whole = bound.find(n => importedAs(n, facts) === module)
  if (whole !== undefined) return { text: `${whole}.${name}`, edits: [] }
  if (facts.get(module) !== undefined) return null
  return { text: `${module}.${name}`, edits: [insertionAt(placeForImport(above, module), `import ${module}`, source)] }
}

/** Writes imports among those there are, or at the top with blank lines around them. `module`: whose name says where among the others. */
export function importInsertion(statements: string, module: string, source: Source): Edit {
  return insertionAt(placeForImport(source.body, module), statements, source)
}

/** `index`: of the statement of the module above which they go. */
function insertionAt(index: number, statements: string, source: Source): Edit {
  const { body } = source
  const [previous, next] = [body[index - 1], body[index]]
  const before = next !== undefined && (previous === undefined || isImport(next))
  const edit = insertStatement({ suite: { body: before ? body.slice(index) : body, owner: null }, index: before ? 0 : index }, statements, source)
  const eol = lineEnding(source.text, source.offsetOf(edit.start))
  const above = before || previous === undefined || isImport(previous) ? 0 : 1
  const wanted = next === undefined || isImport(next) ? 0 : next.kind === 'FunctionDef' || next.kind === 'ClassDef' ? 2 : 1
  const there = previous === undefined ? 0 : 2 - missingBelow(source.text, source.offsetOf(previous.end))
  return { ...edit, newText: eol.repeat(above) + edit.newText + eol.repeat(Math.max(0, wanted - there)) }
}

/** The names that imports at the top of the module bind. */
function boundNames(body: Suite): ReadonlySet<string> {
  return new Set(body.flatMap(stmt => (stmt.kind === 'Import' || stmt.kind === 'ImportFrom' ? stmt.names.map(a => a.bound.id) : [])))
}

/**
 * Among the first imports that stand together and are not from `__future__`: before the first `import` of a module whose name comes later in the
 * alphabet than that of `module`, else after the last `import` of them. Without imports after the docstring.
 */
function placeForImport(body: Suite, module: string): number {
  const first = body.findIndex(isImport)
  const after = first < 0 ? -1 : body.findIndex((stmt, i) => i > first && !isImport(stmt))
  const run = first < 0 ? [] : body.slice(first, after < 0 ? body.length : after)
  const later = run.findIndex(stmt => stmt.kind === 'Import' && (stmt.names[0]?.name ?? '') > module)
  if (later >= 0) return first + later
  if (first >= 0) return first + run.findLastIndex(stmt => stmt.kind === 'Import') + 1
  return afterDocstring(body)
}

/** But from `__future__`, which comes first. */
function isImport(stmt: Stmt): boolean {
  return stmt.kind === 'Import' || (stmt.kind === 'ImportFrom' && stmt.module !== '__future__')
}

function afterDocstring(body: Suite): number {
  const after = body.findIndex(stmt => !(stmt.kind === 'ImportFrom' || (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant' && stmt.value.type === 'str')))
  return after < 0 ? body.length : after
}
