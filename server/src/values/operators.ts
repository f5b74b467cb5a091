/** Values of arithmetic, comparison, concatenation and repetition. */
import type { AugAssign, BinOp, Compare, Expr, Operator, UnaryOp } from '../syntax/ast.ts'
import type { ValueKind } from '../models/model.ts'
import { fresh, type Evaluator } from './evaluate.ts'
import { isDistinct, shapeOf, sizeOfShape } from './containers.ts'
import { gradientsIn } from './gradients.ts'
import { kindOf } from './parts.ts'
import { ofPart } from './size-models.ts'
import { add, exactly, isExact, multiply, type Range } from './range.ts'
import type { Shape } from './sizes/shape.ts'
import { keeping, keepingElements, makeValue, ofItems, sized, smallSize, UNKNOWN, type Link, type Size, type Value } from './value.ts'

const ELEMENTWISE: ReadonlySet<ValueKind> = new Set(['array', 'frame', 'series', 'tensor', 'sparse'])
const SCALAR: ReadonlySet<ValueKind> = new Set(['int', 'float', 'bool'])
const SEQUENCE: ReadonlySet<ValueKind> = new Set(['list', 'tuple', 'str', 'bytes', 'bytearray', 'deque'])

export function binaryValue(expr: BinOp | Compare | AugAssign, e: Evaluator): Value {
  if (expr.kind === 'Compare') return compareValue(expr, e)
  const [leftExpr, rightExpr] = expr.kind === 'BinOp' ? [expr.left, expr.right] : [expr.target, expr.value]
  const left = e.ofExpr(leftExpr)
  const right = e.ofExpr(rightExpr)
  const site = expr.kind === 'BinOp' ? expr : expr.value
  const inPlace = expr.kind === 'AugAssign'
  const leftKind = kindOf(left.type, e.context)
  const rightKind = kindOf(right.type, e.context)
  if (leftKind && ELEMENTWISE.has(leftKind)) return inPlace ? left : elementwise(expr, site, left, right, e)
  if (rightKind && ELEMENTWISE.has(rightKind)) return elementwise(expr, site, right, left, e)
  const lazy = [left, right].find(v => isLazy(v, e))
  if (lazy) return makeValue({ type: lazy.type, size: lazy.size, links: [...fresh(site), ...keeping([left, right])] })
  if (isScalar(leftKind) && isScalar(rightKind)) return scalarValue(expr.op, left, right)
  if (expr.op === '*' && leftKind && SEQUENCE.has(leftKind)) return repetition(site, left, right, e)
  if (expr.op === '*' && rightKind && SEQUENCE.has(rightKind)) return repetition(site, right, left, e)
  if (expr.op === '+' && leftKind && SEQUENCE.has(leftKind)) return concatenation(site, left, right, inPlace)
  if (expr.op === '+' && left.type === null && isReferenceSequence(right)) return concatenation(site, { ...left, type: right.type }, right, inPlace)
  if ([leftKind, rightKind].some(kind => kind === 'set' || (kind === 'dict' && expr.op === '|'))) return setOperation(expr.op, site, left, right, inPlace)
  if (expr.op === '%' && (leftKind === 'str' || leftKind === 'bytes')) return makeValue({ type: left.type, size: smallSize('a formatted string'), links: fresh(site) })
  if (expr.op === '/' && rightKind === 'str') return makeValue({ type: left.type ?? 'pathlib.Path', size: smallSize('a path'), links: fresh(site) })
  // Operators make new objects, whatever the types (in-place ones may change the left object instead).
  return inPlace && left.links.length > 0 ? { ...UNKNOWN, links: left.links } : makeValue({ links: fresh(site) })
}

/** Says how something is to be computed, and is small itself: operators between such give another that keeps both. */
export function isLazy({ type, size }: Value, { context }: Evaluator): boolean {
  const model = type === null ? null : context.models.type(type)
  return model?.kind === 'object' && model.elementwise === true && size.origin === 'known'
}

function isScalar(kind: ValueKind | null): boolean {
  return kind !== null && SCALAR.has(kind)
}

/** A new object as large as the operand; a number beside it changes nothing. */
function elementwise(expr: BinOp | Compare | AugAssign, site: Expr, bulk: Value, other: Value, e: Evaluator): Value {
  const otherKind = kindOf(other.type, e.context)
  const largest = otherKind && ELEMENTWISE.has(otherKind) && isLarger(other.size, bulk.size) ? other : bulk
  const isTruth = expr.kind === 'Compare'
  const itemsize = isTruth ? 1 : widened(largest.size.itemsize, expr, other)
  const times = isTruth ? 1 / (largest.size.itemsize ?? 8) : largest.size.itemsize === undefined ? 1 : itemsize! / largest.size.itemsize
  const size: Size = largest.size.origin === 'known'
    ? { ...sized(multiply(largest.size, exactly(times)), 'known', `an operation on ${largest.size.basis}`), ...ofItems(itemsize) }
    : { ...largest.size, origin: isTruth ? ofPart(largest.size.origin) : largest.size.origin, basis: `an operation on ${largest.size.basis}` }
  return makeValue({ type: bulk.type, size, element: bulk.element, links: [...fresh(site), ...graphLinks([bulk, other], e, expr.kind !== 'Compare' && (expr.op === '+' || expr.op === '-'))], guessed: bulk.guessed })
}

/** By what is known: where neither has a bound, what is read is, rather than what is computed. */
function isLarger(a: Size, b: Size): boolean {
  return (a.high ?? Infinity) > (b.high ?? Infinity) || (a.high === null && b.high === null && a.origin === 'outside' && b.origin === 'derived')
}

/** Small integers become floats where they are divided, or meet a float. */
function widened(itemsize: number | undefined, expr: BinOp | Compare | AugAssign, other: Value): number | undefined {
  return itemsize === 1 && expr.kind === 'BinOp' && (expr.op === '/' || other.type === 'float') ? 8 : itemsize
}

/**
 * A tensor computed from others may keep them for the backward pass, unless gradients are off. `isLinear`: that pass does not need them; what made
 * them may, if there is one.
 */
export function graphLinks(operands: readonly Value[], e: Evaluator, isLinear = false): Link[] {
  const gradients = gradientsIn(e.context)
  if (gradients === 'off' || (isLinear && gradients === 'unlikely')) return []
  // Where a layer computes, what nobody knows the type of is mostly a tensor, too.
  const mayBeTensor = ({ type }: Value) => kindOf(type, e.context) === 'tensor' || (gradients === 'likely' && type === null)
  const links = keeping(operands.filter(mayBeTensor), false)
  return gradients === 'likely' ? links : links.map(l => ({ ...l, weak: true as const }))
}

function scalarValue(op: Operator, left: Value, right: Value): Value {
  const number = left.number && right.number ? arithmetic(op, left.number, right.number) : null
  const type = op === '/' || left.type === 'float' || right.type === 'float' ? 'float' : 'int'
  const shape: Shape | null = type === 'int' && number && staysDistinct(op, left, right) ? { kind: 'int', range: number, distinct: true } : null
  return makeValue({ type, size: smallSize('a number'), number, shape })
}

/** Different numbers stay different when the same number is added to each, taken from each, or each is multiplied by it. */
function staysDistinct(op: Operator, left: Value, right: Value): boolean {
  const isConstant = ({ number }: Value): boolean => number !== null && isExact(number) && (op !== '*' || number.low !== 0)
  return (op === '+' || op === '-' || op === '*') && ((isDistinct(left) && isConstant(right)) || (isDistinct(right) && isConstant(left)))
}

/** Integer ranges; null where the operator does not keep them simple. */
function arithmetic(op: Operator, a: Range, b: Range): Range | null {
  switch (op) {
    case '+': return add(a, b)
    case '*': return multiply(a, b)
    case '-': return a.high !== null && b.high !== null && a.low >= b.high ? { low: a.low - b.high, high: a.high - b.low } : null
    case '%': if (isExact(b) && b.low > 0 && !isExact(a)) return { low: 0, high: b.low - 1 }
  }
  if (!isExact(a) || !isExact(b)) return null
  const result = exact(op, a.low, b.low)
  return result !== null && Number.isSafeInteger(result) && result >= 0 ? exactly(result) : null
}

function exact(op: Operator, a: number, b: number): number | null {
  switch (op) {
    case '//': return b > 0 ? Math.floor(a / b) : null
    case '/': return b > 0 && a % b === 0 ? a / b : null
    case '%': return b > 0 ? a % b : null
    case '**': return a ** b
    case '<<': return a * 2 ** b
    case '>>': return Math.floor(a / 2 ** b)
    default: return null
  }
}

/** `[x] * n`: n pointers to the same objects; `'-' * n`: n times the text. */
function repetition(site: Expr, sequence: Value, times: Value, e: Evaluator): Value {
  const { type, element } = sequence
  const count = sequence.count && times.number ? multiply(sequence.count, times.number) : null
  const links = [...fresh(site), ...keeping([sequence]).filter(l => sequence.links.some(s => s.how === 'keeps' && s.site === l.site))]
  if (count === null) return makeValue({ type, size: sized({ low: 0, high: null }, 'unknown', `a ${type} repeated`), element, links })
  if (type !== 'list' && type !== 'tuple') return makeValue({ type, size: sized(count, 'known', `${type} of ${format(count)} characters`), count, element, links })
  const shared: Shape = { kind: 'shared', ...(element && isCountedOnce(element) && { of: shapeOf(element) }) }
  const shape: Shape = type === 'list' ? { kind: 'list', growth: 'exact', count, element: shared } : { kind: 'tuple', count, element: shared }
  return makeValue({ type, shape, size: sizeOfShape(shape, 'known', e), count, element, links })
}

/** A container or array of which all slots hold the one there is; numbers and texts count for nothing beside the slots. */
function isCountedOnce({ type, shape }: Value): boolean {
  return shape !== null && type !== 'int' && type !== 'str'
}

/** An intersection is no larger than the smaller set, a difference than the left one, a union than both together. */
function setOperation(op: Operator, site: Expr, left: Value, right: Value, inPlace: boolean): Value {
  const largest = op === '&' ? smaller(left.size, right.size) : op === '-' ? left.size : null
  const size: Size = largest ? { ...largest, low: 0 } : { ...UNKNOWN.size, high: add(left.size, right.size).high, basis: `a ${op} of two` }
  const known: Size = size.high === null || largest ? size : { ...size, origin: 'known' }
  const elements = [left, right].flatMap(v => v.links.filter(l => l.how === 'keeps').map(l => ({ ...l, certain: false })))
  return makeValue({ type: left.type ?? right.type, size: known, element: left.element ?? right.element, links: inPlace ? [...left.links, ...elements] : [...fresh(site), ...elements] })
}

function smaller(a: Size, b: Size): Size {
  return (a.high ?? Infinity) <= (b.high ?? Infinity) ? a : b
}

function format(count: Range | null): string {
  return count === null || count.high === null ? 'many' : count.high.toLocaleString('en-US')
}

function concatenation(site: Expr, left: Value, right: Value, inPlace: boolean): Value {
  const origin = left.size.origin === 'outside' || right.size.origin === 'outside' ? 'outside'
    : left.size.origin === 'unknown' || right.size.origin === 'unknown' ? 'unknown' : 'known'
  const size = sized(add(left.size, right.size), origin, `${left.size.basis} and ${right.size.basis}`)
  const mutable = left.type === 'list' || left.type === 'bytearray' || left.type === 'deque'
  const elements = isReferenceSequence(left) ? keepingElements([left, right], true) : []
  return makeValue({
    type: left.type, size, count: left.count && right.count ? add(left.count, right.count) : null, element: left.element ?? right.element,
    links: inPlace && mutable ? [...left.links, ...elements] : [...fresh(site), ...elements],
  })
}

/** Only such a one can be added to another. */
function isReferenceSequence({ type }: Value): boolean {
  return type === 'list' || type === 'tuple'
}

function compareValue(expr: Compare, e: Evaluator): Value {
  const truth = makeValue({ type: 'bool', size: smallSize('a truth value') })
  if (expr.ops.length > 1 || /in|is/.test(expr.ops[0] ?? '')) return truth
  const operands = [e.ofExpr(expr.left), e.ofExpr(expr.comparators[0]!)]
  const bulk = operands.find(o => {
    const kind = kindOf(o.type, e.context)
    return kind !== null && ELEMENTWISE.has(kind)
  })
  return bulk ? elementwise(expr, expr, bulk, operands.find(o => o !== bulk) ?? bulk, e) : truth
}

export function unaryValue(expr: UnaryOp, e: Evaluator): Value {
  const operand = e.ofExpr(expr.operand)
  if (expr.op === 'not') return makeValue({ type: 'bool', size: smallSize('a truth value') })
  const kind = kindOf(operand.type, e.context)
  if (kind && ELEMENTWISE.has(kind)) return makeValue({ type: operand.type, size: operand.size, links: fresh(expr), guessed: operand.guessed })
  if (isScalar(kind)) return makeValue({ type: operand.type, size: smallSize('a number') })
  return makeValue({ links: fresh(expr) })
}
