/** Assignment targets: names are bound, attributes and items stored, tuples unpacked, left to right. */
import type { Expr, Node } from '../syntax/ast.ts'
import type { Builder } from './builder.ts'
import { visitExpr } from './expressions.ts'
import type { BindingKind, Path } from './graph.ts'

/** `value` and `path` say what arrives at the target (see `Binding`); `owner` is the statement or clause that assigns. */
export function visitTarget(b: Builder, target: Expr, kind: BindingKind, owner: Node, value: Expr | null, path: Path = []): void {
  switch (target.kind) {
    case 'Name': return b.bind(target, kind, owner, value, path)
    case 'Tuple': case 'List': return unpack(b, target, kind, owner, value, path)
    case 'Starred': return visitTarget(b, target.value, kind, owner, value, path)
    default:
      visitPlace(b, target)
      b.emit({ kind: 'store', node: target, value, path, stmt: owner })
  }
}

/** The parts of an attribute or subscript that are evaluated before something is stored or deleted there. */
export function visitPlace(b: Builder, target: Expr): void {
  if (target.kind === 'Attribute') return visitExpr(b, target.value)
  if (target.kind !== 'Subscript') return visitExpr(b, target)
  visitExpr(b, target.value)
  visitExpr(b, target.slice)
}

function unpack(
  b: Builder, target: Extract<Expr, { kind: 'Tuple' | 'List' }>, kind: BindingKind, owner: Node, value: Expr | null, path: Path,
): void {
  b.operation(target)
  const { elts } = target
  const star = elts.findIndex((elt) => elt.kind === 'Starred')
  elts.forEach((elt, i) => {
    const step = i === star ? '*' : star >= 0 && i > star ? i - elts.length : i
    visitTarget(b, elt, kind, owner, value, [...path, step])
  })
}
