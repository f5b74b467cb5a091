/** The words on work in a handler, and how to do it after the statement. */
import type { Call, ExceptHandler, Node, Try } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'
import type { Source } from '../../syntax/source.ts'
import { insertion } from '../../fixes/edits.ts'
import { lineEnding, lineIndent } from '../../fixes/insertion.ts'
import type { DragItem } from '../../values/weights.ts'
import type { Finding, Fix, Note } from '../finding.ts'
import type { Verdict } from '../judgement.ts'
import type { FrameFacts } from '../rule.ts'
import { dragTexts, estimateOf, excerpt, meanwhile, sizeText } from '../wording.ts'
import { callsIn, type Held } from './handlers.ts'

/** `held`: a large object of a function that the attempt calls, as far as one is known. */
export function attemptFinding(stmt: Try, handler: ExceptHandler, verdict: Verdict, items: readonly DragItem[], held: Held | null, facts: FrameFacts, source: Source): Finding {
  const drag = dragTexts(items, source)
  const span = items[0]?.node ?? handler
  const kept = held ? `those of \`${held.callee}()\` (${sizeText(held.value.size)})` : 'all that the failed attempt had made'
  const attempt = callsIn(stmt.body)[0]
  return {
    rule: 'exception-holds-frames', severity: verdict.severity, confidence: verdict.confidence,
    message: `While a handler runs, the locals of the functions that failed are still in memory: ${kept}.${meanwhile(drag)} Do this after the \`try\` statement, when they are gone.`,
    name: handler.name?.id ?? '', names: handler.name ? [handler.name.id] : [], scope: facts.scope, span, binding: handler.name ?? attempt ?? handler, lastUse: null,
    size: held ? estimateOf(held.value.size) : { low: 0, high: null, basis: 'what the failed attempt made' }, drag, heldUntil: 'the handler ends',
    notes: notesOf(attempt, source), fixes: moveOut(stmt, handler, facts, source),
  }
}

function notesOf(attempt: Call | undefined, source: Source): readonly Note[] {
  return attempt ? [{ start: attempt.start, end: attempt.end, message: `what ${excerpt(attempt, source)} had made is kept until the \`except\` block ends: the exception remembers it`, holds: true }] : []
}

/**
 * A flag is set in the handler, and the work follows the statement. Only where the handler is the last thing in it, does not speak of the
 * exception and stands on lines of its own. An exception out of the work no longer mentions the first one.
 */
function moveOut(stmt: Try, handler: ExceptHandler, { analysis }: FrameFacts, source: Source): readonly Fix[] {
  const [first] = handler.body
  const isLast = stmt.handlers.at(-1) === handler && stmt.orelse.length === 0 && stmt.finalbody.length === 0
  const isFree = !analysis.flow.graph.variables.some(v => v.name === 'failed')
  if (!first || !isLast || !isFree || speaksOfIt(handler)) return []
  const outer = lineIndent(source, stmt.start)
  const inner = lineIndent(source, first.start)
  if (outer === null || inner === null) return []
  const ending = lineEnding(source.text, source.offsetOf(first.start))
  return [{
    title: 'Do this after the `try` statement: unless an exception out of it has to mention the first one', kind: 'move', safety: 'unsafe',
    edits: [insertion(stmt.start, `failed = False${ending}${outer}`), insertion(first.start, `failed = True${ending}${outer}if failed:${ending}${inner}`)],
  }]
}

/** It names the exception, raises it again or asks for it. */
function speaksOfIt({ name, body }: ExceptHandler): boolean {
  const speaks = (node: Node): boolean => {
    if (node.kind === 'Raise' || (node.kind === 'Name' && node.id === name?.id)) return true
    if (node.kind === 'Attribute' && /^(exc_info|format_exc|print_exc|exception)$/.test(node.attr)) return true
    let found = false
    forEachChild(node, child => { found ||= speaks(child) })
    return found
  }
  return body.some(speaks)
}
