/** What a fix did to the statements of a text, whatever the layout: the check that it changed nothing but what it says. */
import { diffArrays } from 'diff'
import type { Node, Stmt } from '../../server/src/syntax/ast.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { forEachChild } from '../../server/src/syntax/walk.ts'

export interface StatementChange {
  readonly added: boolean
  readonly kind: Stmt['kind']
  /** The statement as JSON, for people. */
  readonly text: string
}

interface Signature {
  readonly kind: Stmt['kind']
  readonly depth: number
  readonly text: string
}

export function changedStatements(before: Source, after: Source): readonly StatementChange[] {
  const parts = diffArrays([...signatures(before)], [...signatures(after)], { comparator: (a, b) => a.depth === b.depth && a.text === b.text })
  return parts.flatMap(part => (part.added || part.removed ? part.value.map(s => ({ added: part.added, kind: s.kind, text: s.text })) : []))
}

function signatures(source: Source): readonly Signature[] {
  const found: Signature[] = []
  const visit = (node: Node, depth: number): void => {
    if (isStatement(node)) found.push({ kind: node.kind, depth, text: withoutSuites(node) })
    forEachChild(node, child => visit(child, isStatement(node) ? depth + 1 : depth))
  }
  for (const stmt of source.body) visit(stmt, 0)
  return found
}

const STATEMENTS: ReadonlySet<string> = new Set<Stmt['kind']>([
  'FunctionDef', 'ClassDef', 'Return', 'Delete', 'Assign', 'AugAssign', 'AnnAssign', 'TypeAlias', 'For', 'While', 'If', 'With', 'Match', 'Raise', 'Try',
  'Assert', 'Import', 'ImportFrom', 'Global', 'Nonlocal', 'ExprStmt', 'Pass', 'Break', 'Continue', 'ErrorStmt',
])

function isStatement(node: Node): node is Stmt {
  return STATEMENTS.has(node.kind)
}

/** Everything the statement says but where it stands and the statements in it. */
function withoutSuites(stmt: Stmt): string {
  return JSON.stringify(stmt, (key, value: unknown) => {
    if (key === 'start' || key === 'end' || key === 'keyword') return undefined
    return Array.isArray(value) && (key === 'body' || key === 'orelse' || key === 'finalbody') ? value.length > 0 : value
  })
}
