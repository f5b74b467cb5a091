/** The object that a view was taken from, and that is kept with it. */
import type { Name } from '../../syntax/ast.ts'
import type { Point, Binding, Variable } from '../../flow/graph.ts'
import type { DragReport } from '../../values/drag.ts'
import type { Value } from '../../values/value.ts'
import { wordsFor } from '../holder-words.ts'
import type { Obstacle } from '../holders.ts'
import { isMeantToLive } from '../meant-to-live.ts'
import type { NarrowView } from '../narrow-views.ts'
import type { Place } from '../places.ts'
import type { FrameFacts } from '../rule.ts'

export interface HeldBase {
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
export interface Base {
  readonly value: Value
  readonly variable: Variable | null
  readonly binding: Binding | null
  readonly doubts: readonly Obstacle[]
}

/** `at`: from where on the base should be free. `own`: the holders that are the view itself. */
export function baseOf(view: NarrowView, at: Point, own: { readonly variable: Variable | null; readonly since: object | null }, { analysis }: FrameFacts): Base | null {
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
