/** Views that are used further on, after the object that they were taken from. */
import type { Name } from '../../syntax/ast.ts'
import type { Binding, Point } from '../../flow/graph.ts'
import { dragFrom } from '../../values/drag.ts'
import { POINTS } from '../../values/weights.ts'
import { legalityOf } from '../legality.ts'
import { isPlain, narrowViewOf, type NarrowView } from '../narrow-views.ts'
import { deathsOf, type Place } from '../places.ts'
import type { FrameFacts } from '../rule.ts'
import { baseOf, type HeldBase } from './held-base.ts'

/** Views that are still used while work that matters runs and their base is not. */
export function livingViews(facts: FrameFacts): readonly HeldBase[] {
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
