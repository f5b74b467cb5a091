/** Writes a held object down as a finding. */
import type { Source } from '../syntax/source.ts'
import { releaseFix } from '../fixes/release.ts'
import { kindOf } from '../values/parts.ts'
import type { Finding } from './finding.ts'
import type { HeldKind, HeldObject } from './held.ts'
import { judge, type Verdict } from './judgement.ts'
import type { Draft, FrameFacts } from './rule.ts'
import { dragTexts, estimateOf, listed, sizeText } from './wording.ts'

/** What a rule says of the time until the release. */
export interface Telling {
  /** `until the function returns`. */
  readonly until: string
  /** The sentence that says what is wrong, given the names. */
  readonly what: (names: string) => string
}

export function draftsOf(kind: HeldKind, facts: FrameFacts, telling: (object: HeldObject) => Telling): readonly Draft[] {
  const drafts: Draft[] = []
  for (const object of facts.held) {
    if (object.kind !== kind) continue
    const verdict = judge(object, { kind: kindOf(object.value.type, facts.analysis.values.context), scope: facts.scope }, facts.options)
    if (verdict) drafts.push(source => finding(object, verdict, telling(object), facts, source))
  }
  return drafts
}

function finding(object: HeldObject, verdict: Verdict, telling: Telling, facts: FrameFacts, source: Source): Finding {
  const names = [object.variable.name, ...object.together.map(v => v.name)]
  const binding = object.bindings[0]!.name
  const drag = dragTexts(object.drag.items, source)
  const doubts = object.doubts.length > 0 ? ` It may still be held elsewhere: ${object.doubts.map(d => d.why).join('; ')}.` : ''
  const fix = releaseFix({ names, gaps: object.places, form: object.legality, risk: riskOf(object, facts) }, source)
  const what = telling.what(listed(names.map(n => `\`${n}\``)))
  const meanwhile = drag.length > 0 ? ` Meanwhile ${listed(drag.map(d => d.text))}.` : ''
  return {
    rule: object.kind, severity: verdict.severity, confidence: verdict.confidence,
    message: `${what} (${sizeText(object.value.size)}).${meanwhile}${doubts} ${advice(fix.edits[0]!.newText.trim().replace(/^; |;$/g, ''))}`,
    name: object.variable.name, names, scope: facts.scope,
    span: object.lastUse ?? binding, binding, lastUse: object.lastUse,
    size: estimateOf(object.value.size), drag, heldUntil: telling.until,
    notes: object.doubts.flatMap(d => (d.node ? [{ start: d.node.start, end: d.node.end, message: d.why }] : [])),
    fixes: [fix],
  }
}

function advice(statement: string): string {
  return `\`${statement}\` here lets it go.`
}

/** What the reader of the fix has to make sure of, or null. */
function riskOf(object: HeldObject, facts: FrameFacts): string | null {
  const { name } = object.variable
  if (object.needsTrust) return `unless a \`with\` around it swallows exceptions and ${name} is read after it`
  return facts.scope === '<module>' ? `unless other modules import ${name}` : null
}
