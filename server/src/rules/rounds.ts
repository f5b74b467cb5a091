/**
 * What is said of the objects of a loop's rounds, seen together: those that are made together and die together are one finding; and it is only `possible` where
 * letting go at the end of the round gains nothing: the rest of the round needs as much, all of what it is a part of lives on, or it is small by what it is.
 */
import type { Node } from '../syntax/ast.ts'
import { contains } from '../syntax/ancestors.ts'
import { fromEvents } from '../flow/events.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { makerOf } from '../values/likeness.ts'
import { lowersPeak, type Stay } from '../values/round-peak.ts'
import { isPartOfLiving } from '../values/selections.ts'
import type { SizeOrigin } from '../values/value.ts'
import { collectionBy, type DragItem } from '../values/weights.ts'
import type { HeldObject } from './held.ts'
import { doubted, type Verdict } from './judgement.ts'
import { jointRelease } from './legality.ts'
import type { RuleOptions } from './rule.ts'
import { isOverOne, isSmallInRound } from './small-in-round.ts'
import { looksLarge } from './telling-names.ts'

export interface Said {
  readonly object: HeldObject
  readonly verdict: Verdict
}

export function seenInRounds(said: readonly Said[], analysis: FrameAnalysis, options: RuleOptions): readonly Said[] {
  const ofRounds = said.filter(isOfRound)
  if (ofRounds.length === 0) return said
  const joined = ofRounds.reduce<readonly Said[]>((all, each) => addTo(all, each, analysis), [])
  const kept = joined.flatMap(each => {
    if (each.verdict.confidence === 'possible' || isGain(each.object, said, analysis)) return [each]
    const verdict = doubted(options)
    return verdict ? [{ ...each, verdict }] : []
  })
  return [...said.filter(each => !isOfRound(each)), ...kept]
}

function isOfRound({ object }: Said): boolean {
  return object.kind === 'previous-iteration-held'
}

/** With those that it belongs to, or by itself. */
function addTo(all: readonly Said[], each: Said, analysis: FrameAnalysis): readonly Said[] {
  for (const other of all) {
    const object = isOneWith(other, each, analysis) ? joint(other.object, each.object, analysis) : null
    if (object) return all.map(x => (x === other ? { ...other, object } : x))
  }
  return [...all, each]
}

/** Bound by one statement or made by the same function, and let go in the same suites. */
function isOneWith(a: Said, b: Said, { values }: FrameAnalysis): boolean {
  const { places } = b.object
  return a.verdict.confidence === b.verdict.confidence
    && a.object.places.length === places.length && a.object.places.every((p, i) => p.suite === places[i]!.suite)
    && a.object.bindings.some(x => b.object.bindings.some(y => x.node === y.node || (makerOf(x, values) !== null && makerOf(x, values) === makerOf(y, values))))
}

/** One object for both, as large as the larger; null: they cannot be let go in one statement. */
function joint(a: HeldObject, b: HeldObject, analysis: FrameAnalysis): HeldObject | null {
  const [first, second] = rankOf(b) > rankOf(a) ? [b, a] : [a, b]
  const names = [...new Set([first.variable, ...first.together, second.variable, ...second.together])]
  const places = first.places.map((p, i) => (second.places[i]!.index > p.index ? second.places[i]! : p))
  const release = jointRelease(names, places, analysis)
  if (release === null) return null
  const lastUse = a.lastUse && b.lastUse ? (a.lastUse.start > b.lastUse.start ? a.lastUse : b.lastUse) : a.lastUse ?? b.lastUse
  return { ...first, together: names.slice(1), bindings: [...new Set([...first.bindings, ...second.bindings])], places, release, lastUse, unusedFrom: lastUse ? null : first.unusedFrom }
}

const RANK: Readonly<Record<SizeOrigin, number>> = { known: 0, outside: 4, derived: 2, unknown: 0 }

function rankOf({ value: { size }, variable, isLittle }: HeldObject): number {
  return (size.origin === 'known' ? size.low : RANK[size.origin]) + (looksLarge(variable.name) ? 1 : 0) - (isLittle ? 2 : 0)
}

/** False only where the text shows that it is none. Who asks for memory to be freed in the round wants the object to be free by then, whatever else is needed. */
function isGain(object: HeldObject, said: readonly Said[], analysis: FrameAnalysis): boolean {
  const { bindings, places } = object
  const loops = loopsAround(places, analysis)
  const loop = loops.at(-1)
  if (loop?.kind !== 'For' && loop?.kind !== 'While') return true
  if (isOverOne(loop, analysis.values) || bindings.every(b => isPartOfLiving(b, loop, analysis.values) || isSmallInRound(b, loops, analysis.values))) return false
  const items = dragInRounds(object, analysis)
  return items.some(({ node }) => node.kind === 'Call' && collectionBy(node) !== null) || (items.length > 0 && lowersPeak(bindings, loop, staysIn(said, analysis), analysis.values))
}

/** What runs in the round until the object has its successor: what comes after the loop does not. */
export function dragInRounds({ places, drag }: HeldObject, analysis: FrameAnalysis): readonly DragItem[] {
  const loop = loopsAround(places, analysis).at(-1)
  return loop ? drag.items.filter(item => contains(loop, item.node)) : drag.items
}

/** The loops around the places, outermost first; none where these differ. */
function loopsAround(places: HeldObject['places'], { flow }: FrameAnalysis): readonly Node[] {
  const [first, ...others] = places.map(({ point }) => flow.graph.blocks[point.block]!.loops.map(l => l.node))
  return first && others.every(o => o.at(-1) === first.at(-1)) ? first : []
}

/** What is let go before the end of a round, or will be once what is said of it is done. */
function staysIn(said: readonly Said[], { flow }: FrameAnalysis): readonly Stay[] {
  const advised = said.filter(s => s.object.kind === 'held-after-last-use').flatMap(({ object }) => object.bindings.flatMap(binding => object.places.map(({ suite, index }) => ({ binding, until: (suite.body[index] ?? suite.body[index - 1]!).start }))))
  const deleted = fromEvents(flow.graph, event => (event.kind === 'delete' && !event.implicit ? [event] : []))
  return [...advised, ...flow.graph.bindings.flatMap(binding => deleted.filter(d => d.variable === binding.variable && d.node.start > binding.name.start).slice(0, 1).map(d => ({ binding, until: d.node.start })))]
}
