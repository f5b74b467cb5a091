/** Python 2's `print` and `exec` statements, as the calls that replaced them. */
import type { Argument, Expr, ExprStmt, Name } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'

const { chevron: CHEVRON, "',": COMMA, "'in": IN } = NODE_TYPES

/** `print >>file, a, b` */
export function printStatement(l: Lowering): ExprStmt {
  return callOf(l, 'print')
}

/** `exec code in globals, locals` */
export function execStatement(l: Lowering): ExprStmt {
  return callOf(l, 'exec')
}

function callOf(l: Lowering, id: string): ExprStmt {
  const start = l.shift + l.cursor.startIndex
  const func: Name = { kind: 'Name', start, end: start + id.length, id }
  const args: Argument[] = []
  l.enter()
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === CHEVRON) args.push(argument(l, 'keyword', 'file', chevron(l)))
    else if (type !== COMMA && type !== IN) args.push(argument(l, 'positional', null, expression(l, type)))
  }
  l.leave()
  const end = l.shift + l.end
  l.start = start - l.shift
  return { kind: 'ExprStmt', start, end, value: { kind: 'Call', start, end, func, args } }
}

function chevron(l: Lowering): Expr {
  l.enter()
  const value = expression(l, l.next())
  l.leave()
  return value
}

function argument(l: Lowering, form: 'positional' | 'keyword', name: string | null, value: Expr): Argument {
  return { kind: 'Argument', start: l.shift + l.start, end: l.shift + l.end, form, name, value }
}
