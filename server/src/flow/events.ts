/** What happens in a frame, whatever way control takes. */
import type { Block, Event, FlowGraph } from './graph.ts'

/** What the events of the blocks that control may reach give, one after the other. */
export function fromEvents<T>({ blocks }: FlowGraph, give: (event: Event, block: Block) => readonly T[]): readonly T[] {
  const all: T[] = []
  for (const block of blocks) {
    if (!block.reachable) continue
    for (const event of block.events) for (const item of give(event, block)) all.push(item)
  }
  return all
}
