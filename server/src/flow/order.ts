/**
 * Puts finished blocks in reverse postorder and numbers them so; among the ways out of a block the first comes first, exceptions last, which
 * is nearly the order of the text. Blocks that nothing reaches follow; empty ones are dropped.
 */
import type { BlockId, OpenBlock, OpenLoop } from './builder.ts'
import type { Block } from './graph.ts'

export interface Open {
  readonly blocks: readonly OpenBlock[]
  readonly loops: readonly OpenLoop[]
  readonly handlerLists: readonly BlockId[][]
}

export interface Ordered {
  readonly blocks: readonly Block[]
  /** New numbers by old ones; -1 for blocks that were dropped. */
  readonly renumbered: Int32Array
  readonly reachable: number
}

/** Blocks, heads of loops and lists of handlers are renumbered in place. `kept` blocks stay even where nothing reaches them. */
export function orderBlocks({ blocks: open, loops, handlerLists }: Open, entry: BlockId, kept: readonly BlockId[]): Ordered {
  const blocks = reversePostorder(open, entry)
  const reachable = blocks.length
  for (const block of open) if (!block.reachable && (block.events.length > 0 || kept.includes(block.id))) blocks.push(block)
  const renumbered = new Int32Array(open.length).fill(-1)
  for (let i = 0; i < blocks.length; i++) renumbered[blocks[i]!.id] = i
  for (let i = 0; i < blocks.length; i++) {
    blocks[i]!.id = i
    renumber(blocks[i]!.successors, renumbered)
  }
  for (const handlers of handlerLists) renumber(handlers, renumbered)
  for (const loop of loops) loop.head = renumbered[loop.head]!
  return { blocks, renumbered, reachable }
}

/** Only blocks that nothing reaches lead to dropped ones. */
function renumber(ids: BlockId[], renumbered: Int32Array): void {
  let count = 0
  for (let i = 0; i < ids.length; i++) {
    const id = renumbered[ids[i]!]!
    if (id >= 0) ids[count++] = id
  }
  ids.length = count
}

/** The blocks that control can reach, exceptions included; marks them as reachable. */
function reversePostorder(blocks: readonly OpenBlock[], entry: BlockId): OpenBlock[] {
  const postorder: OpenBlock[] = []
  const path = [blocks[entry]!]
  const left = [edgesOf(path[0]!)]
  path[0]!.reachable = true
  while (path.length > 0) {
    const top = path.length - 1
    const block = path[top]!
    const edge = --left[top]!
    if (edge < 0) {
      postorder.push(block)
      path.pop()
      left.pop()
      continue
    }
    const target = blocks[block.successors[edge] ?? block.handlers[edge - block.successors.length]!]!
    if (target.reachable) continue
    target.reachable = true
    path.push(target)
    left.push(edgesOf(target))
  }
  return postorder.reverse()
}

function edgesOf(block: OpenBlock): number {
  return block.successors.length + block.handlers.length
}
