/**
 * Puts finished blocks in reverse postorder and numbers them so; among the ways out of a block the first comes first, exceptions last, which
 * is nearly the order of the text. Blocks that nothing reaches follow; empty ones are dropped.
 */
import type { BlockId, OpenBlock, OpenLoop } from './builder.ts'
import type { Block } from './graph.ts'

export interface Ordered {
  readonly blocks: readonly Block[]
  /** New numbers by old ones; -1 for blocks that were dropped. */
  readonly renumbered: Int32Array
  readonly reachable: number
}

/** `kept` stay even where nothing reaches them. Blocks and the heads of `loops` are renumbered in place. */
export function orderBlocks(open: readonly OpenBlock[], loops: readonly OpenLoop[], entry: BlockId, kept: readonly BlockId[]): Ordered {
  const found = reversePostorder(open, entry)
  const blocks = [...found, ...open.filter((block) => !block.reachable && (block.events.length > 0 || kept.includes(block.id)))]
  const renumbered = new Int32Array(open.length).fill(-1)
  for (let i = 0; i < blocks.length; i++) renumbered[blocks[i]!.id] = i
  for (let i = 0; i < blocks.length; i++) renumber(blocks[i]!, i, renumbered)
  for (const loop of loops) loop.head = renumbered[loop.head]!
  return { blocks, renumbered, reachable: found.length }
}

function renumber(block: OpenBlock, id: number, renumbered: Int32Array): void {
  block.id = id
  block.successors = renumberAll(block.successors, renumbered)
  block.handlers = renumberAll(block.handlers, renumbered)
}

/** Only blocks that nothing reaches lead to dropped ones. */
function renumberAll(ids: readonly BlockId[], renumbered: Int32Array): BlockId[] {
  const found: BlockId[] = []
  for (const id of ids) if (renumbered[id]! >= 0) found.push(renumbered[id]!)
  return found
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
