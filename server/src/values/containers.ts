/** Displays, comprehensions, `range`, and containers that a loop fills: how many elements, of what, how large together. */
import type { Call, Comprehension, Expr } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { fresh, type Evaluator } from './evaluate.ts'
import { growthOf, type Growth } from './growth.ts'
import { add, ANY, exactly, isExact, multiply, upTo, type Range } from './range.ts'
import { losesMost } from './removals.ts'
import { ofPart } from './size-models.ts'
import { describe } from './sizes/describe.ts'
import { bytesOf } from './sizes/estimate.ts'
import type { Shape } from './sizes/shape.ts'
import { containing, contentSize, join, makeValue, readBy, sharing, sized, smallSize, UNKNOWN, type Size, type SizeOrigin, type Value } from './value.ts'

type ContainerType = 'list' | 'tuple' | 'set' | 'frozenset' | 'dict'

/** A display: `[a, b]`, `{k: v}`. */
export function container(site: Expr, type: ContainerType, elements: readonly Expr[], e: Evaluator): Value {
  const starred = elements.some(x => x.kind === 'Starred')
  const shown = elements.slice(0, MAX_ITEMS).map(x => e.ofExpr(x))
  const element = shown.reduce<Value | null>((a, b) => join(a, b), null)
  const count = starred ? { low: elements.length - 1, high: null } : exactly(elements.length)
  const each = !starred && shown.length === elements.length
  const shape = each ? displayShape(type, shown.map(shapeOf)) : containerShape(type, count, element, 'exact')
  const held = shown.filter(v => v.size.origin !== 'known').reduce<SizeOrigin>((a, v) => stronger(a, v.size.origin), 'known')
  const constant = elements.length > 0 && elements.every(isConstant)
  return makeValue({
    type, shape, count, element: element && unplaced(element),
    items: (type === 'list' || type === 'tuple') && !starred && elements.length <= MAX_ITEMS ? shown : null,
    size: constant ? smallSize(`a ${type} of constants`) : sizeOfShape(shape, held === 'known' ? 'unknown' : held, e),
    links: [...fresh(site), ...containing(shown)],
  })
}

function displayShape(type: ContainerType, items: readonly Shape[]): Shape {
  switch (type) {
    case 'list': return { kind: 'list', growth: 'exact', items }
    case 'dict': return { kind: 'dict', strKeys: false, entries: items.map(item => [{ kind: 'shared' }, item] as const) }
    default: return { kind: type, items }
  }
}

/** Elements of longer displays are not looked at one by one. */
const MAX_ITEMS = 64

function isConstant(expr: Expr): boolean {
  return expr.kind === 'Constant' || ((expr.kind === 'Tuple' || expr.kind === 'List') && expr.elts.every(isConstant))
}

/** An element in general: not this one with its number and links. */
function unplaced(element: Value): Value {
  return { ...element, links: [] }
}

export function comprehensionContainer(expr: Comprehension, e: Evaluator): Value {
  const element = e.ofExpr(expr.elt)
  const value = expr.value ? e.ofExpr(expr.value) : null
  const sources = expr.generators.map(g => e.ofExpr(g.iter))
  const all = sources.reduce<Range>((n, source) => multiply(n, source.count ?? ANY), exactly(1))
  const areDifferent = expr.form === 'list' || (isDistinct(element) && expr.generators.length === 1)
  const filtered = expr.generators.some(g => g.ifs.length > 0) || !areDifferent
  const count = filtered ? upTo(all) : all
  const type = expr.form === 'dict' ? 'dict' : expr.form === 'set' ? 'set' : 'list'
  const shape: Shape = type === 'dict'
    ? { kind: 'dict', strKeys: element.type === 'str', count, key: shapeOf(element), value: shapeOf(value ?? UNKNOWN) }
    : containerShape(type, count, element, 'appended')
  // A source says how many elements there are, not how large each is.
  const origins = [...sources.map(s => ofPart(contentSize(s).origin)), ...[element, ...(value ? [value] : [])].map(v => contentSize(v).origin)]
  const origin = origins.reduce(stronger, 'unknown')
  return makeValue({
    type, shape, count, element: unplaced(value ?? element), key: value && unplaced(element),
    size: sizeOfShape(shape, origin === 'known' ? 'derived' : origin, e),
    links: [...fresh(expr), ...sharing(value ?? element, expr.generators.every(g => g.ifs.length === 0))],
  })
}

const RANK: Readonly<Record<SizeOrigin, number>> = { outside: 3, derived: 2, unknown: 1, known: 0 }

function stronger(a: SizeOrigin, b: SizeOrigin): SizeOrigin {
  return RANK[b] > RANK[a] ? b : a
}

/** The size of a shape; `otherwise` is its origin where the shape leaves it open. */
export function sizeOfShape(shape: Shape, otherwise: SizeOrigin, e: Evaluator): Size {
  const bytes = bytesOf(shape, e.context.target)
  return sized(bytes, bytes.high === null ? otherwise : 'known', describe(shape))
}

function containerShape(type: ContainerType, count: Range, element: Value | null, growth: 'exact' | 'appended'): Shape {
  const part: Shape = element ? shapeOf(element) : { kind: 'shared' }
  switch (type) {
    case 'list': return { kind: 'list', growth, count, element: part }
    case 'dict': return { kind: 'dict', strKeys: false, count, key: { kind: 'shared' }, value: part }
    default: return { kind: type, count, element: part }
  }
}

/** What an object is made of, as far as its value tells. */
export function shapeOf(value: Value): Shape {
  if (value.shape) return value.shape
  switch (value.type) {
    case 'int': return { kind: 'int', range: value.number ?? { low: -Infinity, high: null } }
    case 'float':
    case 'complex': return { kind: value.type }
    case 'NoneType':
    case 'bool': return { kind: 'shared', name: value.type === 'bool' ? 'bool' : 'None' }
    case 'str': return value.count ? { kind: 'str', length: value.count, width: 'ascii' } : { kind: 'str', length: ANY, width: 'unknown' }
    case 'bytes':
    case 'bytearray': return { kind: value.type, length: value.count ?? ANY }
  }
  return { kind: 'opaque', bytes: value.size, basis: value.type ?? 'objects' }
}

/** `range(…)`: how many ints and between which. */
export function rangeValue(call: Call, e: Evaluator): Partial<Value> {
  const numbers = call.args.map(a => (a.form === 'positional' ? e.ofExpr(a.value).number : null))
  const [first = null, second = null] = numbers
  const step = call.args.length > 2 ? stepOf(call.args[2]!.value, e) : 1
  const [start, stop] = call.args.length > 1 ? [first, second] : [exactly(0), first]
  const [from, to] = step !== null && step < 0 ? [stop, start] : [start, stop]
  if (!from || !to || step === null || to.high === null || from.high === null) return { element: makeValue({ type: 'int', size: smallSize('an int') }) }
  const rounds = (distance: number): number => Math.max(0, Math.ceil(distance / Math.abs(step)))
  const count = { low: rounds(to.low - from.high), high: rounds(to.high - from.low) }
  const element = makeValue({ type: 'int', size: smallSize('an int'), number: { low: from.low, high: Math.max(from.low, to.high - 1) } })
  const shape: Shape = { kind: 'int', range: element.number!, distinct: true }
  return { count, element: { ...element, shape }, streams: sizeOfShape({ kind: 'list', growth: 'exact', count, element: shape }, 'known', e) }
}

/** Not zero; null where it is not known. */
function stepOf(expr: Expr, e: Evaluator): number | null {
  const [sign, operand] = expr.kind === 'UnaryOp' && expr.op === '-' ? [-1, expr.operand] : [1, expr]
  const { number } = e.ofExpr(operand)
  return number && isExact(number) && number.low > 0 ? sign * number.low : null
}

/** A container made of all that another object yields (`tuple(rows)`, `set(range(n))`), where it is known how many there are of what; else null. */
export function convertedContainer(type: string | null, { count, element }: Value, e: Evaluator): Pick<Value, 'shape' | 'count' | 'size'> | null {
  if (!isConversion(type) || count === null || count.high === null || element === null) return null
  const isSet = type === 'set' || type === 'frozenset'
  const kept = isSet && !isDistinct(element) ? { low: Math.min(1, count.low), high: count.high } : count
  const shape = containerShape(type, kept, element, 'exact')
  const size = sizeOfShape(shape, 'unknown', e)
  return size.high === null ? null : { shape, count: kept, size }
}

/** An element of a container of which no two are equal. */
export function isDistinct({ shape }: Value): boolean {
  return shape?.kind === 'int' && shape.distinct === true
}

function isConversion(type: string | null): type is Exclude<ContainerType, 'dict'> {
  return type === 'list' || type === 'tuple' || type === 'set' || type === 'frozenset'
}

/** A container bound empty or small and changed by later statements: what it holds when they are done. Null where nothing changes it. */
export function changedContainer(binding: Binding, value: Value, e: Evaluator): Value | null {
  if (value.type === null || !GROWABLE.has(value.type) || (value.count?.high ?? 0) > MAX_ITEMS) return null
  const grown = grownContainer(binding, value, e)
  const made = grown ?? value
  return losesMost(binding, made.count, e.context.flow) ? emptied(made) : grown
}

/** Nobody knows what is left. */
function emptied(value: Value): Value {
  const links = value.links.map(l => (l.how === 'keeps' && l.certain ? { ...l, certain: false } : l))
  return { ...value, size: { ...value.size, low: 0, origin: 'unknown' }, count: value.count && { ...value.count, low: 0 }, items: null, links }
}

function grownContainer(binding: Binding, value: Value, e: Evaluator): Value | null {
  const isMapping = value.type !== 'list' && value.type !== 'collections.deque'
  const growths = growthOf(binding, e).filter(g => isMapping || !g.keyed)
  if (growths.length === 0) return null
  const count = growths.reduce<Range>((n, g) => add(n, g.times), value.count ?? exactly(0))
  const element = growths.reduce<Value | null>((v, g) => join(v, g.element), value.element)
  const shape = containerShape(value.type === 'dict' ? 'dict' : value.type === 'set' ? 'set' : 'list', count, element, 'appended')
  const origin = growths.reduce<SizeOrigin>((o, g) => stronger(o, growthOrigin(g)), 'unknown')
  const size = sizeOfShape(shape, origin, e)
  const [loop] = growths.filter(g => g.inLoop)
  const basis = size.high === null && loop ? `a ${value.type} grown in a loop` : size.basis
  const readers = origin === 'outside' ? growths.map(readersOf) : []
  const read = readBy(readers.every(r => r !== undefined) && readers.length > 0 ? readers.flat() : undefined, origin === 'outside' && loop ? binding.variable.name : undefined)
  return { ...value, shape, count, element: element && unplaced(element), items: null, size: { ...size, basis, ...read } }
}

const GROWABLE = new Set(['list', 'dict', 'set', 'collections.deque', 'collections.defaultdict', 'collections.OrderedDict', 'collections.Counter'])

/** Of the elements, or else of what says how many there are. */
function readersOf({ element, readers }: Growth): readonly string[] | undefined {
  return element?.size.origin === 'outside' ? element.size.readers : readers
}

function growthOrigin(growth: Growth): SizeOrigin {
  if (growth.isPart) return 'unknown'
  // One thing that only the name of a function says is read makes no container of data.
  if (growth.source === 'outside' || (growth.element?.size.origin === 'outside' && (growth.inLoop || !growth.element.guessed))) return 'outside'
  return growth.inLoop ? 'derived' : 'unknown'
}
