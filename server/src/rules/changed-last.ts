/**
 * What a frame does last with an object tells who else has it: what is put into an object that is never looked at again would be put there for
 * nothing, were the object this frame's alone. So somebody else has it, too (`dataset.indices = …`, `parameter.requires_grad = True`).
 */
import type { Name } from '../syntax/ast.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Obstacle } from './holders.ts'

/** The doubt that the object of a last use is held elsewhere; null where that use does not change it. */
export function changedLast(lastUse: Name | null, { flow: { graph } }: FrameAnalysis): Obstacle | null {
  const point = lastUse && graph.pointOf(lastUse)
  const isChanged = point && graph.blocks[point.block]!.events.some((event, i) => i > point.index && event.kind === 'store'
    && (event.node.kind === 'Attribute' || event.node.kind === 'Subscript') && event.node.value === lastUse)
  return isChanged ? { node: lastUse, why: 'it is changed last, which somebody else must see', weak: false } : null
}
