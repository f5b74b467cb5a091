/** What a database is asked for, as far as the text of the question tells. */
import type { Call } from '../syntax/ast.ts'
import { dottedPath } from '../syntax/expressions.ts'
import type { Evaluator } from './evaluate.ts'

/** `cursor.fetchall()` after a question about the database itself, or for a few rows: what its cursor was asked last before, in the same block. */
export function asksForLittle(fetch: Call, { context }: Evaluator): boolean {
  if (fetch.func.kind !== 'Attribute' || !FETCHES.has(fetch.func.attr)) return false
  const cursor = fetch.func.value
  if (cursor.kind === 'Call') return isLittleQuestion(cursor)
  const path = dottedPath(cursor)
  if (path === null) return false
  for (const { events } of context.flow.graph.blocks) {
    const at = events.findIndex(e => e.kind === 'call' && e.node === fetch)
    if (at < 0) continue
    const asked = events.slice(0, at).findLast(e => e.kind === 'call' && dottedPath(e.node.func) === `${path}.execute`)
    return asked?.kind === 'call' && isLittleQuestion(asked.node)
  }
  return false
}

function isLittleQuestion({ func, args: [text] }: Call): boolean {
  return func.kind === 'Attribute' && func.attr === 'execute' && text?.form === 'positional' && text.value.kind === 'Constant' && typeof text.value.value === 'string' && LITTLE.test(text.value.value)
}

const FETCHES: ReadonlySet<string> = new Set(['fetchall', 'fetchmany'])

/** About tables and settings; or a limit of up to three digits. */
const LITTLE = /^\s*(pragma|show|describe|explain)\b|\blimit\s+\d{1,3}\s*;?\s*$|\bfrom\s+(sqlite_master|information_schema\.)/i
