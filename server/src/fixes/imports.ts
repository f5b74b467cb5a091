/** Importing what a fix needs. */
import type { Stmt, Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Edit } from '../rules/finding.ts'
import type { ModuleFacts } from '../values/module-facts.ts'
import { insertStatement } from './insertion.ts'

export interface Importing {
  /** How to write it: `deque`, `collections.deque`. */
  readonly text: string
  readonly edits: readonly Edit[]
}

/** `module.name` as the module can write it, imported where it is not yet; null where its name is taken by something else. */
export function importing(module: string, name: string, facts: ModuleFacts, source: Source): Importing | null {
  const { body } = source
  const known = [...boundNames(body)].find(bound => dottedOf(bound, facts) === `${module}.${name}`)
  if (known !== undefined) return { text: known, edits: [] }
  const whole = [...boundNames(body)].find(bound => dottedOf(bound, facts) === module)
  if (whole !== undefined) return { text: `${whole}.${name}`, edits: [] }
  if (facts.get(module) !== undefined || body.length === 0) return null
  return { text: `${module}.${name}`, edits: [insertion(`import ${module}`, placeForImport(body), body, source)] }
}

/** With blank lines before what is no import. */
function insertion(statement: string, index: number, body: Suite, source: Source): Edit {
  const edit = insertStatement({ suite: { body, owner: null }, index }, statement, source)
  const next = body[index]
  const blanks = next === undefined || next.kind === 'Import' || next.kind === 'ImportFrom' ? 0 : next.kind === 'FunctionDef' || next.kind === 'ClassDef' ? 2 : 1
  const ending = /(\r\n|\n|\r)$/.exec(edit.newText)?.[0] ?? ''
  return { ...edit, newText: edit.newText + ending.repeat(blanks) }
}

/** The names that imports at the top of the module bind. */
function boundNames(body: Suite): ReadonlySet<string> {
  return new Set(body.flatMap(stmt => (stmt.kind === 'Import' || stmt.kind === 'ImportFrom' ? stmt.names.map(a => a.bound.id) : [])))
}

function dottedOf(name: string, facts: ModuleFacts): string | null {
  const fact = facts.get(name)
  return fact?.kind === 'import' ? fact.dotted : null
}

/** Before the first import that is not from `__future__`; without imports after the docstring. */
export function placeForImport(body: Suite): number {
  const isFirst = (stmt: Stmt): boolean => stmt.kind === 'Import' || (stmt.kind === 'ImportFrom' && stmt.module !== '__future__')
  const first = body.findIndex(isFirst)
  if (first >= 0) return first
  const after = body.findIndex(stmt => !(stmt.kind === 'ImportFrom' || (stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant' && stmt.value.type === 'str')))
  return after < 0 ? body.length : after
}
