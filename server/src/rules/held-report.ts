/** Writes a held object down as a finding. */
import type { Source } from '../syntax/source.ts'
import type { Binding } from '../flow/graph.ts'
import { onDemand, perObject } from '../text/on-demand.ts'
import { releaseFix } from '../fixes/release.ts'
import { kindOf } from '../values/parts.ts'
import { careIn, isCareful } from './care.ts'
import { displayEdits, riskOfDisplay } from './displayed.ts'
import type { Finding, Fix } from './finding.ts'
import { covers, type HeldKind, type HeldObject } from './held.ts'
import { isLikelyData, isLargeOnDevice } from './likely-data.ts'
import { narrowingFixes } from './narrowing.ts'
import type { Circumstances } from './judged.ts'
import { isAtLeastAsSure, judge, type Verdict } from './judgement.ts'
import { riskOfEnding } from './risk.ts'
import { dragInRounds, seenInRounds, type Said } from './rounds.ts'
import type { Draft, FrameFacts } from './rule.ts'
import { whereTo } from './where.ts'
import { dragTexts, estimateOf, excerpt, fewOf, listed, meanwhile, sizeText } from './wording.ts'

/** What a rule says of the time until the release. */
export interface Telling {
  /** `until the function returns`. */
  readonly until: string
  /** The sentence that says what is wrong, given the names and where they are used no more: `after this`. */
  readonly what: (names: string, where: string) => string
}

export function draftsOf(kind: HeldKind, facts: FrameFacts, telling: (object: HeldObject) => Telling): readonly Draft[] {
  return saidOf(facts).flatMap(({ object, verdict }): Draft[] => (object.kind === kind ? [source => finding(object, verdict, telling(object), facts, source)] : []))
}

/** What is worth a word. Of two objects at the same places (`frames`, and `df` that is in it) the one is said whose release lets go of the other, too. */
const saidOf = perObject((facts: FrameFacts): readonly Said[] => {
  const all = facts.held.flatMap(object => {
    const verdict = judge(object, circumstancesOf(object, facts), facts.options)
    return verdict ? [{ object, verdict }] : []
  })
  const alone = all.filter(said => !all.some(other => isAtLeastAsSure(other.verdict, said.verdict) && covers(other.object, said.object) && !covers(said.object, other.object)))
  return seenInRounds(alone, facts.analysis, facts.options)
})

/** Is something said of the object that the binding names? */
export function isSaidOf(binding: Binding, facts: FrameFacts): boolean {
  return saidOf(facts).some(({ object }) => object.bindings.includes(binding))
}

function circumstancesOf(object: HeldObject, { analysis, scope, options }: FrameFacts): Circumstances {
  const care = careIn(analysis, options)
  return { kind: kindOf(object.value.type, analysis.values.context), scope, care, isLikelyData: isCareful(care) && isLikelyData(object, care.released, analysis), isOnDevice: object.drag.collects === 'device' && isLargeOnDevice(object, analysis) }
}

function finding(object: HeldObject, verdict: Verdict, telling: Telling, facts: FrameFacts, source: Source): Finding {
  const names = [object.variable.name, ...object.together.map(v => v.name)]
  const binding = object.bindings[0]!.name
  const drag = dragTexts(object.kind === 'previous-iteration-held' ? dragInRounds(object, facts.analysis) : object.drag.items, source)
  const release = releaseFix({ names, gaps: object.places, form: object.release.form, risk: riskOf(object, facts) }, source)
  const fix = withDisplay(release, object, facts)
  // Refactorings are worked out for who asks for them, not at every keystroke.
  const fixes = onDemand(() => [fix, ...narrowingFixes(object, facts, source)])
  const { unusedFrom } = object
  const where = unusedFrom !== null && object.places.length === 1 ? 'there' : whereTo(object.places, object.lastUse ?? binding, source)
  const what = telling.what(listed(names.map(n => `\`${n}\``)), unusedFrom === null ? 'after this' : `where ${excerpt(unusedFrom, source)} begins`)
  return {
    rule: object.kind, severity: verdict.severity, confidence: verdict.confidence,
    message: `${what} (${sizeText(object.value.size)}).${meanwhile(drag)}${shown(object)}${doubtsText(object, facts)} ${advice(release.edits[0]!.newText.trim().replace(/^; |;$/g, ''), where)}`,
    name: object.variable.name, names, scope: facts.scope,
    span: object.lastUse ?? binding, binding, lastUse: object.lastUse,
    size: estimateOf(object.value.size), drag, heldUntil: telling.until,
    notes: [...(unusedFrom ? [{ start: unusedFrom.start, end: unusedFrom.start, message: `${object.variable.name} is not used from here on` }] : []), ...object.doubts.flatMap(d => (d.node ? [{ start: d.node.start, end: d.node.end, message: d.why }] : []))],
    get fixes() { return fixes() },
  }
}

/** The likeliest first; of what is known to be data only those that are likely: a function that is given it and keeps it is rare. The others stand beside the finding. */
function doubtsText({ doubts, value }: HeldObject, { analysis }: FrameFacts): string {
  const kind = kindOf(value.type, analysis.values.context)
  const isData = kind !== null && kind !== 'object'
  const told = [...doubts.filter(d => !d.weak), ...doubts.filter(d => d.weak && !isData)].map(d => d.why)
  return told.length === 0 ? '' : ` It may still be held elsewhere: ${fewOf(told).join('; ')}.`
}

function advice(statement: string, where: string): string {
  return `\`${statement}\` ${where} lets it go.`
}

function shown({ shownBy }: HeldObject): string {
  return shownBy.length === 0 ? '' : ' A cell shows it, so that `Out` keeps it too; `display(…)` does not.'
}

/** Letting go of the name frees it only when the history does not keep it. */
function withDisplay(release: Fix, { shownBy }: HeldObject, { index }: FrameFacts): Fix {
  if (shownBy.length === 0) return release
  const risk = riskOfDisplay(index)
  return {
    ...release, safety: risk === null ? release.safety : 'unsafe', edits: [...shownBy.flatMap(displayEdits), ...release.edits],
    title: `${release.title}, and show it with \`display(…)\`${risk === null ? '' : `: ${risk}`}`,
  }
}

/** What the reader of the fix has to make sure of, or null. */
function riskOf(object: HeldObject, facts: FrameFacts): string | null {
  const { name } = object.variable
  return object.release.needsTrust ? `unless a \`with\` around it swallows exceptions and ${name} is read after it` : riskOfEnding(object, facts)
}
