/**
 * The grammar binds `^` tighter than `&`; Python does the opposite. Where a chain mixes both it is put right while it is
 * read. The extents of an operand in parentheses are then taken without them.
 */
import type { BinOp, Expr } from '../ast.ts'

/** `left & right` as Python groups it, given whether each operand stood without parentheses. */
export function conjunction(left: Expr, right: Expr, leftIsBare: boolean, rightIsBare: boolean): BinOp {
  if (rightIsBare && isXor(right)) {
    const isBare = right.left.start === right.start
    return made(conjunction(left, right.left, leftIsBare, isBare), '^', right.right)
  }
  if (leftIsBare && isXor(left)) return made(left.left, '^', made(left.right, '&', right))
  return made(left, '&', right)
}

function isXor(e: Expr): e is BinOp {
  return e.kind === 'BinOp' && e.op === '^'
}

function made(left: Expr, op: '&' | '^', right: Expr): BinOp {
  return { kind: 'BinOp', start: left.start, end: right.end, left, op, right }
}
