/** Loops over `enumerate(…)` or `zip(…)` of objects that are made at each step: both the loop's name and the pair keep last round's object. */
import type { Source } from '../syntax/source.ts'
import type { Binding } from '../flow/graph.ts'
import { insertStatement } from '../fixes/insertion.ts'
import { unpairing } from '../fixes/unpair.ts'
import { dragFrom } from '../values/drag.ts'
import { freedWith } from '../values/freed.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, type Value } from '../values/value.ts'
import { POINTS, type DragItem } from '../values/weights.ts'
import type { Finding, Fix } from './finding.ts'
import { contains } from '../syntax/ancestors.ts'
import { holdingAt } from './holders.ts'
import { judge, type Verdict } from './judgement.ts'
import { lateLoop, type LateLoop } from './late-loops.ts'
import { legalityOf } from './legality.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { deathsOf, type Place } from './places.ts'
import type { Draft, FrameFacts } from './rule.ts'
import { dragTexts, estimateOf, meanwhile, sizeText } from './wording.ts'

export function lateReleases(facts: FrameFacts): readonly Draft[] {
  const { graph } = facts.analysis.flow
  return graph.suites.flatMap(({ owner, part }) => {
    const late = owner?.kind === 'For' && part === 'body' ? lateLoop(owner, facts.analysis.values) : null
    const draft = late?.maker && lateRelease(late, facts)
    return draft ? [draft] : []
  })
}

function lateRelease(late: LateLoop, facts: FrameFacts): Draft | null {
  const { analysis, index, options, scope } = facts
  const { flow, values } = analysis
  const binding = flow.graph.bindings.find(b => b.name === late.maker!.target)
  if (!binding || binding.variable.storage !== 'local' || isMeantToLive(binding, values)) return null
  const value = freedWith(binding, values)
  if (isSmall(value, options.minimumSize) || (index.changes.get(binding.variable) ?? []).some(c => !c.binds)) return null
  const { body } = late.loop
  const inRound = (places: readonly Place[]) => places.filter(p => p.suite.body.some(stmt => body.some(own => contains(own, stmt))))
  const places = deathsOf(binding.variable, index).flatMap(d => [...d.alternatives].reverse().map(inRound).find(p => p.length > 0) ?? [])
  const place = places.at(-1)
  if (!place || legalityOf(binding.variable, places, flow, values) !== 'delete') return null
  const holding = holdingAt([binding], place.point, analysis, late.loop)
  const drag = dragFrom(place.point, binding.variable, values)
  if (holding.blockedBy !== null || holding.together.length > 0 || !drag.endsByRebinding) return null
  const rewriting = unpairing(late, facts)
  const making: DragItem = { kind: 'allocation', node: late.maker!.iterable, points: POINTS.allocation, bytes: null }
  const verdict = rewriting && judge({ kind: 'previous-iteration-held', value, variable: binding.variable, bindings: [binding], drag: { points: drag.points + making.points, collects: drag.collects }, doubts: holding.doubts }, { kind: kindOf(value.type, values.context), scope }, options)
  if (verdict === null) return null
  return source => {
    const fix = rewriting!(places.map(p => insertStatement(p, `del ${binding.variable.name}`, source)), source)
    return finding(late, binding, value, [...drag.items, making], verdict, fix, scope, source)
  }
}

function finding({ loop, why }: LateLoop, { name, variable }: Binding, { size }: Value, items: readonly DragItem[], verdict: Verdict, fix: Fix, scope: string, source: Source): Finding {
  const drag = dragTexts(items, source)
  return {
    rule: 'previous-iteration-held', severity: verdict.severity, confidence: verdict.confidence,
    message: `\`${variable.name}\` of one round is still kept while the next round builds its successor, so that two exist at the peak (${sizeText(size)}).${meanwhile(drag)} \`del\` alone frees nothing before: ${why}. ${fix.title}, and \`del ${variable.name}\`: then one exists.`,
    name: variable.name, names: [variable.name], scope, span: name, binding: name, lastUse: null, size: estimateOf(size), drag, heldUntil: 'rebinding',
    notes: [{ start: loop.iter.start, end: loop.iter.end, message: why, holds: true }],
    fixes: [{ ...fix, title: `${fix.title}, and \`del ${variable.name}\`` }],
  }
}
