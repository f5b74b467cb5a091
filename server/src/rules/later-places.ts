/** Where a dead name can be let go although another name keeps its object at first: where that is done with it, too. */
import type { Variable } from '../flow/graph.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { holdingAt } from './holders.ts'
import type { Place } from './places.ts'

/** Further on in the suites of the places, each at the first gap where nothing surely keeps the object any more; null where that is nowhere, or everywhere. */
export function placesLater(variable: Variable, places: readonly Place[], analysis: FrameAnalysis): readonly Place[] | null {
  const later = places.map(place => placeLater(variable, place, analysis))
  return later.every(p => p !== null) && later.some((p, i) => p !== places[i]) ? later : null
}

function placeLater(variable: Variable, place: Place, analysis: FrameAnalysis): Place | null {
  const { flow } = analysis
  const bindings = flow.reachingAt(place.point, variable)
  const { keptBy, blockedBy } = holdingAt(bindings, place.point, analysis)
  if (blockedBy === null) return place
  if (keptBy.size === 0) return null
  const isDone = ({ point }: Place) => !flow.liveAt(point, variable) && isSame(flow.reachingAt(point, variable), bindings) && holdingAt(bindings, point, analysis).blockedBy === null
  return gapsAfter(place, flow).find(isDone) ?? null
}

function gapsAfter({ suite, index }: Place, flow: FlowAnalysis): readonly Place[] {
  return suite.body.slice(index).flatMap((stmt, i) => {
    const point = flow.graph.pointsOf(stmt)?.after ?? null
    return point === null ? [] : [{ suite, index: index + i + 1, point }]
  })
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every(x => b.includes(x))
}
