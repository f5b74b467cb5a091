/** Whether a decorator keeps what the function gives that it decorates: told by what is done with the results where they are called for. */
import type { FunctionDef, Node } from '../syntax/ast.ts'
import { nodesIn, someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'

/** `wrapper`: what it puts in the place of the function. A file that results are written to keeps none. Where nothing is seen of any results, they may be kept. */
export function storesResultsIn(wrapper: FunctionDef, given: string): boolean {
  const all = wrapper.body.flatMap(stmt => nodesIn(stmt, isAny))
  const isCalled = (n: Node): boolean => n.kind === 'Call' && n.func.kind === 'Name' && n.func.id === given
  if (!all.some(isCalled)) return true
  const names = new Set<string>()
  const holds = (node: Node | null): boolean => node !== null && someNode(node, n => isCalled(n) || (n.kind === 'Name' && names.has(n.id)))
  for (const node of all) if (node.kind === 'Assign' && holds(node.value)) for (const target of node.targets) if (target.kind === 'Name') names.add(target.id)
  return all.some(node => stores(node, isCalled, holds, names))
}

function stores(node: Node, isCalled: (node: Node) => boolean, holds: (node: Node | null) => boolean, names: ReadonlySet<string>): boolean {
  switch (node.kind) {
    case 'Assign': return node.targets.some(isPlace) && holds(node.value)
    case 'AnnAssign': return isPlace(node.target) && holds(node.value)
    case 'AugAssign': return holds(node.value)
    case 'Global':
    case 'Nonlocal': return node.names.some(name => names.has(name.id))
    case 'Call': return !isCalled(node) && TAKES_IN.test(lastName(node.func) ?? '') && node.args.some(a => holds(a.value))
    default: return false
  }
}

function isAny(_: Node): _ is Node {
  return true
}

function isPlace({ kind }: Node): boolean {
  return kind === 'Attribute' || kind === 'Subscript'
}

/** `setdefault`, `put`, `cache_set`, `__setitem__`. */
const TAKES_IN = /^_*(set|add|put|push|store|append|insert|update|remember|register|memo|cache|keep)|_(set|add|put|store)$/
