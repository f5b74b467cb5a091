/** Lowers one expression; the other files of this folder hold the families that need more than a few lines. */
import type {
  Await, Constant, ConstantType, Expr, IfExp, Lambda, Name, NamedExpr, Starred, UnaryOp, Yield, YieldFrom,
} from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import type { NodeType } from '../grammar.ts'
import { chain } from './chain.ts'
import { bareTuple, dict, list, parenthesizedPattern, setDisplay, tuple } from './collections.ts'
import { comprehension } from './comprehensions.ts'
import { innerAs } from './compound.ts'
import { MAX_DEPTH, MAX_NESTING } from './lowering.ts'
import type { Lowering } from './lowering.ts'
import { name } from './names.ts'
import { number } from './numbers.ts'
import { parameters } from './parameters.ts'
import { string } from './strings.ts'
import { genericType, slice } from './subscripts.ts'
import { memberType, unionType } from './types.ts'

const {
  identifier: IDENTIFIER, "'(": OPEN, "')": CLOSE, lambda_parameters: PARAMETERS, "':": COLON, "'from": FROM,
  "'-": MINUS, "'+": PLUS,
} = NODE_TYPES

type Lower = (l: Lowering, type: number) => Expr

/**
 * The expression under the cursor, of node type `type`. Leaves the cursor where it was, and in `l.start` and
 * `l.end` the extents with the parentheses around the expression.
 */
export function expression(l: Lowering, type: number): Expr {
  if (type === IDENTIFIER) return variable(l)
  const lower = LOWER[type]
  if (lower === undefined || l.nesting >= MAX_NESTING || l.depth >= MAX_DEPTH) return l.unreadable()
  l.nesting++
  l.depth++
  const result = lower(l, type)
  l.depth--
  l.nesting--
  return result
}

function variable(l: Lowering): Expr {
  const read = name(l)
  return read.id === '' ? { kind: 'ErrorExpr', start: read.start, end: read.end, names: [] } : read
}

function parenthesized(l: Lowering): Expr {
  const start = l.cursor.startIndex
  let inner: Expr | null = null
  let type = l.enter()
  for (; type !== NONE; type = l.next()) {
    if (type === CLOSE) break
    if (type !== OPEN) inner = expression(l, type)
  }
  const end = type === CLOSE ? l.cursor.endIndex : l.end
  l.leave()
  l.start = start
  l.end = end
  return inner ?? l.unreadable()
}

/** A node whose only child is the expression (`type`). */
function wrapper(l: Lowering): Expr {
  const inner = expression(l, l.enter())
  l.leave()
  return inner
}

/** Enters the node and lowers its second child: what a prefix operator applies to. */
function operand(l: Lowering): Expr {
  l.enter()
  const value = expression(l, l.next())
  l.leave()
  return value
}

function starred(l: Lowering): Starred {
  const start = l.cursor.startIndex
  const value = operand(l)
  l.start = start
  return { kind: 'Starred', start: l.shift + start, end: l.shift + l.end, value }
}

function awaited(l: Lowering): Await {
  const start = l.cursor.startIndex
  const value = operand(l)
  l.start = start
  return { kind: 'Await', start: l.shift + start, end: l.shift + l.end, value }
}

function not(l: Lowering): UnaryOp {
  const start = l.cursor.startIndex
  const value = operand(l)
  l.start = start
  return { kind: 'UnaryOp', start: l.shift + start, end: l.shift + l.end, op: 'not', operand: value }
}

function unary(l: Lowering): UnaryOp {
  const start = l.cursor.startIndex
  const token = l.enter()
  const value = expression(l, l.next())
  l.leave()
  l.start = start
  const op = token === MINUS ? '-' : token === PLUS ? '+' : '~'
  return { kind: 'UnaryOp', start: l.shift + start, end: l.shift + l.end, op, operand: value }
}

function conditional(l: Lowering): IfExp {
  const body = expression(l, l.enter())
  const { start } = l
  l.next()
  const test = expression(l, l.next())
  l.next()
  const orelse = expression(l, l.next())
  l.leave()
  l.start = start
  return { kind: 'IfExp', start: l.shift + start, end: l.shift + l.end, test, body, orelse }
}

function named(l: Lowering): NamedExpr {
  l.enter()
  const target: Name = name(l)
  const { start } = l
  l.next()
  const value = expression(l, l.next())
  l.leave()
  l.start = start
  return { kind: 'NamedExpr', start: l.shift + start, end: l.shift + l.end, target, value }
}

function yielded(l: Lowering): Yield | YieldFrom {
  l.measure()
  const { start, end } = l
  l.enter()
  let type = l.next()
  const from = type === FROM
  if (from) type = l.next()
  const value = type === NONE ? null : expression(l, type)
  l.leave()
  l.start = start
  if (value === null) l.end = end
  const span = { start: l.shift + start, end: l.shift + l.end }
  return from && value !== null ? { kind: 'YieldFrom', ...span, value } : { kind: 'Yield', ...span, value }
}

function lambda(l: Lowering): Lambda {
  const start = l.cursor.startIndex
  l.enter()
  let type = l.next()
  const params = type === PARAMETERS ? parameters(l) : []
  if (type !== COLON) type = l.next()
  const body = expression(l, l.next())
  l.leave()
  l.start = start
  return { kind: 'Lambda', start: l.shift + start, end: l.shift + l.end, params, body }
}

function constant(type: ConstantType): Lower {
  return (l): Constant => {
    l.measure()
    return { kind: 'Constant', start: l.shift + l.start, end: l.shift + l.end, type, value: null, length: 0, width: 'ascii' }
  }
}

const BY_NAME: Readonly<Partial<Record<NodeType, Lower>>> = {
  attribute: chain, subscript: chain, call: chain, binary_operator: chain, boolean_operator: chain, comparison_operator: chain,
  parenthesized_expression: parenthesized, parenthesized_list_splat: parenthesized, type: wrapper, as_pattern_target: wrapper, as_pattern: innerAs,
  list_splat: starred, list_splat_pattern: starred, splat_type: starred,
  string, concatenated_string: string, integer: number, float: number,
  true: constant('True'), false: constant('False'), none: constant('None'), ellipsis: constant('Ellipsis'),
  list, list_pattern: list, set: setDisplay, tuple, tuple_pattern: parenthesizedPattern, dictionary: dict,
  expression_list: bareTuple, pattern_list: bareTuple,
  list_comprehension: comprehension, set_comprehension: comprehension, dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  not_operator: not, unary_operator: unary, conditional_expression: conditional, named_expression: named, await: awaited,
  yield: yielded, lambda, slice, generic_type: genericType, constrained_type: slice, union_type: unionType, member_type: memberType,
}

/** By node type id. */
const LOWER: (Lower | undefined)[] = []
for (const [type, lower] of Object.entries(BY_NAME)) LOWER[NODE_TYPES[type as NodeType]] = lower
