/** The way from a node down to one inside it. */
import type { Node, Stmt } from './ast.ts'
import { segmentOf, type Pos } from './position.ts'
import { forEachChild } from './walk.ts'

/**
 * Does `inner` begin within the text of `outer`? Only a class has several segments, its header's and those of its body, whose numbers say nothing of
 * their order.
 */
export function contains(outer: Node, inner: { readonly start: Pos }): boolean {
  const segment = segmentOf(inner.start)
  const isOne = segmentOf(outer.start) === segmentOf(outer.end)
  if (segment === segmentOf(outer.start)) return inner.start >= outer.start && (!isOne || inner.start < outer.end)
  return !isOne && outer.kind === 'ClassDef' && outer.body.some(stmt => contains(stmt, inner))
}

/** Does the node's text lie in that of the other? Both of one segment of the file, as nodes of one function are. */
export function isInside(node: Node, outer: Node): boolean {
  return node.start >= outer.start && node.end <= outer.end
}

/** Does `a` begin before `b` in the text? Both in statements of the body, or of classes there. */
export function comesBefore(a: { readonly start: Pos }, b: { readonly start: Pos }, body: readonly Stmt[]): boolean {
  if (segmentOf(a.start) === segmentOf(b.start)) return a.start < b.start
  // A class's header is in no statement of its body, and comes first.
  const [i, j] = [a, b].map(node => body.findIndex(stmt => contains(stmt, node))) as [number, number]
  const around = body[i]
  return i === j ? around?.kind === 'ClassDef' && comesBefore(a, b, around.body) : i < j
}

/** The nodes around `target`, outermost (`root`) first, without `target` itself; null where it is not inside. Both must be of one frame. */
export function ancestorsIn(root: Node, target: Node): readonly Node[] | null {
  if (root === target) return []
  let found: readonly Node[] | null = null
  forEachChild(root, child => {
    if (found === null && (child === target || contains(child, target))) found = ancestorsIn(child, target)
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

/** The node and those inside it that pass the test, those around others first. */
export function nodesIn<N extends Node>(root: Node, test: (node: Node) => node is N): readonly N[] {
  const found: N[] = []
  const look = (node: Node): void => {
    if (test(node)) found.push(node)
    forEachChild(node, look)
  }
  look(root)
  return found
}

/** Does the name stand in the node, whatever it means there? */
export function mentions(root: Node, id: string): boolean {
  return someNode(root, node => node.kind === 'Name' && node.id === id)
}

/** `around[at]`, around an expression, is or is part of the target of a `del`: `del X`, `del (X, [Y])`. */
export function isDeleted(around: readonly Node[], at: number): boolean {
  const parent = around[at]
  return parent?.kind === 'Delete' || ((parent?.kind === 'Tuple' || parent?.kind === 'List') && isDeleted(around, at - 1))
}
