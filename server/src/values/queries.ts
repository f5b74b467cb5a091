/** What a database is asked for, as far as the text of the question tells. */
import type { Call, Expr } from '../syntax/ast.ts'
import { dottedPath } from '../syntax/expressions.ts'
import type { Evaluator } from './evaluate.ts'

/** `cursor.fetchall()` after a question about the database itself, or for a few rows. */
export function asksForLittle(fetch: Call, e: Evaluator): boolean {
  const question = fetch.func.kind === 'Attribute' && FETCHES.has(fetch.func.attr) ? questionTo(fetch.func.value, fetch, e) : null
  return question !== null && LITTLE.test(question)
}

/** The question is known, and it is for all rows or for those of a kind, not for what belongs to one key. */
export function asksForMany(question: string): boolean {
  return !LITTLE.test(question) && !KEYED.test(question)
}

/** What a cursor was asked last before the call, in the same block, or by the call that made it; null: the text is not known. */
export function questionTo(cursor: Expr, before: Call, { context: { flow } }: Evaluator): string | null {
  if (cursor.kind === 'Call') return questionOf(cursor)
  const path = dottedPath(cursor)
  if (path === null) return null
  for (const { events } of flow.graph.blocks) {
    const at = events.findIndex(e => e.kind === 'call' && e.node === before)
    if (at < 0) continue
    const asked = events.slice(0, at).findLast(e => e.kind === 'call' && dottedPath(e.node.func) === `${path}.execute`)
    if (asked?.kind === 'call') return questionOf(asked.node)
  }
  const [binding, ...more] = cursor.kind === 'Name' ? flow.reaching(cursor) : []
  return more.length === 0 && binding?.value?.kind === 'Call' ? questionOf(binding.value) : null
}

function questionOf({ func, args: [text] }: Call): string | null {
  return func.kind === 'Attribute' && func.attr === 'execute' && text?.form === 'positional' && text.value.kind === 'Constant' && typeof text.value.value === 'string' ? text.value.value : null
}

const FETCHES: ReadonlySet<string> = new Set(['fetchall', 'fetchmany'])

/** About tables and settings; or a limit of up to four digits. */
const LITTLE = /^\s*(pragma|show|describe|explain)\b|\blimit\s+\d{1,4}\s*;?\s*$|\bfrom\s+(sqlite_master|information_schema\.)/i

/** `where document_id = ?`, `where id in (…)`, and a limit that the caller sets. */
const KEYED = /\bwhere\b.*(=\s*(\?|%s|%\(|:\w|\$\d)|\bin\s*\()|\blimit\s+(\?|%s|%\(|:\w|\$\d)/is
