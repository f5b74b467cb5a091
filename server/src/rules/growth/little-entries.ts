/** Entries that take little each and come seldom: numbers and flags under keys, words, names of hosts. It takes a hundred thousand of them to fill 10 MiB. */
import type { Expr, FunctionDef } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { Subject } from './subjects.ts'
import { localValue } from './walk.ts'

/** All that is added is little. `isKeyed`: equal keys are one entry; else each call adds one, which come often. */
export function addsLittle({ growth, place: { functions } }: Use, subject: Subject, isKeyed: boolean): boolean {
  if (growth === null) return false
  if (subject.form === 'default' && holdsNumbers(subject)) return true
  const { key, value, all } = growth
  const parts = [key, value].filter(part => part !== null)
  return isKeyed && !all && parts.length > 0 && parts.every(part => isLittle(part, functions))
}

/** `channels: list[int] = [32, 64]`: what a call adds is a number, too. */
function holdsNumbers({ value, home, name }: Subject): boolean {
  if (value.kind === 'List' && value.elts.length > 0) return value.elts.every(isNumber)
  const annotation = home?.kind === 'FunctionDef' ? home.header.params.find(p => p.name.id === name)?.annotation : null
  return annotation?.kind === 'Subscript' && isNumeric(annotation.slice)
}

function isNumber(expr: Expr): boolean {
  return expr.kind === 'UnaryOp' ? isNumber(expr.operand) : expr.kind === 'Constant' && ['int', 'float', 'True', 'False'].includes(expr.type)
}

function isNumeric(annotation: Expr): boolean {
  return annotation.kind === 'Name' && ['int', 'float', 'bool'].includes(annotation.id)
}

function isLittle(expr: Expr, functions: readonly FunctionDef[]): boolean {
  const little = (e: Expr): boolean => isLittle(e, functions)
  switch (expr.kind) {
    case 'Constant':
    case 'Compare': return true
    case 'UnaryOp': return little(expr.operand)
    case 'BinOp': return little(expr.left) && little(expr.right)
    case 'Tuple':
    case 'List': return expr.elts.every(little)
    case 'Attribute': return NAMES.test(expr.attr)
    case 'Call': return expr.func.kind === 'Name' && ['int', 'float', 'bool', 'len', 'round'].includes(lastName(expr.func) ?? '')
    case 'Name': return isLittleName(expr.id, functions)
    default: return false
  }
}

function isLittleName(id: string, functions: readonly FunctionDef[]): boolean {
  const def = functions.at(-1)
  const local = def && localValue(id, def)
  if (local) return NAMES.test(id) || (!local.isElement && local.expr.kind !== 'Name' && isLittle(local.expr, functions))
  const annotation = functions.flatMap(f => f.header.params).find(p => p.name.id === id)?.annotation
  return NAMES.test(id) || (!!annotation && isNumeric(annotation))
}

/** What is called so is short, and of what there are few, or as many as a language has. */
const NAMES = /^(\w+_)?(host|hostname|netloc|domain|name|word|token|label|key)$/
