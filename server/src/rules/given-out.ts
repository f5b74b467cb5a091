/**
 * Who may have an object because a function gave it to them: a function that captures a name of the object may return it, or put it somewhere.
 * What is dead under all its names may so be alive elsewhere.
 */
import type { Binding } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { capturesOf } from './captures.ts'
import type { Obstacle } from './holders.ts'

/** Null: no function sees a name of these objects, or what sees it is only used where it stands. */
export function givenOut(bindings: readonly Binding[], { values, objects }: FrameAnalysis): Obstacle | null {
  const aliases = bindings.flatMap(b => objects.holdersOf(b).flatMap(h => (h.kind === 'name' && h.how === 'alias' ? [h.binding] : [])))
  for (const { variable } of [...bindings, ...aliases]) {
    const capture = variable.storage === 'cell' ? capturesOf(variable, values).find(c => !c.isTransient) : undefined
    if (capture) return { node: capture.closure, why: `what a function gave that sees \`${variable.name}\``, weak: true }
  }
  return null
}
