/** Small questions about expressions, answered by their text alone: what names mean is not asked. */
import type { Expr, Node } from './ast.ts'

/** `f` of `f`, `m.f` and `a.m.f`; null: neither a name nor an attribute. */
export function lastName(expr: Expr): string | null {
  return expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : null
}

/** `a.m.f`, as written; null: it does not begin with a name. */
export function dottedPath(expr: Expr): string | null {
  if (expr.kind !== 'Attribute') return expr.kind === 'Name' ? expr.id : null
  const base = dottedPath(expr.value)
  return base === null ? null : `${base}.${expr.attr}`
}

/** The names that a target is made of, one or several; none of what is starred, or a part of an object. */
export function plainNames(target: Node): readonly string[] {
  return target.kind === 'Name' ? [target.id] : target.kind === 'Tuple' || target.kind === 'List' ? target.elts.flatMap(plainNames) : []
}

export function isEllipsis(expr: Expr): boolean {
  return expr.kind === 'Constant' && expr.type === 'Ellipsis'
}

export function isNone(expr: Expr | null | undefined): boolean {
  return expr?.kind === 'Constant' && expr.type === 'None'
}

const EXPRESSIONS: ReadonlySet<Node['kind']> = new Set<Expr['kind']>([
  'Name', 'Constant', 'JoinedStr', 'FormattedValue', 'BoolOp', 'NamedExpr', 'BinOp', 'UnaryOp', 'Lambda', 'IfExp', 'Dict', 'Set', 'List', 'Tuple', 'Comprehension',
  'Await', 'Yield', 'YieldFrom', 'Compare', 'Call', 'Attribute', 'Subscript', 'Slice', 'Starred', 'ErrorExpr',
])

export function isExpression(node: Node): node is Expr {
  return EXPRESSIONS.has(node.kind)
}
