/**
 * The names that are looked up by others, at any time: those that annotations mention, as expressions or in texts that are read as such, and those
 * that `__all__` lists, which `from m import *` takes.
 */
import type { Expr, Node, Stmt, Suite } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import { perObject } from '../text/on-demand.ts'

export interface Mention {
  readonly name: string
  /** The name, or the text it stands in. */
  readonly node: Expr
}

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/gu

export function namesMentioned(mentioning: Node): readonly Mention[] {
  const found: Mention[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'Name') found.push({ name: node.id, node })
    else if (node.kind === 'Constant' && typeof node.value === 'string') for (const [name] of node.value.matchAll(WORD)) found.push({ name, node })
    else forEachChild(node, visit)
  }
  visit(mentioning)
  return found
}

/** What the statement puts into `__all__`; null: nothing. */
export function exportedBy(stmt: Node): Node | null {
  switch (stmt.kind) {
    case 'Assign': return stmt.targets.some(isAll) ? stmt.value : null
    case 'AugAssign':
    case 'AnnAssign': return isAll(stmt.target) ? stmt.value : null
    case 'Call': return stmt.func.kind === 'Attribute' && isAll(stmt.func.value) ? stmt : null
    default: return null
  }
}

function isAll(target: Expr): boolean {
  return target.kind === 'Name' && target.id === '__all__'
}

/** In `__all__`, and in all annotations of the statements and of the functions and classes in them. */
export function namesForOthers(body: Suite): ReadonlySet<string> {
  return new Set(body.flatMap(namesIn))
}

const namesIn = perObject((stmt: Stmt): readonly string[] => mentioningIn(stmt).flatMap(namesMentioned).map(mention => mention.name))

function mentioningIn(stmt: Stmt): readonly Node[] {
  const found: Node[] = []
  const visit = (node: Node): void => {
    const exported = exportedBy(node)
    if (exported) found.push(exported)
    if (node.kind === 'AnnAssign') found.push(node.annotation)
    else if (node.kind === 'Parameter' && node.annotation) found.push(node.annotation)
    else if (node.kind === 'FunctionDef' && node.header.returns) found.push(node.header.returns)
    forEachChild(node, visit)
  }
  visit(stmt)
  return found
}
