/** Numbers, told by their names where nothing else is known of them: `np.sqrt(image.height * image.width) // 90` makes no array. */
import type { Expr } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Evaluator } from './evaluate.ts'

/** It is computed from numbers alone. */
export function isFigure(expr: Expr, e: Evaluator): boolean {
  switch (expr.kind) {
    case 'Constant': return true
    case 'UnaryOp': return isFigure(expr.operand, e)
    case 'BinOp': return isFigure(expr.left, e) && isFigure(expr.right, e)
    case 'Name':
    case 'Attribute': return isNumber(e.ofExpr(expr).type) || (FIGURES.test(lastName(expr) ?? '') && e.ofExpr(expr).type === null)
    case 'Subscript': return lastName(expr.value) === 'shape' && expr.slice.kind !== 'Slice'
    case 'Call': return FUNCTIONS.has(lastName(expr.func) ?? '') && expr.args.length > 0 && expr.args.every(a => a.form === 'positional' && isFigure(a.value, e))
    default: return false
  }
}

function isNumber(type: string | null): boolean {
  return type === 'int' || type === 'float'
}

const FIGURES = /(^|_)(height|width|size|length|len|num|count|scale|ratio|factor|dpi|fps|eps|epsilon|radius|epoch|step|steps|level|total)$|^(n|h|w)$|^(n|num)_/

const FUNCTIONS: ReadonlySet<string> = new Set(['sqrt', 'log', 'log2', 'log10', 'exp', 'ceil', 'floor', 'round', 'rint', 'abs', 'clip', 'power', 'maximum', 'minimum', 'max', 'min', 'int', 'float', 'len'])
