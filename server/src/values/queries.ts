/** What a database is asked for, as far as the text of the question tells. */
import type { Call, Expr } from '../syntax/ast.ts'
import { dottedPath } from '../syntax/expressions.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding } from '../flow/graph.ts'
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

/** What a cursor was asked last before the call, in the same block, or by the call that made it; null: the text is not known. What is filled in shows as `?`. */
export function questionTo(cursor: Expr, before: Call, { context: { flow } }: Evaluator): string | null {
  const questionOf = (call: Call) => askedBy(call, flow)
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

function askedBy({ func, args: [text] }: Call, flow: FlowAnalysis): string | null {
  return func.kind === 'Attribute' && func.attr === 'execute' && text?.form === 'positional' ? textOf(text.value, flow) : null
}

/** Of a text that is written down, whole or with gaps. `seen`: a round of a loop may add to the text of the round before. */
function textOf(expr: Expr, flow: FlowAnalysis, seen: readonly Binding[] = []): string | null {
  const of = (part: Expr) => textOf(part, flow, seen)
  switch (expr.kind) {
    case 'Constant': return typeof expr.value === 'string' ? expr.value : null
    case 'JoinedStr': return expr.values.map(v => of(v) ?? '?').join('')
    case 'BinOp': return expr.op === '%' ? of(expr.left) : expr.op === '+' ? joined(of(expr.left), of(expr.right)) : null
    case 'Call': return expr.func.kind === 'Attribute' && TEXT_METHODS.has(expr.func.attr) ? of(expr.func.value) : null
    case 'Name': {
      const [binding, ...more] = flow.reaching(expr)
      const isAlone = more.length === 0 && binding?.kind === 'assignment' && binding.path.length === 0 && !seen.includes(binding)
      return isAlone && binding.value !== null ? textOf(binding.value, flow, [...seen, binding]) : null
    }
    default: return null
  }
}

const TEXT_METHODS: ReadonlySet<string> = new Set(['format', 'strip', 'encode', 'lower', 'upper'])

function joined(left: string | null, right: string | null): string | null {
  return left === null && right === null ? null : `${left ?? '?'}${right ?? '?'}`
}

const FETCHES: ReadonlySet<string> = new Set(['fetchall', 'fetchmany'])

/** About tables and settings; a limit of up to four digits; a row of figures, computed from no table or over all of one. */
const LITTLE = /^\s*(pragma|show|describe|explain)\b|\blimit\s+\d{1,4}\s*;?\s*$|\bfrom\s+(sqlite_master|information_schema\.)|^\s*select\b(?!.*\bfrom\b)|^\s*select\s+(count|max|min|sum|avg|total)\s*\((?!.*\b(group\s+by|over|union)\b)/is

/** `where document_id = ?`, `where id in (…)`, and a limit that the caller sets. */
const KEYED = /\bwhere\b.*(=\s*(\?|%s|%\(|:\w|\$\d)|\bin\s*\()|\blimit\s+(\?|%s|%\(|:\w|\$\d)/is
