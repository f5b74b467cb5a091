import type { OpenBlock } from './builder.ts'

/** The blocks that control can reach from `entry`, exceptions included, in reverse postorder; marks them as reachable. */
export function reversePostorder(blocks: readonly OpenBlock[], entry: number): number[] {
  const postorder: number[] = []
  const path = [entry]
  const nextEdge = [0]
  blocks[entry]!.reachable = true
  while (path.length > 0) {
    const top = path.length - 1
    const block = blocks[path[top]!]!
    const edge = nextEdge[top]!++
    const target = block.successors[edge] ?? block.handlers[edge - block.successors.length]
    if (target === undefined) {
      postorder.push(block.id)
      path.pop()
      nextEdge.pop()
    } else if (!blocks[target]!.reachable) {
      blocks[target]!.reachable = true
      path.push(target)
      nextEdge.push(0)
    }
  }
  return postorder.reverse()
}
