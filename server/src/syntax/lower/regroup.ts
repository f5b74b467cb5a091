/**
 * Chains of operators that the grammar groups otherwise than Python, put right while they are read. The extents of an operand in
 * parentheses are then taken without them.
 */
import type { BinOp, Expr } from '../ast.ts'

/** `left & right`, given whether each operand stood without parentheses. The grammar binds `^` tighter than `&`; Python does the opposite. */
export function conjunction(left: Expr, right: Expr, leftIsBare: boolean, rightIsBare: boolean): BinOp {
  if (rightIsBare && isXor(right)) {
    const isBare = right.left.start === right.start
    return made(conjunction(left, right.left, leftIsBare, isBare), '^', right.right)
  }
  if (leftIsBare && isXor(left)) return made(left.left, '^', made(left.right, '&', right))
  return made(left, '&', right)
}

/** `left | right` in an annotation, given whether the right operand stood without parentheses. Python groups from the left. */
export function disjunction(left: Expr, right: Expr, rightIsBare: boolean): BinOp {
  if (!rightIsBare || right.kind !== 'BinOp' || right.op !== '|') return made(left, '|', right)
  return made(disjunction(left, right.left, right.left.start === right.start), '|', right.right)
}

function isXor(e: Expr): e is BinOp {
  return e.kind === 'BinOp' && e.op === '^'
}

function made(left: Expr, op: '&' | '^' | '|', right: Expr): BinOp {
  return { kind: 'BinOp', start: left.start, end: right.end, left, op, right }
}
