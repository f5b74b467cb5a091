/** What its author lets go of in each round of a loop: ways around the `del` that stands there are few, and left as they are. */
import { contains } from '../syntax/ancestors.ts'
import type { Suite } from '../syntax/ast.ts'
import type { Binding, FlowGraph, Point, Variable } from '../flow/graph.ts'
import { dragFrom } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameIndex } from './frame-index.ts'
import type { Place } from './places.ts'

/** Is the place on a way that goes around a `del` of the name, which stands in the body of the loop that binds it? */
export function goesAroundDelete({ point }: Place, variable: Variable, bindings: readonly Binding[], { flow: { graph }, values }: FrameAnalysis, index: FrameIndex): boolean {
  const loops = bindings.map(b => loopAround(graph.pointOf(b.name), graph)).filter(loop => loop !== null)
  const isOwn = loops.length > 0 && deletesOf(variable, graph, index).some(at => loops.includes(loopAround(at, graph)!))
  return isOwn && !dragFrom(point, variable, values).endsByDeletion
}

/** Of a branch that leaves the round the other ways are most of what runs. */
function deletesOf(variable: Variable, graph: FlowGraph, { changes }: FrameIndex): readonly Point[] {
  return (changes.get(variable) ?? []).filter(({ block, index }) => {
    const event = graph.blocks[block]!.events[index]!
    return event.kind === 'delete' && !event.implicit && !graph.suites.some(({ body, owner }) => owner?.kind === 'If' && leaves(body) && body.some(s => contains(s, event.node)))
  })
}

function leaves(body: Suite): boolean {
  const last = body.at(-1)?.kind
  return last === 'Continue' || last === 'Break' || last === 'Return' || last === 'Raise'
}

function loopAround(point: Point | null, { blocks }: FlowGraph): number | null {
  return point && (blocks[point.block]!.loops.at(-1)?.head ?? null)
}
