import type { OpenBlock } from './builder.ts'

/** The blocks that control can reach from `entry`, exceptions included, in reverse postorder. */
export function reversePostorder(blocks: readonly OpenBlock[], entry: number): number[] {
  const seen = new Uint8Array(blocks.length)
  const postorder: number[] = []
  const path = [entry]
  const nextEdge = [0]
  seen[entry] = 1
  while (path.length > 0) {
    const top = path.length - 1
    const block = blocks[path[top]!]!
    const edge = nextEdge[top]!++
    const target = edge < block.successors.length ? block.successors[edge]! : edge === block.successors.length && block.raises ? block.handler : -1
    if (target >= 0) {
      if (seen[target] === 0) {
        seen[target] = 1
        path.push(target)
        nextEdge.push(0)
      }
    } else if (edge >= block.successors.length) {
      postorder.push(block.id)
      path.pop()
      nextEdge.pop()
    }
  }
  return postorder.reverse()
}
