/** Whether a name may be let go at some places, and how: the checklist that every `del` proposal passes. */
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Point, Variable } from '../flow/graph.ts'
import { isReadInVain } from '../flow/vain-reads.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { meetsCapture, meetsDelete, reachesUnbound } from '../values/drag.ts'
import { capturesOf } from './captures.ts'
import type { Place } from './places.ts'
import { textReaders } from './text-readers.ts'

/**
 * `delete`: `del x` is sure to find the name bound (facts 105, 106) and nothing reads it afterwards.
 * `none`: `x = None` only, because the name may be unbound there, would be let go twice, is deleted later anyway (facts 3, 30), or stands in code that
 * never runs, for which it has to be there.
 * Null: neither.
 */
export type Legality = 'delete' | 'none' | null

export function legalityOf(variable: Variable, places: readonly Place[], flow: FlowAnalysis, values: Evaluator): Legality {
  // A closure may read it later (fact 94), unless it lives no longer than the expression that makes it and none is made after this.
  if (variable.storage === 'cell' && !(capturesOf(variable, values).every(c => c.isTransient) && !pointsOf(places).some(p => meetsCapture(flow.graph, p, variable)))) return null
  return releaseForm(variable, places, { flow, values })
}

/** The same for a name of which it is known that no closure reads it after these places. */
export function releaseForm(variable: Variable, places: readonly Place[], { flow, values }: Pick<FrameAnalysis, 'flow' | 'values'>): Legality {
  if (variable.storage === 'outer' || variable.writtenInside || variable.scope !== flow.graph.scope) return null
  if (textReaders(values).mayRead(variable.name) || places.some(p => flow.liveAt(p.point, variable))) return null
  const bound = places.every(p => flow.boundAt(p.point, variable) === 'yes')
  const points = pointsOf(places)
  const twice = points.some(from => points.some(to => reachesUnbound(flow.graph, from, to, variable)))
  // A `del` that is there already would find nothing.
  const deleted = points.some(point => meetsDelete(flow.graph, point, variable))
  // ... or would raise today, where nothing is bound, and not after `x = None`.
  if (deleted && !bound) return null
  return bound && !twice && !deleted && !isReadInVain(variable, flow.graph) ? 'delete' : 'none'
}

/** A `finally` body is in the graph once for each way into it. */
function pointsOf(places: readonly Place[]): readonly Point[] {
  return places.flatMap(({ point }) => [point, ...(point.copies ?? [])])
}

/** How several names can be let go together at some places. */
export interface JointRelease {
  readonly form: Exclude<Legality, null>
  /** Only where context managers of unknown effect pass exceptions on: if one swallows, code after it may read a name. */
  readonly needsTrust: boolean
}

/** Null: not all of them. A `del` that only such trust makes legal is `= None` instead. */
export function jointRelease(variables: readonly Variable[], places: readonly Place[], analysis: FrameAnalysis): JointRelease | null {
  const { flow, cautious, values } = analysis
  const trusting = weakest(variables.map(v => legalityOf(v, places, flow, values)))
  if (trusting === null || cautious === flow) return trusting && { form: trusting, needsTrust: false }
  const careful = weakest(variables.map(v => carefulLegality(v, places, analysis)))
  return careful === null ? { form: trusting, needsTrust: true } : { form: careful, needsTrust: false }
}

function weakest(legalities: readonly Legality[]): Legality {
  return legalities.includes(null) ? null : legalities.includes('none') ? 'none' : 'delete'
}

function carefulLegality(variable: Variable, places: readonly Place[], { cautious, values }: FrameAnalysis): Legality {
  const twin = cautious.graph.variables.find(v => v.name === variable.name && v.scope === variable.scope)
  const same = places.flatMap(place => {
    const point = pointIn(place, cautious)
    return point === null ? [] : [{ ...place, point }]
  })
  return twin === undefined || same.length < places.length ? null : legalityOf(twin, same, cautious, values)
}

/** The same place in another graph of the frame. */
function pointIn({ suite, index }: Place, flow: FlowAnalysis): Point | null {
  if (index > 0) return flow.graph.pointsOf(suite.body[index - 1]!)?.after ?? null
  return suite.body[0] ? flow.graph.pointsOf(suite.body[0])?.before ?? null : null
}
