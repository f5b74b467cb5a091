/** What a function of this file tells other files of the parameters that it is done with long before it returns. */
import type { Node } from '../syntax/ast.ts'
import { dottedPath } from '../syntax/expressions.ts'
import type { DoneEarly } from '../values/foreign.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { earlyParameters } from './early-parameters.ts'
import { toldKind, verbOf } from './wording.ts'

export function doneEarly(analysis: FrameAnalysis): readonly DoneEarly[] {
  return [...earlyParameters(analysis)].map(([parameter, { items, places }]) => ({
    parameter, points: items.reduce((sum, i) => sum + i.points, 0), isLetGo: places.length === 0,
    runs: [...items].sort((a, b) => b.points - a.points).slice(0, MOST_TOLD).map(item => ({ kind: toldKind(item), text: `${wordsFor(item.node)} ${verbOf(item)}` })),
  }))
}

const MOST_TOLD = 2

/** By its name alone: the text stands in another file, and lines there move. */
function wordsFor(node: Node): string {
  switch (node.kind) {
    case 'Call': return `\`${dottedPath(node.func) ?? '…'}()\``
    case 'Await': return 'an `await`'
    case 'Yield':
    case 'YieldFrom': return 'a `yield`'
    case 'For': return 'a loop'
    default: return 'a computation'
  }
}
