/** A view of a little keeps the whole object it was taken from. Page: view-holds-base.md. */
import type { Expr, Name } from '../syntax/ast.ts'
import { someNode, contains } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Point, Variable } from '../flow/graph.ts'
import { insertStatement } from '../fixes/insertion.ts'
import { dragFrom, type DragReport } from '../values/drag.ts'
import { kindOf } from '../values/parts.ts'
import { POINTS } from '../values/weights.ts'
import type { Value } from '../values/value.ts'
import type { Finding, Fix } from './finding.ts'
import { wordsFor } from './holder-words.ts'
import type { Obstacle } from './holders.ts'
import { careIn } from './care.ts'
import { judge, type Verdict } from './judgement.ts'
import { legalityOf } from './legality.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { copyEdits, isPartOfResult, isPlain, narrowViewOf, riskOfCopy, type NarrowView } from './narrow-views.ts'
import { outlivingsOf, type Outliving } from './outliving.ts'
import { deathsOf, type Place } from './places.ts'
import { keptGraphs } from './kept-graphs.ts'
import type { Draft, FrameFacts, FrameRule, ModuleRule } from './rule.ts'
import { mayBeWritten } from './writes.ts'
import { dragTexts, estimateOf, listed, meanwhile, sizeText } from './wording.ts'

export const viewHoldsBase: FrameRule & ModuleRule = {
  name: 'view-holds-base',
  summary: 'a small view (slice, column, match) keeps the whole big object it was taken from; a collected torch result keeps all it was computed from',
  looksAt: def => def.body.some(stmt => someNode(stmt, isPartOfResult)),
  check: facts => {
    const seen = new Set<Expr>()
    return [...outlivingViews(facts), ...livingViews(facts)].flatMap(held => {
      if (seen.has(held.view.expr)) return []
      seen.add(held.view.expr)
      const draft = draftOf(held, facts)
      return draft ? [draft] : []
    })
  },
  checkModule: keptGraphs,
}

interface HeldBase {
  readonly view: NarrowView
  /** The name of the view, where it has one. */
  readonly viewName: Name | null
  readonly base: Value
  /** Null where the base has no name. */
  readonly variable: Variable | null
  readonly binding: Binding | null
  /** Why the view lives on; null: it is used further on. */
  readonly how: string | null
  readonly until: string
  readonly drag: Pick<DragReport, 'points' | 'collects' | 'items'>
  readonly doubts: readonly Obstacle[]
  /** Where the base's name can be let go once the view is a copy; empty where that is not needed. */
  readonly places: readonly Place[]
}

/** What is known of the object a view was taken from, if it is an object of this frame and nothing but dead names and the view hold it. */
interface Base {
  readonly value: Value
  readonly variable: Variable | null
  readonly binding: Binding | null
  readonly doubts: readonly Obstacle[]
}

/** `at`: from where on the base should be free. `own`: the holders that are the view itself. */
function baseOf(view: NarrowView, at: Point, own: { readonly variable: Variable | null; readonly since: object | null }, { analysis }: FrameFacts): Base | null {
  const { flow, values, objects } = analysis
  const value = values.ofExpr(view.base)
  const isOwn = value.links.length > 0 && value.links.every(l => l.certain && l.how === 'is' && !l.taken && isMadeHere(l.site))
  if (!isOwn || value.isView) return null
  if (view.base.kind !== 'Name') return { value, variable: null, binding: null, doubts: [] }
  const [binding, ...others] = flow.reaching(view.base)
  if (binding === undefined || others.length > 0 || isMeantToLive(binding, values)) return null
  const doubts: Obstacle[] = []
  for (const holder of objects.holdersOf(binding)) {
    if (holder.since !== null && holder.since === own.since) continue
    if (holder.kind === 'outer') {
      if (holder.certain) return null
      doubts.push({ node: holder.node, why: holder.why, weak: holder.weak })
      continue
    }
    const { variable } = holder.binding
    if (variable === own.variable || variable === binding.variable || holder.how === 'part') continue
    if (!flow.reachingAt(at, variable).includes(holder.binding)) continue
    if (flow.liveAt(at, variable) || variable.storage !== 'local') {
      if (!holder.weak) return null
      doubts.push({ node: holder.binding.name, why: wordsFor(holder.binding, holder.how, false, values), weak: true })
    }
  }
  return { value, variable: binding.variable, binding, doubts }
}

function isMadeHere(site: Value['links'][number]['site']): boolean {
  return typeof site === 'object' && !('variable' in site && site.kind === 'parameter')
}

/** Views that are still used while work that matters runs and their base is not. */
function livingViews(facts: FrameFacts): readonly HeldBase[] {
  const { flow, values } = facts.analysis
  // The names of a notebook hold what they hold until it is closed, the view or not.
  if (facts.scope === '<module>' && facts.options.session === 'kernel') return []
  return flow.graph.bindings.flatMap(binding => {
    if (!isPlain(binding) || binding.value === null || binding.variable.storage !== 'local') return []
    const view = narrowViewOf(binding.value, values)
    const held = view && !view.asksAll && livingView(view, binding, facts)
    return held ? [held] : []
  })
}

function livingView(view: NarrowView, binding: Binding, facts: FrameFacts): HeldBase | null {
  const { analysis, index } = facts
  const { values, flow } = analysis
  const places = view.base.kind === 'Name' ? releasesOf(view.base, binding, facts) : null
  const at = places?.[0]?.point ?? afterBinding(binding, facts)
  if (at === null || (view.base.kind === 'Name' && places === null) || !flow.liveAt(at, binding.variable)) return null
  const base = baseOf(view, at, { variable: binding.variable, since: null }, facts)
  if (base === null) return null
  const whole = dragFrom(at, binding.variable, values)
  const rest = deathsOf(binding.variable, index).flatMap(d => d.alternatives.at(-1)!.map(p => dragFrom(p.point, binding.variable, values)))
  const later = new Set(rest.flatMap(r => r.items).map(i => i.node))
  const items = whole.items.filter(i => !later.has(i.node))
  const points = items.reduce((sum, i) => sum + i.points, 0)
  // A few steps further on it is over anyway.
  if (points < POINTS.heavy) return null
  return {
    view, viewName: binding.name, base: base.value, variable: base.variable, binding: base.binding, how: null, until: `\`${binding.name.id}\` goes`,
    drag: { points, collects: whole.collects, items }, doubts: base.doubts, places: places ?? [],
  }
}

/** The first places where the base's name is dead and the view, surely bound by this binding, is still used. */
function releasesOf(base: Name, view: Binding, { analysis, index }: FrameFacts): readonly Place[] | null {
  const { flow } = analysis
  const [binding] = flow.reaching(base)
  if (binding === undefined) return null
  for (const death of deathsOf(binding.variable, index)) {
    for (const places of [...death.alternatives].reverse()) {
      const isHere = places.every(({ point }) => {
        const bound = flow.reachingAt(point, view.variable)
        return bound.length === 1 && bound[0] === view && flow.boundAt(point, view.variable) === 'yes' && flow.liveAt(point, view.variable)
      })
      if (isHere && legalityOf(binding.variable, places, flow, analysis.values) === 'delete') return places
    }
  }
  return null
}

function afterBinding(binding: Binding, { analysis }: FrameFacts): Point | null {
  const { node } = binding
  return node.kind === 'Assign' || node.kind === 'AnnAssign' ? analysis.flow.graph.pointsOf(node)?.after ?? null : null
}

/** Views that are returned, stored or collected. */
function outlivingViews(facts: FrameFacts): readonly HeldBase[] {
  const { flow, values } = facts.analysis
  const all = outlivingsOf(flow.graph, values, expr => narrowViewOf(expr, values) !== null)
  return all.flatMap(outliving => {
    const view = narrowViewOf(outliving.expr, values)
    const held = view && outlivingView(view, outliving, all, facts)
    return held ? [held] : []
  })
}

function outlivingView(view: NarrowView, outliving: Outliving, all: readonly Outliving[], facts: FrameFacts): HeldBase | null {
  const { analysis } = facts
  const { flow, values } = analysis
  if (outliving.kind === 'return' && view.asksAll) return null
  if (outliving.kind === 'collect' && !isMadeEachRound(view, outliving, facts)) return null
  const own = outliving.expr.kind === 'Name' ? flow.reaching(outliving.expr)[0] ?? null : null
  const at = pointNear(outliving, facts)
  if (at === null) return null
  const base = baseOf(view, at, { variable: own?.variable ?? null, since: outliving.node }, facts)
  if (base === null || (outliving.kind === 'collect' && base.value.size.high !== null && base.value.size.high < SMALL_EACH)) return null
  const sites = new Set(base.value.links.map(l => l.site))
  // Several views of one object may show all of it, and the object itself needs no second holder.
  const keepers = all.filter(o => o !== outliving && o.node !== view.expr && sharesWith(sites, values.ofExpr(o.expr)))
  if (keepers.length > 0) return null
  const { places, drag } = outliving.kind === 'return' ? { places: [], drag: null } : releaseAfter(base, at, facts)
  const until = outliving.kind === 'collect' ? 'the container goes' : outliving.kind === 'return' ? 'the caller lets the view go' : 'the view goes'
  return {
    view, viewName: own?.name ?? null, base: base.value, variable: base.variable, binding: base.binding, how: outliving.how, until,
    drag: { points: POINTS.heavy + POINTS.allocation, collects: drag?.collects ?? null, items: [] }, doubts: base.doubts, places,
  }
}

function sharesWith(sites: ReadonlySet<unknown>, { links, isView }: Value): boolean {
  return links.some(l => (l.how === 'is' || (l.how === 'keeps' && isView)) && sites.has(l.site))
}

/** Bytes. Of many small objects nothing is said. */
const SMALL_EACH = 1 << 20

/** Once the view is a copy, the base's name is next to be let go, if much runs from there. */
function releaseAfter({ variable, value }: Base, at: Point, facts: FrameFacts): { readonly places: readonly Place[]; readonly drag: DragReport | null } {
  const { analysis, index, options, scope } = facts
  if (variable === null) return { places: [], drag: null }
  for (const places of deathsOf(variable, index).flatMap(death => death.alternatives)) {
    if (!places.every(p => p.point.block === at.block ? p.point.index >= at.index : true)) continue
    const drag = dragFrom(places[0]!.point, variable, analysis.values)
    const verdict = judge({ value, variable, bindings: [], drag, doubts: [] }, { kind: kindOf(value.type, analysis.values.context), scope, care: careIn(analysis, options) }, { ...options, confidence: 'likely' })
    if (verdict && legalityOf(variable, places, analysis.flow, analysis.values) === 'delete') return { places, drag }
  }
  return { places: [], drag: null }
}

function isMadeEachRound(view: NarrowView, { node, expr }: Outliving, { analysis }: FrameFacts): boolean {
  const { graph } = analysis.flow
  if (node.kind === 'Comprehension') return view.base.kind !== 'Name' || analysis.flow.reaching(view.base).every(b => b.kind === 'comprehension')
  if (view.base.kind !== 'Name') return view.expr === expr || isInLoopOf(view.expr, node, graph)
  return analysis.flow.reaching(view.base).every(b => isInLoopOf(b.name, node, graph))
}

/** Both stand in the same innermost loop. */
function isInLoopOf(a: { readonly start: number }, b: { readonly start: number }, graph: FrameFacts['analysis']['flow']['graph']): boolean {
  const around = (node: { readonly start: number }) => graph.suites.filter(s => (s.owner?.kind === 'For' || s.owner?.kind === 'While') && s.part === 'body' && contains(s.owner, node)).at(-1)
  return around(a) === around(b)
}

/** A point of the statement that hands the view over. */
function pointNear({ expr, node }: Outliving, { analysis }: FrameFacts): Point | null {
  const { graph } = analysis.flow
  if (node.kind === 'Return') return graph.pointsOf(node)?.before ?? null
  for (const { body } of graph.suites) {
    for (const stmt of body) if (contains(stmt, expr) && (stmt.kind === 'ExprStmt' || stmt.kind === 'Assign' || stmt.kind === 'AnnAssign' || stmt.kind === 'Return')) return graph.pointsOf(stmt)?.after ?? graph.pointsOf(stmt)?.before ?? null
  }
  return null
}

function draftOf(held: HeldBase, facts: FrameFacts): Draft | null {
  const { values } = facts.analysis
  const { view, base } = held
  const own = values.ofExpr(view.expr).size
  if (own.origin === 'known' && base.size.origin === 'known' && own.high !== null && own.high * SHARE > base.size.low && own.high < base.size.low) return null
  const doubts = [...held.doubts, ...(view.doubt === null ? [] : [{ node: null, why: view.doubt, weak: false }])]
  const verdict = judge({ kind: 'held-after-last-use', value: base, variable: { name: held.variable?.name ?? '' }, bindings: [], drag: held.drag, isFarReaching: false, doubts }, { kind: kindOf(base.type, values.context), scope: facts.scope }, facts.options)
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

