/** The names that annotations mention: as expressions, or in texts that are read as such. Whoever evaluates types looks them up, at any time. */
import type { Expr, Node, Stmt, Suite } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'

export interface Mention {
  readonly name: string
  /** The name, or the text it stands in. */
  readonly node: Expr
}

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/gu

export function mentionsOf(annotation: Node): readonly Mention[] {
  const found: Mention[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'Name') found.push({ name: node.id, node })
    else if (node.kind === 'Constant' && typeof node.value === 'string') for (const [name] of node.value.matchAll(WORD)) found.push({ name, node })
    else forEachChild(node, visit)
  }
  visit(annotation)
  return found
}

const known = new WeakMap<Stmt, readonly string[]>()

/** In all annotations of the statements, and of the functions and classes in them. */
export function namesInAnnotations(body: Suite): ReadonlySet<string> {
  return new Set(body.flatMap(stmt => {
    let names = known.get(stmt)
    if (!names) known.set(stmt, names = annotationsIn(stmt).flatMap(mentionsOf).map(mention => mention.name))
    return names
  }))
}

function annotationsIn(stmt: Stmt): readonly Node[] {
  const found: Node[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'AnnAssign') found.push(node.annotation)
    else if (node.kind === 'Parameter' && node.annotation) found.push(node.annotation)
    else if (node.kind === 'FunctionDef' && node.header.returns) found.push(node.header.returns)
    forEachChild(node, visit)
  }
  visit(stmt)
  return found
}
