/** The ways out of the reachable blocks as flat arrays: what the solvers run over again and again. */
import type { FlowGraph } from './graph.ts'

export interface Edges {
  /** Number of reachable blocks; their ids come first. */
  readonly count: number
  /** Where the successors of each block begin; one more entry for the end. */
  readonly first: Int32Array
  readonly successors: Int32Array
  /** Where exceptions of the block go; -1 where nothing in it raises. */
  readonly handler: Int32Array
}

export function edgesOf({ blocks, reachable }: FlowGraph): Edges {
  const first = new Int32Array(reachable + 1)
  for (let i = 0; i < reachable; i++) first[i + 1] = first[i]! + blocks[i]!.successors.length
  const successors = new Int32Array(first[reachable]!)
  const handler = new Int32Array(reachable)
  for (let i = 0; i < reachable; i++) {
    const block = blocks[i]!
    successors.set(block.successors, first[i])
    handler[i] = block.handlers[0] ?? -1
  }
  return { count: reachable, first, successors, handler }
}
