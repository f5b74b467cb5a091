/** Views that outlive the function, or are put into a container. */
import { contains } from '../../syntax/ancestors.ts'
import type { Point } from '../../flow/graph.ts'
import { dragFrom, type DragReport } from '../../values/drag.ts'
import { kindOf } from '../../values/parts.ts'
import type { Value } from '../../values/value.ts'
import { POINTS } from '../../values/weights.ts'
import { careIn } from '../care.ts'
import { judge } from '../judgement.ts'
import { legalityOf } from '../legality.ts'
import { narrowViewOf, type NarrowView } from '../narrow-views.ts'
import { outlivingsOf, type Outliving } from '../outliving.ts'
import { deathsOf, type Place } from '../places.ts'
import type { FrameFacts } from '../rule.ts'
import { baseOf, type Base, type HeldBase } from './held-base.ts'

/** Views that are returned, stored or collected. */
export function outlivingViews(facts: FrameFacts): readonly HeldBase[] {
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
