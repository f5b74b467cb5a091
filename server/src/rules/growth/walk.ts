/** Looking through the code of one function, without that of the functions in it. */
import type { Expr, FunctionDef, Node, Stmt } from '../../syntax/ast.ts'
import { forEachChild } from '../../syntax/walk.ts'

/** Calls `visit` for the node and all nodes in it that are run with it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef' && node.kind !== 'Lambda') forEachChild(node, child => walk(child, visit))
}

export function nodesOf(def: FunctionDef): readonly Node[] {
  const found: Node[] = []
  for (const stmt of def.body) walk(stmt, node => found.push(node))
  return found
}

export function mentions(node: Node, id: string): boolean {
  let found = false
  walk(node, n => { found ||= n.kind === 'Name' && n.id === id })
  return found
}

/** The value that a local gets, where the function binds it once, by a plain assignment; a loop's target gets an element of what it walks. */
export function localValue(id: string, def: FunctionDef): { readonly expr: Expr; readonly isElement: boolean } | null {
  const values = localValues(id, def)
  return values?.length === 1 ? values[0]! : null
}

/** The values that the function binds a local to; null where one of them is not known, or there is none. */
export function localValues(id: string, def: FunctionDef): readonly { readonly expr: Expr; readonly isElement: boolean }[] | null {
  const bindings = nodesOf(def).flatMap(node => bindingOf(node, id))
  const values = bindings.flatMap(({ expr, isElement }) => (expr ? [{ expr, isElement }] : []))
  return values.length > 0 && values.length === bindings.length ? values : null
}

function bindingOf(node: Node, id: string): readonly { readonly expr: Expr | null; readonly isElement: boolean }[] {
  const isIt = (target: Expr | null): boolean => target?.kind === 'Name' && target.id === id
  switch (node.kind) {
    case 'Assign': return node.targets.filter(t => isIt(t) || isListed(t, id)).map(t => ({ expr: isIt(t) ? node.value : null, isElement: false }))
    case 'AnnAssign':
    case 'NamedExpr': return isIt(node.target) ? [{ expr: node.value, isElement: false }] : []
    case 'AugAssign': return isIt(node.target) ? [{ expr: null, isElement: false }] : []
    case 'For':
    case 'Generator': return isIt(node.target) || isListed(node.target, id) ? [{ expr: node.iter, isElement: true }] : []
    case 'WithItem': return isIt(node.target) ? [{ expr: null, isElement: false }] : []
    default: return []
  }
}

function isListed(target: Expr, id: string): boolean {
  return (target.kind === 'Tuple' || target.kind === 'List') && target.elts.some(e => (e.kind === 'Name' && e.id === id) || isListed(e, id))
}

/** The statements of a function that leave it early: `if test: return …` at its top. */
export function earlyReturns(def: FunctionDef): readonly Extract<Stmt, { kind: 'If' }>[] {
  return def.body.filter((s): s is Extract<Stmt, { kind: 'If' }> => s.kind === 'If' && s.body.at(-1)?.kind === 'Return')
}
