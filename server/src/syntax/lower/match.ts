/** `match` statements. */
import type { Expr, Match, MatchCase } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { endHead, headSuite } from './compound.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { topPattern } from './patterns.ts'
import { suite } from './statements.ts'

const { block: BLOCK, case_clause: CASE, if_clause: GUARD, "',": COMMA, "':": COLON } = NODE_TYPES

export function matchStatement(l: Lowering): Match {
  const start = l.cursor.startIndex
  const cases: MatchCase[] = []
  l.enter()
  const subject = matched(l, l.next())
  endHead(l, start)
  for (let type = l.cursor.nodeTypeId; type !== NONE; type = l.next()) if (type === BLOCK) caseClauses(l, cases)
  l.leave()
  l.start = start
  if (cases.length === 0) l.flaw = true
  return { kind: 'Match', start: l.shift + start, end: l.shift + l.end, subject, cases }
}

/** The subject; several, or one and a comma, are a tuple. Leaves the cursor on the colon. */
function matched(l: Lowering, type: number): Expr {
  const first = expression(l, type)
  const { start } = l
  const elts = [first]
  let { end } = l
  let comma = false
  for (type = l.next(); type !== COLON && type !== NONE; type = l.next()) {
    comma = true
    if (type !== COMMA) elts.push(expression(l, type))
    end = type === COMMA ? l.cursor.endIndex : l.end
  }
  return comma ? { kind: 'Tuple', start: l.shift + start, end: l.shift + end, elts } : first
}

function caseClauses(l: Lowering, cases: MatchCase[]): void {
  if (!l.cursor.gotoFirstChild()) return
  let type = l.cursor.nodeTypeId
  do {
    type = l.cursor.nodeTypeId
    if (type === CASE) cases.push(caseClause(l))
  } while (l.cursor.gotoNextSibling())
  l.leave()
}

function caseClause(l: Lowering): MatchCase {
  const start = l.cursor.startIndex
  l.enter()
  l.next()
  const { pattern, type } = topPattern(l)
  const guard = type === GUARD ? guardTest(l) : null
  const body = type === BLOCK ? suite(l) : headSuite(l, start)
  l.leave()
  return { kind: 'MatchCase', start: l.shift + start, end: l.shift + l.end, pattern, guard, body }
}

function guardTest(l: Lowering): Expr {
  l.enter()
  const test = expression(l, l.next())
  l.leave()
  return test
}
