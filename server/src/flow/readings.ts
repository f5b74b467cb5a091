/** What a plain expression reads: names, attributes, items, and comparisons of them. */
import type { Expr } from '../syntax/ast.ts'

export interface Reading {
  /** Equal for two expressions that say the same as long as nobody sets what they read. */
  readonly text: string
  readonly names: readonly string[]
  /** `self.mode`, `opt["noise"]`: the attributes and items it reads, as their texts. */
  readonly paths: readonly string[]
}

/** Null for what calls something, or makes an object. */
export function readingOf(expr: Expr): Reading | null {
  switch (expr.kind) {
    case 'Name': return { text: expr.id, names: [expr.id], paths: [] }
    case 'Constant': return expr.value === null && !SINGLE.has(expr.type) ? null : { text: `${expr.type} ${JSON.stringify(expr.value)}`, names: [], paths: [] }
    case 'Attribute': return path(composed(`.${expr.attr}`, [expr.value]))
    case 'Subscript': return path(composed('[]', [expr.value, expr.slice]))
    case 'UnaryOp': return composed(expr.op, [expr.operand])
    case 'BoolOp': return composed(expr.op, expr.values)
    case 'BinOp': return composed(expr.op, [expr.left, expr.right])
    case 'Compare': return composed(expr.ops.join(), [expr.left, ...expr.comparators])
    case 'Tuple': return composed('()', expr.elts)
    case 'Call': return expr.func.kind === 'Name' && expr.func.id === 'isinstance' && expr.args.every(a => a.form === 'positional') ? composed('isinstance', expr.args.map(a => a.value)) : null
    default: return null
  }
}

const SINGLE: ReadonlySet<string> = new Set(['None', 'True', 'False'])

function composed(operation: string, parts: readonly Expr[]): Reading | null {
  const readings = parts.map(readingOf)
  if (!readings.every(r => r !== null)) return null
  return { text: `${operation}(${readings.map(r => r.text).join(' ')})`, names: readings.flatMap(r => r.names), paths: readings.flatMap(r => r.paths) }
}

function path(reading: Reading | null): Reading | null {
  return reading && { ...reading, paths: [...reading.paths, reading.text] }
}
