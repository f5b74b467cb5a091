/** The verdict on a view that keeps its base, the words, and the copy that keeps only what it shows. */
import type { Source } from '../../syntax/source.ts'
import { insertStatement } from '../../fixes/insertion.ts'
import { kindOf } from '../../values/parts.ts'
import { lackOfCare } from '../care.ts'
import type { Finding, Fix } from '../finding.ts'
import type { Obstacle } from '../holders.ts'
import { judge, type Verdict } from '../judgement.ts'
import { copyEdits, riskOfCopy } from '../narrow-views.ts'
import type { Draft, FrameFacts } from '../rule.ts'
import { dragTexts, estimateOf, listed, meanwhile, sizeText } from '../wording.ts'
import { mayBeWritten } from '../writes.ts'
import type { HeldBase } from './held-base.ts'

export function draftOf(held: HeldBase, facts: FrameFacts): Draft | null {
  const { values } = facts.analysis
  const { view, base } = held
  const own = values.ofExpr(view.expr).size
  if (own.origin === 'known' && base.size.origin === 'known' && own.high !== null && own.high * SHARE > base.size.low && own.high < base.size.low) return null
  const doubts = [...held.doubts, ...(view.doubt === null ? [] : [{ node: null, why: view.doubt, weak: false }])]
  // What outlives the function stays, whatever happens in it.
  const circumstances = { kind: kindOf(base.type, values.context), scope: facts.scope, ...(held.how === null && lackOfCare(facts.analysis, facts.options)) }
  const verdict = judge({ kind: 'held-after-last-use', value: base, variable: { name: held.variable?.name ?? '' }, bindings: [], drag: held.drag, isFarReaching: false, doubts }, circumstances, facts.options)
  return verdict && (source => findingOf(held, doubts, verdict, facts, source))
}

/** A view that shows more than one part in so many is worth keeping as it is. */
const SHARE = 4

function findingOf(held: HeldBase, doubts: readonly Obstacle[], verdict: Verdict, facts: FrameFacts, source: Source): Finding {
  const { view, viewName, variable } = held
  const whole = variable === null ? 'the object it was taken from' : `\`${variable.name}\``
  const name = viewName?.id ?? variable?.name ?? ''
  const drag = dragTexts(held.drag.items, source)
  const fixes = fixesOf(held, facts, source)
  const subject = viewName === null ? `This is ${view.what} of` : `\`${viewName.id}\` is ${view.what} of`
  const why = held.how === null ? ` and is used further on` : `, and ${held.how}`
  const doubt = doubts.length > 0 ? ` Not sure: ${doubts.map(d => d.why).join('; ')}.` : ''
  return {
    rule: 'view-holds-base', severity: verdict.severity, confidence: verdict.confidence,
    message: `${subject} ${whole}${why}: all of ${variable === null ? 'that' : whole} stays in memory with it (${sizeText(held.base.size)}).${meanwhile(drag)}${doubt} ${adviceOf(held)}`,
    name, names: [name, ...(variable && variable.name !== name ? [variable.name] : [])].filter(n => n !== ''), scope: facts.scope,
    span: view.expr, binding: held.binding?.name ?? view.expr, lastUse: null,
    size: estimateOf(held.base.size), drag, heldUntil: held.until,
    notes: [
      { start: view.expr.start, end: view.expr.end, message: `${viewName === null ? 'what is taken here' : `\`${viewName.id}\``} shows a part of ${variable === null ? 'that object' : whole}, which is no copy, and so keeps all of it`, holds: true },
      ...(held.binding ? [{ start: held.binding.name.start, end: held.binding.name.end, message: 'all of this is kept' }] : []),
      ...doubts.flatMap(d => (d.node ? [{ start: d.node.start, end: d.node.end, message: d.why }] : [])),
    ],
    fixes,
  }
}

function adviceOf({ view, variable, places }: HeldBase): string {
  if (view.asksAll) return 'What it computes of the groups keeps nothing of them.'
  const copy = { copy: 'A `.copy()` of it', clone: 'A `.clone()` of it', bytes: '`bytes(…)` of it', list: 'A list of them', none: 'Its `group()` or `span()`' }[view.form ?? 'none']
  return places.length > 0 && variable !== null ? `${copy} keeps only what it shows; then \`del ${variable.name}\` lets the rest go.` : `${copy} keeps only what it shows.`
}

function fixesOf(held: HeldBase, facts: FrameFacts, source: Source): readonly Fix[] {
  const { view, variable, places } = held
  if (view.form === null) return []
  const release = places.map(place => insertStatement(place, `del ${variable!.name}`, source))
  const risk = riskOf(held, facts)
  const what = `Copy what is shown${release.length > 0 ? ` and \`del ${variable!.name}\`` : ''}`
  return [{ title: risk === null ? what : `${what}: ${risk}`, kind: 'copy', safety: risk === null ? 'safe' : 'unsafe', edits: [...copyEdits(view), ...release] }]
}

function riskOf({ view, variable, viewName, doubts }: HeldBase, facts: FrameFacts): string | null {
  const changed = riskOfCopy(view)
  if (changed !== null) return changed
  if (doubts.length > 0) return 'unless something else shares its memory'
  if (facts.scope === '<module>') return `unless other modules import ${variable?.name ?? 'it'}`
  const shared = [variable?.name, viewName?.id].filter(n => n !== undefined)
  return variable !== null && mayBeWritten(view, variable, facts) ? `unless ${listed(shared)} change each other` : null
}
