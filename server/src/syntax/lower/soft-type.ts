/**
 * `type(x).y = z`. The grammar takes a line with an equals sign that begins with `type` for a type alias and `(x).y` for its
 * name. Python takes it for an alias only where a name follows (PEP 695).
 */
import type { Argument, Call, Expr, Name, Subscript } from '../ast.ts'
import { NODE_TYPES } from '../grammar.ts'
import type { Lowering } from './lowering.ts'

const { tuple: TUPLE, list: LIST, parenthesized_expression: PARENTHESIZED } = NODE_TYPES

/** `value` was read from a node of type `type` in brackets of any kind: applies `head` to it. Anything else is a flaw. */
export function applied(l: Lowering, head: Name, value: Expr, type: number): Expr {
  const end = l.shift + l.end
  if (type === PARENTHESIZED) return call(head, [value], end)
  if (type === TUPLE && value.kind === 'Tuple') return call(head, value.elts, end)
  if (type === LIST && value.kind === 'List') return subscript(head, value.elts, end)
  l.flaw = true
  return value
}

function call(func: Name, values: readonly Expr[], end: number): Call {
  return { kind: 'Call', start: func.start, end, func, args: values.map(argument) }
}

function argument(value: Expr): Argument {
  const { start, end } = value
  return value.kind === 'Starred'
    ? { kind: 'Argument', start, end, form: 'star', name: null, value: value.value }
    : { kind: 'Argument', start, end, form: 'positional', name: null, value }
}

function subscript(value: Name, elts: readonly Expr[], end: number): Subscript {
  const [first] = elts
  const slice: Expr = first !== undefined && elts.length === 1
    ? first
    : { kind: 'Tuple', start: first?.start ?? end, end: elts.at(-1)?.end ?? end, elts }
  return { kind: 'Subscript', start: value.start, end, value, slice }
}
