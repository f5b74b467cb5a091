/** What its author lets go of in each round of a loop: ways around the `del` that stands there, out of the round, are few, and left as they are. */
import { contains } from '../syntax/ancestors.ts'
import type { Stmt } from '../syntax/ast.ts'
import type { Binding, FlowGraph, Point, Variable } from '../flow/graph.ts'
import { dragFrom } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameIndex } from './frame-index.ts'
import { isPlaceIn, type Place } from './places.ts'

/** Is the place on a way that leaves the round of the loop that binds the name before it comes to a `del` that stands in the same body? */
export function goesAroundDelete(place: Place, variable: Variable, bindings: readonly Binding[], { flow, values }: FrameAnalysis, index: FrameIndex): boolean {
  const { graph } = flow
  const rounds = bindings.flatMap(b => loopAround(graph.pointOf(b.name), graph) ?? []).filter(loop => isOut(place, loop, graph))
  const isOfOne = (at: Point): boolean => rounds.includes(loopAround(at, graph)!) && flow.reachingAt(at, variable).some(b => bindings.includes(b))
  return rounds.length > 0 && deletesOf(variable, graph, index).some(isOfOne) && !dragFrom(place.point, variable, values).endsByDeletion
}

/** After the loop, or in a branch that ends the round. */
function isOut(place: Place, loop: Stmt, graph: FlowGraph): boolean {
  return !isPlaceIn(place, [loop]) || place.suite.body.some(stmt => stmt === loop) || leavingIn(graph).some(({ body }) => body === place.suite.body || isPlaceIn(place, body))
}

/** Where a branch that leaves the round lets go of it, the others are most of what runs. */
function deletesOf(variable: Variable, graph: FlowGraph, { changes }: FrameIndex): readonly Point[] {
  return (changes.get(variable) ?? []).filter(({ block, index }) => {
    const event = graph.blocks[block]!.events[index]!
    return event.kind === 'delete' && !event.implicit && !leavingIn(graph).some(({ body }) => body.some(stmt => contains(stmt, event.node)))
  })
}

/** The branches that end in a jump. */
function leavingIn({ suites }: FlowGraph): FlowGraph['suites'] {
  return suites.filter(({ owner, body }) => owner?.kind === 'If' && JUMPS.has(body.at(-1)?.kind ?? ''))
}

const JUMPS: ReadonlySet<string> = new Set(['Continue', 'Break', 'Return', 'Raise'])

function loopAround(point: Point | null, { blocks }: FlowGraph): Stmt | null {
  return point && ((blocks[point.block]!.loops.at(-1)?.node as Stmt | undefined) ?? null)
}
