/** What small things look like, told by one expression alone: counts, names, a few columns, an axis of a grid, flags. */
import type { Call, Expr, Subscript } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { mostItems } from './parts.ts'
import { isNumber } from './reductions.ts'

/** `len(x)`, `x.size`, `residue.n_atoms`: one number. */
export function isCount(expr: Expr): boolean {
  if (expr.kind === 'Call') return expr.func.kind === 'Name' && expr.func.id === 'len'
  return MEASURES.has(lastName(expr) ?? '') || /^(n|num|nb|len)_/.test(lastName(expr) ?? '')
}

/** `channel.name`, `row["label"]`: what something is called, or of which kind it is. */
export function isName(expr: Expr): boolean {
  const name = expr.kind === 'Attribute' ? expr.attr : expr.kind === 'Subscript' && expr.slice.kind === 'Constant' && typeof expr.slice.value === 'string' ? expr.slice.value : ''
  return NAMES.test(name)
}

const NAMES = /(^|_)(name|type|kind|label|title|id|key|filename|path|suffix|unit|status)$/i

/** `x[[0, -1]]` */
export function isPickedByHand({ slice }: Subscript): boolean {
  return slice.kind === 'List' && slice.elts.length <= FEW && slice.elts.every(isNumber)
}

const FEW = 16

/** `frame[frame.day == day]`, `x[labels == k]`: one group of many, where what is asked for is not written down. */
export function isOneOfMany({ slice }: Subscript): boolean {
  return asksForOne(slice)
}

function asksForOne(condition: Expr): boolean {
  switch (condition.kind) {
    case 'Compare': return condition.ops.length === 1 && condition.ops[0] === '==' && VARYING.has(condition.comparators[0]!.kind)
    case 'BinOp': return condition.op === '&' && (asksForOne(condition.left) || asksForOne(condition.right))
    case 'Tuple': return condition.elts.length > 0 && asksForOne(condition.elts[0]!)
    default: return false
  }
}

const VARYING: ReadonlySet<Expr['kind']> = new Set<Expr['kind']>(['Name', 'Attribute', 'Subscript'])

export function isFew(slice: Expr): boolean {
  const most = mostItems(slice)
  return most !== null && most <= COLUMNS
}

/** Of points, boxes, colours. */
const COLUMNS = 4

/** `file.variables["lat"][:]`: a coordinate of a grid is one number for each of its rows, columns, layers or times. */
export function isAxisOfGrid({ value, slice }: Subscript): boolean {
  return slice.kind === 'Slice' && value.kind === 'Subscript' && value.slice.kind === 'Constant' && typeof value.slice.value === 'string' && COORDINATES.has(value.slice.value.toLowerCase())
}

/** By the names that conventions for grids give them (CF conventions, chapter 4). */
const COORDINATES: ReadonlySet<string> = new Set(['lat', 'latitude', 'lon', 'longitude', 'lev', 'level', 'levels', 'plev', 'depth', 'height', 'altitude', 'time', 'times'])

/** `x.T` and `x`: their product has a number for each two columns, however many rows there are. */
export function isOfOne(left?: Expr, right?: Expr): boolean {
  return left?.kind === 'Attribute' && left.attr === 'T' && left.value.kind === 'Name' && right?.kind === 'Name' && right.id === left.value.id
}

/** `np.zeros(n, dtype=bool)`, `x.astype(bool)`. */
export function isOfFlags({ func, args }: Call): boolean {
  const [type] = args.filter(a => a.name === 'dtype' || (a.form === 'positional' && lastName(func) === 'astype'))
  return type !== undefined && /^bool_?$/.test(lastName(type.value) ?? '')
}

/** What a container begins with; null: it is not told. */
export function itemsOf(expr: Expr): readonly Expr[] | null {
  if (expr.kind === 'List' || expr.kind === 'Set') return expr.elts
  return expr.kind === 'Dict' ? expr.values : expr.kind === 'Call' && expr.args.length === 0 ? [] : null
}

export const MEASURES: ReadonlySet<string> = new Set(['shape', 'size', 'ndim', 'nbytes', 'dtype'])

/** By the dotted name of what makes it: one layer of a network, or what joins them; the network is made of dozens. */
export function isLayer(name: string): boolean {
  return LAYER.test(name)
}

const LAYER = /^(torch\.nn|keras\.layers)\.(?!(Module|Sequential|ModuleList|ModuleDict|DataParallel|Parameter|Transformer|TransformerEncoder|TransformerDecoder)$)\w+$/
