/** The tree as it would be with some nodes replaced. */
import type { Node } from './ast.ts'

/** A copy, every node of which is a new object; those that are replaced are what is put in their place, as it is. */
export function copyWith<N extends Node>(node: N, instead: ReadonlyMap<Node, Node>): N {
  return copied(node, instead as ReadonlyMap<unknown, unknown>) as N
}

function copied(value: unknown, instead: ReadonlyMap<unknown, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => copied(item, instead))
  return instead.get(value) ?? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copied(part, instead)]))
}
