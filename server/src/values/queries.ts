/** What a database is asked for, as far as the text of the question tells. */
import type { Call, Expr } from '../syntax/ast.ts'
import type { Evaluator } from './evaluate.ts'

/** `cursor.fetchall()` after a question about the database itself, or for a few rows: what its cursor was asked last before, in the same block. */
export function asksForLittle(fetch: Call, { context }: Evaluator): boolean {
  if (fetch.func.kind !== 'Attribute' || !FETCHES.has(fetch.func.attr)) return false
  const cursor = fetch.func.value
  if (cursor.kind === 'Call') return isLittleQuestion(cursor)
  for (const { events } of context.flow.graph.blocks) {
    const at = events.findIndex(e => e.kind === 'call' && e.node === fetch)
    if (at < 0) continue
    const asked = events.slice(0, at).findLast(e => e.kind === 'call' && isAsking(e.node) && e.node.func.kind === 'Attribute' && isSame(e.node.func.value, cursor))
    return asked?.kind === 'call' && isLittleQuestion(asked.node)
  }
  return false
}

function isAsking({ func }: Call): boolean {
  return func.kind === 'Attribute' && func.attr === 'execute'
}

function isLittleQuestion(call: Call): boolean {
  const [text] = call.args
  return isAsking(call) && text?.form === 'positional' && text.value.kind === 'Constant' && typeof text.value.value === 'string' && LITTLE.test(text.value.value)
}

function isSame(a: Expr, b: Expr): boolean {
  if (a.kind === 'Name') return b.kind === 'Name' && a.id === b.id
  return a.kind === 'Attribute' && b.kind === 'Attribute' && a.attr === b.attr && isSame(a.value, b.value)
}

const FETCHES: ReadonlySet<string> = new Set(['fetchall', 'fetchmany'])

/** About tables and settings; or a limit of up to three digits. */
const LITTLE = /^\s*(pragma|show|describe|explain)\b|\blimit\s+\d{1,3}\s*;?\s*$|\bfrom\s+(sqlite_master|information_schema\.)/i
