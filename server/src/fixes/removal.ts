/** Taking a statement out of its suite. */
import type { Stmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import { lineStart } from '../text/line-starts.ts'
import { replacement } from './edits.ts'

/** Removes the statement with its line where it stands alone on it; a suite's only statement becomes `pass`. */
export function removeStatement(suite: { readonly body: readonly Stmt[] }, index: number, source: Source): Fix {
  const stmt = suite.body[index]!
  return { title: 'Remove the statement', kind: 'remove', safety: 'safe', edits: [removal(suite, stmt, index, source)] }
}

/** As `removeStatement`, the edit alone. */
export function removal(suite: { readonly body: readonly Stmt[] }, stmt: Stmt, index: number, source: Source): Edit {
  if (suite.body.length === 1) return replacement(stmt, 'pass')
  const { text } = source
  const [start, end] = source.rangeOf(stmt)
  const from = lineStart(text, start)
  const blanksBefore = /^[ \t\f]*$/.test(text.slice(from, start))
  const rest = /^[ \t\f]*(\r\n|\n|\r|$)/.exec(text.slice(end))
  if (blanksBefore && rest) return replacement({ start: stmt.start - (start - from), end: stmt.end + rest[0].length }, '')
  // It shares its line: take one of the semicolons around it along.
  const next = suite.body[index + 1]
  const after = next ? text.slice(end, source.offsetOf(next.start)) : ''
  if (next && !/[\r\n]/.test(after)) return replacement({ start: stmt.start, end: stmt.end + after.length }, '')
  const before = /[ \t]*;[ \t]*$/.exec(text.slice(from, start))
  return replacement({ start: stmt.start - (before?.[0].length ?? 0), end: stmt.end }, '')
}
