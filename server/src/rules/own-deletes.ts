/** What its author lets go of in each round of a loop: ways around the `del` that stands there, out of the round, are few, and left as they are. */
import { contains } from '../syntax/ancestors.ts'
import type { Name, Stmt, Suite } from '../syntax/ast.ts'
import type { Binding, FlowGraph, Point, Variable } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import { dragFrom } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameIndex } from './frame-index.ts'
import { isPlaceIn, type Place } from './places.ts'

/** Is the place on a way that leaves the round of the loop that binds the name before it comes to a `del` that stands in the same body? */
export function goesAroundDelete(place: Place, variable: Variable, bindings: readonly Binding[], { flow, values }: FrameAnalysis, index: FrameIndex): boolean {
  const { graph } = flow
  const deletes = deletesOf(variable, graph, index)
  const isOfRound = ({ at, node }: OwnDelete): boolean => {
    const loop = loopAround(at, graph)
    const bound = bindings.filter(b => loopAround(graph.pointOf(b.name), graph) === loop)
    return loop !== null && flow.reachingAt(at, variable).some(b => bound.includes(b)) && isOut(place, loop, graph) && !leavingIn(loop, graph).some(body => body.some(stmt => contains(stmt, node)))
  }
  return deletes.some(isOfRound) && !dragFrom(place.point, variable, values).endsByDeletion
}

interface OwnDelete {
  readonly at: Point
  readonly node: Name
}

function deletesOf(variable: Variable, { blocks }: FlowGraph, { changes }: FrameIndex): readonly OwnDelete[] {
  return (changes.get(variable) ?? []).flatMap(({ block, index }) => {
    const event = blocks[block]!.events[index]!
    return event.kind === 'delete' && !event.implicit ? [{ at: { block, index }, node: event.node }] : []
  })
}

/** After the loop, or in a branch that ends the round. */
function isOut(place: Place, loop: Stmt, graph: FlowGraph): boolean {
  const isAfter = place.suite.body.includes(loop) || !isPlaceIn(place, [loop])
  return isAfter || leavingIn(loop, graph).some(body => body === place.suite.body || isPlaceIn(place, body))
}

/** Branches in the loop that leave its round: where one of them lets go of something, the others are most of what runs. */
function leavingIn(loop: Stmt, graph: FlowGraph): readonly Suite[] {
  return jumpsIn(graph).filter(body => contains(loop, body[0]!))
}

const jumpsIn = perObject(({ suites }: FlowGraph): readonly Suite[] => suites.flatMap(({ owner, part, body }) => ((owner?.kind === 'If' || part === 'handler' || part === 'case') && JUMPS.has(body.at(-1)?.kind ?? '') ? [body] : [])))

const JUMPS: ReadonlySet<string> = new Set(['Continue', 'Break', 'Return', 'Raise'])

function loopAround(point: Point | null, { blocks }: FlowGraph): Stmt | null {
  return point && ((blocks[point.block]!.loops.at(-1)?.node as Stmt | undefined) ?? null)
}
