/**
 * Calls that see the names of a function from inside: `locals()`, `eval(text)`. What is bound then they may read, and up to Python 3.12 the snapshot they take
 * holds it until the next such call or the end of the function, whatever is let go of meanwhile (facts 116, 117). What is bound later they know nothing of.
 */
import { frameBuiltin, readsFrames } from '../semantic/frames.ts'
import type { Call } from '../syntax/ast.ts'
import type { FlowGraph, Point, Variable } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import { reachesUnbound } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Place } from './places.ts'

interface Look {
  readonly node: Call
  readonly point: Point
}

/** Null: the frame may be looked at from elsewhere, or at any time: through a frame object, or as the namespace of a module. */
export const looksAt = perObject((graph: FlowGraph): readonly Look[] | null => {
  if (!graph.scope.seesFrames) return []
  if (graph.frame === 'module') return null
  const calls = graph.blocks.flatMap(({ id, events }) => events.flatMap((event, index) => (event.kind === 'call' ? [{ node: event.node, point: { block: id, index } }] : [])))
  if (calls.some(({ node }) => readsFrames(node))) return null
  const looks = calls.filter(({ node }) => frameBuiltin(node) !== null)
  return looks.length > 0 ? looks : null
})

/**
 * Nothing looks while the object is there, up to the places, and after a release at them nothing looks that needs its name: what works in the first
 * round of a loop, before the name is bound, does not read it.
 */
export function isOutOfSight(variable: Variable, places: readonly Place[], { flow }: FrameAnalysis): boolean {
  const isSeenAt = ({ node, point }: Look) => (place: Place): boolean => flow.reachingAt(place.point, variable).some(b => flow.passedSince(b, node, place.point) !== 'never')
    || (flow.boundAt(point, variable) === 'yes' && reachesUnbound(flow.graph, place.point, point, variable))
  return looksAt(flow.graph)?.every(look => !places.some(isSeenAt(look))) === true
}

/** After a release at the places something looks that may read a name which it did not find in its first round. */
export function isLookedForLater(variable: Variable, places: readonly Place[], { flow }: FrameAnalysis): boolean {
  return (looksAt(flow.graph) ?? []).some(({ point }) => places.some(place => reachesUnbound(flow.graph, place.point, point, variable)))
}
