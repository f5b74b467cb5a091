/**
 * Operators and trailers that lean to the left (`a + b + c`, `a.b(c)[d]`): their first child is lowered
 * last-in first-out from a stack, so that a chain of thousands costs no recursion.
 */
import type { Attribute, BinOp, BoolOp, Call, Compare, Expr, Operator, Subscript } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { argumentList, soleGenerator } from './arguments.ts'
import { expression } from './expressions.ts'
import { MAX_DEPTH } from './lowering.ts'
import type { Lowering } from './lowering.ts'
import { applied } from './soft-type.ts'
import { identifier, isWord } from './names.ts'
import { conjunction } from './regroup.ts'
import { subscriptIndex } from './subscripts.ts'

const {
  attribute: ATTRIBUTE, subscript: SUBSCRIPT, call: CALL, binary_operator: BINARY, boolean_operator: BOOLEAN,
  comparison_operator: COMPARISON, argument_list: ARGUMENTS, "'and": AND, identifier: IDENTIFIER, list_splat: STAR,
} = NODE_TYPES

/** By node type id: 1 for the nodes that `chain` reads. */
export const IS_LINK = new Uint8Array(0x10000)
for (const type of [ATTRIBUTE, SUBSCRIPT, CALL, BINARY, BOOLEAN, COMPARISON]) IS_LINK[type] = 1

/** Any of the left-leaning nodes. The grammar may give the star of `*a.b` to the innermost operand; it is moved to the outside. */
export function chain(l: Lowering, type: number): Expr {
  const value = links(l, type)
  if (!l.starred) return value
  l.starred = false
  return { kind: 'Starred', start: l.shift + l.start, end: l.shift + l.end, value }
}

function links(l: Lowering, type: number): Expr {
  const bottom = l.chain.length
  const { depth, head } = l
  l.head = null
  while (IS_LINK[type] === 1 && l.depth < MAX_DEPTH) {
    l.chain.push(type)
    l.depth++
    type = l.enter()
  }
  const isTooDeep = IS_LINK[type] === 1
  const isStarred = type === STAR
  const starStart = isStarred ? l.cursor.startIndex : 0
  if (isStarred) {
    l.enter()
    type = l.next()
  }
  let value = isTooDeep ? l.unreadable() : expression(l, type)
  if (isStarred) l.leave()
  if (head !== null) {
    value = applied(l, head, value, type)
    l.start = head.start - l.shift
  }
  const { start } = l
  // Values of the innermost run of one boolean operator, still open to further operands.
  let open: Expr[] | null = null
  let isBare = false
  while (l.chain.length > bottom) {
    const link = l.chain.pop() as number
    l.depth--
    if (link === BOOLEAN) {
      const joined: BoolOp = boolean(l, value, start, open)
      open = joined.values as Expr[]
      value = joined
    } else {
      value = link === BINARY ? binary(l, value, l.shift + start, isBare) : finish(l, link, value, l.shift + start)
      open = null
    }
    isBare = link === BINARY
    l.leave()
  }
  l.start = isStarred ? starStart : start
  l.starred = isStarred
  l.depth = depth
  return value
}

const DOT = 46

function finish(l: Lowering, link: number, value: Expr, start: number): Expr {
  switch (link) {
    case ATTRIBUTE: return attribute(l, value, start)
    case CALL: return call(l, value, start)
    case SUBSCRIPT: return subscript(l, value, start)
    default: return comparison(l, value, start)
  }
}

function attribute(l: Lowering, value: Expr, start: number): Attribute {
  if (l.isNext(DOT) && isWord(l.text.charCodeAt(l.end + 1))) {
    l.cursor.gotoNextSibling()
    l.cursor.gotoNextSibling()
  } else {
    let type = l.next()
    while (type !== IDENTIFIER && type !== NONE) type = l.next()
  }
  const attr = identifier(l)
  return { kind: 'Attribute', start, end: l.shift + l.end, value, attr }
}

function call(l: Lowering, func: Expr, start: number): Call {
  const args = l.next() === ARGUMENTS ? argumentList(l) : soleGenerator(l)
  return { kind: 'Call', start, end: l.shift + l.end, func, args }
}

function subscript(l: Lowering, value: Expr, start: number): Subscript {
  const slice = subscriptIndex(l)
  l.end = l.cursor.endIndex
  return { kind: 'Subscript', start, end: l.shift + l.end, value, slice }
}

/** `isBare`: the left operand is an operation without parentheses. */
function binary(l: Lowering, left: Expr, start: number, isBare: boolean): BinOp {
  const op = OPERATORS[l.next()] as Operator
  const type = l.next()
  const right = expression(l, type)
  if (op === '&') return { ...conjunction(left, right, isBare, type === BINARY), start, end: l.shift + l.end }
  return { kind: 'BinOp', start, end: l.shift + l.end, left, op, right }
}

/** `open` holds the operands of the operator to the left where `left` is that operator's result without parentheses. */
function boolean(l: Lowering, left: Expr, start: number, open: Expr[] | null): BoolOp {
  const op = l.next() === AND ? 'and' : 'or'
  const right = expression(l, l.next())
  const values = open !== null && left.kind === 'BoolOp' && left.op === op ? open : [left]
  values.push(right)
  return { kind: 'BoolOp', start: l.shift + start, end: l.shift + l.end, op, values }
}

function comparison(l: Lowering, left: Expr, start: number): Compare {
  const ops: string[] = []
  const comparators: Expr[] = []
  for (let type = l.next(); type !== NONE; type = l.next()) {
    const op = COMPARISONS[type]
    if (op === undefined) comparators.push(expression(l, type))
    else ops.push(op)
  }
  return { kind: 'Compare', start, end: l.shift + l.end, left, ops, comparators }
}

/** By token type. */
const OPERATORS: Operator[] = []
for (const op of ['+', '-', '*', '@', '/', '%', '**', '<<', '>>', '|', '^', '&', '//'] as const) OPERATORS[NODE_TYPES[`'${op}`]] = op

/** By token type, as written in Python 3. */
const COMPARISONS: string[] = []
for (const op of ['<', '<=', '==', '!=', '>=', '>', 'in', 'not in', 'is', 'is not'] as const) COMPARISONS[NODE_TYPES[`'${op}`]] = op
COMPARISONS[NODE_TYPES["'<>"]] = '!='
