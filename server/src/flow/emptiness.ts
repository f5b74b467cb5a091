/** What a test says of objects that hold nothing where it came out so: `if not rows:`, `if frame.empty:`, `if len(rows) == 0:`, `if rows := f():`. */
import type { Compare, Expr } from '../syntax/ast.ts'

/** The names whose objects are None or have nothing in them when the test came out as `outcome`. */
export function emptyNames(test: Expr, outcome: boolean): readonly string[] {
  switch (test.kind) {
    case 'UnaryOp': return test.op === 'not' ? emptyNames(test.operand, !outcome) : []
    case 'BoolOp': return (test.op === 'and') === outcome ? test.values.flatMap(v => emptyNames(v, outcome)) : []
    case 'Compare': return outcome === isEqual(test) ? [...missing(test), ...counted(test)] : []
    case 'Attribute': return test.attr === 'empty' && outcome ? named(test.value) : []
    case 'NamedExpr': return [...(outcome ? [] : named(test)), ...emptyNames(test.value, outcome)]
    default: return outcome ? [] : [...named(test), ...countedBy(test)]
  }
}

/** `x == 0`, `x is None`, `x < 1`; false: the opposite; null: neither. */
function isEqual({ ops, comparators: [other] }: Compare): boolean | null {
  if (ops.length !== 1) return null
  switch (ops[0]) {
    case '==': case 'is': return true
    case '<': return other?.kind === 'Constant' && other.value === 1 ? true : null
    case '!=': case 'is not': return false
    case '>': return other?.kind === 'Constant' && other.value === 0 ? false : null
    default: return null
  }
}

function missing({ left, comparators: [other] }: Compare): readonly string[] {
  return other?.kind === 'Constant' && other.type === 'None' ? named(left) : []
}

function counted({ left, ops, comparators: [other] }: Compare): readonly string[] {
  return other?.kind === 'Constant' && other.value === (ops[0] === '<' ? 1 : 0) ? countedBy(left) : []
}

/** `len(x)`, `len(x.index)`, `x.size`, `x.shape[0]`: the name of x. */
function countedBy(expr: Expr): readonly string[] {
  if (expr.kind === 'Attribute') return expr.attr === 'size' ? named(expr.value) : []
  if (expr.kind === 'Subscript') return expr.value.kind === 'Attribute' && expr.value.attr === 'shape' ? named(expr.value.value) : []
  if (expr.kind !== 'Call' || expr.func.kind !== 'Name' || expr.func.id !== 'len') return []
  const of = expr.args[0]?.value
  return of === undefined ? [] : of.kind === 'Attribute' && of.attr === 'index' ? named(of.value) : named(of)
}

/** `x`, or the `x` of `(x := f())`. */
function named(expr: Expr): readonly string[] {
  if (expr.kind === 'NamedExpr') return [expr.target.id]
  return expr.kind === 'Name' ? [expr.id] : []
}
