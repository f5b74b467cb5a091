/** Whether a name may be let go at some places, and how: the checklist that every `del` proposal passes. */
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Point, Variable } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { meetsDelete, reachesUnbound } from '../values/drag.ts'
import { capturesOf } from './captures.ts'
import type { Place } from './places.ts'
import { textReaders } from './text-readers.ts'

/**
 * `delete`: `del x` is sure to find the name bound (facts 105, 106) and nothing reads it afterwards.
 * `none`: `x = None` only, because the name may be unbound there, would be let go twice, or is deleted later anyway (facts 3, 30).
 * Null: neither.
 */
export type Legality = 'delete' | 'none' | null

export function legalityOf(variable: Variable, places: readonly Place[], flow: FlowAnalysis, values: Evaluator): Legality {
  // A closure may read it later (fact 94), unless it lives no longer than the expression that makes it.
  if (variable.storage === 'cell' && !capturesOf(variable, values).every(c => c.isTransient)) return null
  return releaseForm(variable, places, { flow, values })
}

/** The same for a name of which it is known that no closure reads it after these places. */
export function releaseForm(variable: Variable, places: readonly Place[], { flow, values }: Pick<FrameAnalysis, 'flow' | 'values'>): Legality {
  if (variable.storage === 'outer' || variable.writtenInside || variable.scope !== flow.graph.scope) return null
  if (textReaders(values).mayRead(variable.name) || places.some(p => flow.liveAt(p.point, variable))) return null
  const bound = places.every(p => flow.boundAt(p.point, variable) === 'yes')
  const twice = places.some(from => places.some(to => reachesUnbound(flow.graph, from.point, to.point, variable)))
  // A `del` that is there already would find nothing.
  const deleted = places.some(p => meetsDelete(flow.graph, p.point, variable))
  return bound && !twice && !deleted ? 'delete' : 'none'
}

/** Does letting the name go rely on context managers of unknown effect to pass exceptions on? If one swallows, code after it may read the name. */
export function needsTrust(variable: Variable, places: readonly Place[], { flow, cautious }: FrameAnalysis): boolean {
  if (cautious === flow) return false
  const twin = cautious.graph.variables.find(v => v.name === variable.name && v.scope === variable.scope)
  return twin === undefined || places.some(place => {
    const point = pointIn(place, cautious)
    return point === null || cautious.liveAt(point, twin)
  })
}

/** The same place in another graph of the frame. */
function pointIn({ suite, index }: Place, flow: FlowAnalysis): Point | null {
  if (index > 0) return flow.graph.pointsOf(suite.body[index - 1]!)?.after ?? null
  return suite.body[0] ? flow.graph.pointsOf(suite.body[0])?.before ?? null : null
}
