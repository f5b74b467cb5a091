/** A big object in an attribute that one method alone uses: it stays as long as the instance. Page: attribute-could-be-local.md. */
import type { Attribute } from '../syntax/ast.ts'
import { isNone } from '../syntax/expressions.ts'
import type { Source } from '../syntax/source.ts'
import { mentionsOf } from '../semantic/mentions.ts'
import type { Binding, Point } from '../flow/graph.ts'
import { localFix } from '../fixes/local.ts'
import { onDemand } from '../text/on-demand.ts'
import { freedWith } from '../values/freed.ts'
import { kindOf } from '../values/parts.ts'
import { join, type Value } from '../values/value.ts'
import { candidatesIn, ownAttribute, type Candidate, type OwnAttribute } from './attributes/own-attributes.ts'
import { supposedLocal, type SupposedLocal } from './attributes/supposed-local.ts'
import type { Finding } from './finding.ts'
import { holdingAt, type Obstacle } from './holders.ts'
import type { Verdict } from './judgement.ts'
import { judgeAttribute } from './lasting.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { keptPer, type Questions } from './kept.ts'
import type { Draft, ModuleRule, ModuleView } from './rule.ts'
import { butFor, estimateOf, sizeText } from './wording.ts'

export const attributeCouldBeLocal: ModuleRule = {
  name: 'attribute-could-be-local',
  summary: 'a big object in an attribute that only one method uses, kept as long as the instance',
  checkModule: view => draftsOf(candidatesIn(view), view),
}

const draftsOf = keptPer((candidate: Candidate, questions, view): readonly Draft[] => {
  const found = ownAttribute(candidate, questions)
  const kept = found && keptObject(found, questions, view)
  return kept ? [source => finding(kept, view, source)] : []
})

/** The object that the attribute keeps once the method has returned. */
export interface KeptObject {
  readonly found: OwnAttribute
  readonly local: SupposedLocal
  readonly value: Value
  /** Where the attribute is given the object. */
  readonly binding: Attribute
  readonly verdict: Verdict
  /** Who else may read it, or hold the object. */
  readonly doubts: readonly string[]
}

function keptObject(found: OwnAttribute, questions: Questions, view: ModuleView): KeptObject | null {
  const readers = readersElsewhere(found, questions)
  if (readers === null) return null
  const local = supposedLocal(found, questions, view)
  if (local === null || !isBoundBeforeUse(local)) return null
  const { analysis, variable } = local
  const end: Point = { block: analysis.flow.graph.exit, index: 0 }
  const bindings = analysis.flow.reachingAt(end, variable).filter(b => !isNone(b.value))
  const values = bindings.map(b => freedWith(b, analysis.values))
  if (bindings.length === 0 || bindings.some(b => isMeantToLive(b, analysis.values))) return null
  const { blockedBy, doubts } = holdingAt(bindings, end, analysis)
  if (blockedBy !== null) return null
  const value = values.reduce<Value | null>((v, other) => join(v, other), null)!
  const all: readonly Obstacle[] = [...doubts, ...returned(bindings, local), ...readers]
  const verdict = judgeAttribute({ value, variable: { name: found.attr }, bindings, doubts: all }, { kind: kindOf(value.type, analysis.values.context), scope: scopeOf(found) }, questions.options)
  if (verdict === null) return null
  const open = questions.workspace === null && !found.attr.startsWith('_')
  if (open && questions.options.confidence !== 'possible') return null
  const binding = found.places.find(place => place.start === bindings[0]!.name.start) ?? found.places[0]!
  return { found, local, value, binding, verdict: open ? { confidence: 'possible', severity: 'hint' } : verdict, doubts: all.map(d => d.why) }
}

/** On every path, in this run of the method. */
function isBoundBeforeUse({ analysis: { cautious }, variable }: SupposedLocal): boolean {
  return cautious.graph.blocks.every(({ events, id, reachable }) => !reachable || events.every((event, index) => {
    const isUse = (event.kind === 'use' || event.kind === 'delete') && event.variable.name === variable.name && event.variable.scope === cautious.graph.scope
    return !isUse || cautious.boundAt({ block: id, index }, event.variable) === 'yes'
  })) && !cautious.graph.isGenerator
}

/** The attribute keeps the object longer than the caller, or not: who knows. */
function returned(bindings: readonly Binding[], { analysis: { flow, values } }: SupposedLocal): readonly Obstacle[] {
  const sites = new Set(bindings.flatMap(b => values.ofBinding(b).links.filter(l => l.how === 'is').map(l => l.site)))
  return flow.graph.blocks.flatMap(({ events }) => events).flatMap((event) => {
    const links = event.kind === 'return' && event.node.value !== null ? values.ofExpr(event.node.value).links : []
    return links.some(l => sites.has(l.site) && l.share !== 'little' && l.share !== 'element') ? [{ node: null, why: 'the caller gets it, too, and may keep it', weak: false }] : []
  }).slice(0, 1)
}

/** Null: somebody reads it. A file that nobody could look into may do anything; that others might is said, and is seldom so. */
function readersElsewhere({ attr, cls }: OwnAttribute, { mentions, workspace }: Questions): readonly Obstacle[] | null {
  if (mentionsOf(cls).isDynamic) return null
  const looked = mentions.isDynamic ? [perhaps('code of this file looks attributes up as it runs')] : []
  if (workspace === null) return attr.startsWith('_') ? looked : [...looked, perhaps('other files may read it')]
  const { files, doubts } = workspace.attributeElsewhere(attr)
  return files.length > 0 ? null : [...looked, ...doubts.map(({ kind, text }) => perhaps(text, kind !== 'unread'))]
}

function perhaps(why: string, weak = true): Obstacle {
  return { node: null, why, weak }
}

function scopeOf({ cls, method }: OwnAttribute): string {
  return `${cls.name.id}.${method.header.name.id}`
}

function finding(kept: KeptObject, view: ModuleView, source: Source): Finding {
  const { found: { attr, method, places }, binding, value, verdict, doubts } = kept
  const name = method.header.name.id
  const fixes = onDemand(() => localFix(kept, view, source))
  const last = places.at(-1)!
  return {
    rule: 'attribute-could-be-local', severity: verdict.severity, confidence: verdict.confidence,
    message: `Only ${name}() uses \`${attr}\`, but the instance keeps it (${sizeText(value.size)}) as long as it lives.${butFor(doubts)} A local would end with ${name}().`,
    name: attr, names: [attr], scope: scopeOf(kept.found), span: binding, binding, lastUse: last === binding ? null : last,
    size: estimateOf(value.size), drag: [], heldUntil: 'end of the instance', notes: [],
    get fixes() { return fixes() },
  }
}
