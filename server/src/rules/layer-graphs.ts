/**
 * What a layer of a torch model, or its step of training, computes on its way: in training the graph of its result keeps what the backward pass needs of it, and no name's
 * end lets that go. Whether gradients are on is for the caller to say.
 */
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameContext } from '../values/context.ts'
import { gradientsIn, isForward, isTrainingStep } from '../values/gradients.ts'
import { kindOf } from '../values/parts.ts'
import type { Value } from '../values/value.ts'
import { perObject } from '../text/on-demand.ts'
import type { Obstacle } from './holders.ts'

/** The doubt that an object of the frame is kept so; null where it is no tensor, or the frame is no layer or computes without gradients. */
export function keptByGraph(value: Value, { values: { context } }: FrameAnalysis): Obstacle | null {
  if (value.size.origin === 'known' || !mayBeTensor(value, context) || !computesLayer(context)) return null
  return { node: null, why: 'in training, what is computed from it may keep it for the backward pass', weak: false }
}

/** Of a list its items; of what nobody knows, mostly, in a layer. */
function mayBeTensor({ type, element }: Value, context: FrameContext): boolean {
  const kind = kindOf(type, context)
  if (kind === 'list' || kind === 'tuple') return element === null || mayBeTensor(element, context)
  return kind === null || kind === 'tensor' || kind === 'array'
}

const computesLayer = perObject((context: FrameContext): boolean => {
  const { flow, ownClass, summaries } = context
  if (ownClass === null || gradientsIn(context) !== 'likely') return false
  return isTrainingStep(flow.graph, ownClass) || (isForward(flow.graph, ownClass) && summaries.libraryOf(ownClass) === 'torch.nn.Module')
})
