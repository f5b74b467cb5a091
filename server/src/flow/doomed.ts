/**
 * Blocks from which every way, without a round of a loop, leads out of the frame by a `raise`: what makes its message, what is tidied up
 * before it. None where that is how the frame always ends.
 */
import { perObject } from '../text/on-demand.ts'
import type { Block, FlowGraph } from './graph.ts'

export const doomedBlocks: (graph: FlowGraph) => ReadonlySet<number> = perObject(graph => {
  const doomed = new Set<number>()
  // Reachable blocks are in reverse postorder: what comes after a block is decided before it, but for rounds of loops.
  for (let id = graph.reachable - 1; id >= 0; id--) {
    const block = graph.blocks[id]!
    const isCaught = block.handlers.some(h => h !== graph.raised)
    const { successors } = block
    if (!isCaught && (successors.length === 0 ? raises(block) : successors.every(s => doomed.has(s)))) doomed.add(id)
  }
  return doomed.has(graph.entry) ? new Set() : doomed
})

function raises({ events }: Block): boolean {
  return events.at(-1)?.kind === 'raise'
}
