/** The way from a node down to one inside it. */
import type { Node } from './ast.ts'
import { forEachChild } from './walk.ts'

/** The nodes around `target`, outermost (`root`) first, without `target` itself; null where it is not inside. Both must be of one frame. */
export function ancestorsIn(root: Node, target: Node): readonly Node[] | null {
  if (root === target) return []
  let found: readonly Node[] | null = null
  forEachChild(root, child => {
    if (found === null && target.start >= child.start && target.end <= child.end) found = ancestorsIn(child, target)
  })
  return found === null ? null : [root, ...(found as readonly Node[])]
}

/** Does the node, or one inside it, pass the test? */
export function someNode(root: Node, test: (node: Node) => boolean): boolean {
  let found = false
  const look = (node: Node): void => {
    if (found) return
    if (test(node)) found = true
    else forEachChild(node, look)
  }
  look(root)
  return found
}
