/** What one gets out of an object: its elements, items, slices and attributes; and what a type alone tells of an object. */
import type { Attribute, Expr, Subscript } from '../syntax/ast.ts'
import type { IndexKind, ParamRef, ResultModel, TypeName, ValueKind } from '../models/model.ts'
import type { AnnotatedType } from './annotations.ts'
import { propertyValue } from './calls.ts'
import type { FrameContext } from './context.ts'
import type { Evaluator } from './evaluate.ts'
import { fromPlain } from './foreign.ts'
import { definitionOf, dottedName } from './names.ts'
import { ANY, multiply } from './range.ts'
import { interpret, type Interpretation } from './results.ts'
import { typeToldOf } from './usage.ts'
import { modelSize } from './size-models.ts'
import { elementType } from './sizes/dtypes.ts'
import { doubtful, isSmall, keeping, keepingElements, LITTLE, makeValue, NEW, OUTER, placedAt, sized, smallSize, takenFrom, UNKNOWN, viewing, type Link, type Site, type Size, type Step, type Value } from './value.ts'

/** Kinds of values that hold data in bulk: unknown in size, but made to be large. */
const BULK: ReadonlySet<ValueKind> = new Set(['array', 'frame', 'series', 'tensor', 'sparse', 'image', 'graph', 'tree', 'model', 'table'])
const SMALL: ReadonlySet<ValueKind> = new Set(['int', 'float', 'bool', 'none', 'iterator', 'handle', 'function'])

export function kindOf(type: TypeName | null, context: FrameContext): ValueKind | null {
  return type === null ? null : context.models.type(type)?.kind ?? null
}

export function isBulk({ type }: Pick<Value, 'type'>, context: FrameContext): boolean {
  const kind = kindOf(type, context)
  return kind !== null && BULK.has(kind)
}

/** A value of which only the type is known. */
export function ofType(annotated: AnnotatedType, context: FrameContext): Value {
  const kind = kindOf(annotated.type, context)
  const element = annotated.element ? ofType(annotated.element, context) : elementOfType(annotated.type, context)
  const size = kind === null ? UNKNOWN.size
    : BULK.has(kind) ? sized(ANY, 'derived', article(kind))
    : SMALL.has(kind) ? smallSize(article(kind))
    : sized(ANY, 'unknown', article(kind))
  const key = annotated.key ? ofType(annotated.key, context) : null
  const items = annotated.items?.map(item => (item === null ? UNKNOWN : ofType(item, context))) ?? null
  return makeValue({ type: annotated.type, size, element, key, items, streams: streamsOf(annotated.type, kind, context) })
}

/** A value of unknown type that what is done with it tells the type of. */
export function guessedAs(type: TypeName, value: Value, context: FrameContext): Value {
  const typed = ofType({ type, element: null }, context)
  return { ...value, type, guessed: true, element: value.element ?? typed.element, size: value.size.origin === 'unknown' ? typed.size : value.size }
}

/**
 * What an attribute is asked of. A name is followed to its bindings, which know of all its uses; anything else is what this one tells: `self.frame.iloc`.
 * So is what was guessed to be of a type that has no such attribute.
 */
export function receiverValue(expr: Attribute, e: Evaluator): Value {
  const { value: receiver, attr } = expr
  const value = e.ofExpr(receiver)
  const isOpen = value.type === null ? receiver.kind !== 'Name' && value.size.high === null : value.guessed && !hasAttribute(value.type, attr, e)
  const told = isOpen ? typeToldOf(expr) : null
  return told === null ? value : guessedAs(told, value, e.context)
}

function hasAttribute(type: TypeName, name: string, { context: { models } }: Evaluator): boolean {
  return models.method(type, name) !== null || models.attribute(type, name) !== null
}

function streamsOf(type: TypeName, kind: ValueKind | null, context: FrameContext): Size | null {
  const stated = modelSize(context.models.type(type)?.streams, () => [], type)
  return stated ?? (kind === 'iterator' ? UNKNOWN.size : null)
}

function elementOfType(type: TypeName, context: FrameContext): Value | null {
  const element = context.models.type(type)?.element
  return element === undefined || element === type ? null : ofType({ type: element, element: null }, context)
}

const WORDS: Readonly<Partial<Record<ValueKind, string>>> = {
  frame: 'data frame', sparse: 'sparse matrix', handle: 'handle', model: 'model with its weights', table: 'table', tree: 'parsed document', none: 'None',
}

function article(kind: ValueKind): string {
  const word = WORDS[kind] ?? kind
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

/** What iterating yields, or (`step` is `field`) what unpacking gives each name. */
export function elementOf(value: Value, e: Evaluator, step: Step = 'element'): Value {
  const model = value.type === null ? null : e.context.models.type(value.type)?.iterate ?? null
  const kind = kindOf(value.type, e.context)
  if (value.items && value.items.length > 0) return joinedItems(value, step)
  if (kind === 'dict') return keyOf(value)
  if (model) {
    const interpreted = fromModel(model, value, { site: NEW, what: 'an element', step }, e)
    return value.element ? { ...value.element, links: interpreted.links.length > 0 ? interpreted.links : value.element.links } : interpreted
  }
  // An iterator hands its elements over; a container keeps them; an object of unknown type may do the one or the other.
  const links = kind === 'iterator' ? value.element?.links ?? [] : value.type === null && step === 'element' ? takenPerhaps(value, NEW) : takenFrom(value, step, NEW)
  return { ...(value.element ?? UNKNOWN), links, count: value.element?.count ?? null }
}

/** What comes out of a list or a loader of batches, one item or what an array of indices picks: nobody knows which. */
function takenPerhaps(value: Value, site: Site): readonly Link[] {
  return takenFrom(value, 'element', site).map(l => (l.how === 'part' ? { ...l, certain: false } : l))
}

function keyOf(mapping: Value): Value {
  return { ...(mapping.key ?? makeValue({ size: smallSize('a key') })), links: takenKey(mapping, NEW) }
}

/** One of a mapping's keys: little of it, whatever its values are. */
export function takenKey(mapping: Value, site: Site): readonly Link[] {
  return takenFrom(mapping, 'element', site).map(l => (l.how === 'part' ? { ...l, share: 'little' as const } : l))
}

function joinedItems(value: Value, step: Step): Value {
  const types = new Set(value.items!.map(i => i.type))
  const [only] = types
  const first = value.items![0]!
  const links = takenFrom(value, step, NEW)
  return types.size === 1 ? { ...first, type: only ?? null, number: null, text: null, links } : makeValue({ links })
}

/** A tuple that is in a container keeps what is in the tuple there. */
export function goesWith(item: Value, { links }: Value): Value {
  if (isSmall(item, LITTLE) || item.links.some(l => l.how === 'part')) return item
  return { ...item, links: [...item.links, ...links.filter(l => l.how === 'part')] }
}

/** An index of which nothing is known may be an array of them, which copies where a number shows. */
export function itemValue(expr: Subscript, base: Value, e: Evaluator): Value {
  const index = expr.slice
  if (base.items && index.kind === 'Constant' && typeof index.value === 'number' && base.items[index.value]) return placedAt(expr, goesWith(base.items[index.value]!, base))
  const type = base.type === null ? null : e.context.models.type(base.type)
  const kind = indexKind(index, e)
  const step = stepOf(index)
  const model = (kind && type?.items?.[kind]) ?? type?.item ?? null
  if (model) {
    const value = fromModel(kind === null && type?.items?.list ? { ...model, maybe: model.maybe ?? true } : model, base, { site: expr, what: 'an item', step }, e)
    return value.type === null && base.element && model.relation === 'part' ? { ...base.element, links: value.links } : value
  }
  if (base.type === null && (isList(index, e) || picksByList(index, e))) return pickedFrom(expr, e)
  const isOne = base.type !== null || index.kind === 'Constant' || kind === 'int' || kind === 'str'
  return { ...(base.element ?? UNKNOWN), links: isOne ? takenFrom(base, step, expr) : takenPerhaps(base, expr) }
}

/** A list or an array as the index: only arrays and their like take that, and copy what it picks. */
function pickedFrom(expr: Subscript, e: Evaluator): Value {
  return { ...ofType({ type: 'numpy.ndarray', element: null }, e.context), guessed: true, links: [{ site: expr, how: 'is', certain: true }] }
}

function isList(index: Expr, e: Evaluator): boolean {
  const { type, isView } = e.ofExpr(index)
  // An element of an array shows it, if it is not a number.
  if (isView && index.kind === 'Name' && e.context.flow.reaching(index).every(b => b.kind === 'for' || b.kind === 'comprehension')) return false
  const kind = kindOf(type, e.context)
  return type === 'range' || kind === 'list' || kind === 'array' || kind === 'series'
}

/** A key in the text names one field of a record. */
function stepOf(index: Expr): Step {
  if (index.kind !== 'Constant') return 'element'
  return index.type === 'str' ? 'field' : 'item'
}

/** What the index is, as far as its text or value tells; null where it does not. */
function indexKind(index: Expr, e: Evaluator): IndexKind | null {
  switch (index.kind) {
    case 'Constant': return index.type === 'int' ? 'int' : index.type === 'str' ? 'str' : null
    case 'List': return 'list'
    case 'Tuple': return 'tuple'
    case 'Compare': return 'mask'
    case 'UnaryOp': return index.op === '~' || index.op === 'not' ? 'mask' : 'int'
    case 'BinOp': return index.op === '&' || index.op === '|' ? 'mask' : null
  }
  const value = e.ofExpr(index)
  switch (kindOf(value.type, e.context)) {
    case 'int': return 'int'
    case 'str': return 'str'
    case 'list': return 'list'
    case 'array':
    case 'series':
    case 'tensor': return 'mask'
    default: return value.type === 'range' ? 'list' : null
  }
}

export function sliceValue(expr: Subscript, base: Value, e: Evaluator): Value {
  const kind = kindOf(base.type, e.context)
  const sliced = anySlice(expr, base, e)
  // Rows and columns together (`df.loc[:, "a"]`) select a frame, a column or a cell.
  const value = kind === 'view' && expr.slice.kind === 'Tuple' ? { ...sliced, type: null } : sliced
  const most = mostItems(expr.slice)
  if (most !== null && most <= FEW && (kind === null || COUNTED.has(kind))) return fewItems(value, kind, most)
  const rows = expr.slice.kind === 'Tuple' ? mostItems(expr.slice.elts[0]!) : most
  return rows !== null && rows <= FEW_ROWS && isOfRows(sliced, e.context) ? { ...value, size: smallSize(`at most ${rows} rows`) } : value
}

/** `table.iloc[:100]`: its slices take rows. */
function isOfRows({ type }: Value, context: FrameContext): boolean {
  const kind = kindOf(type, context)
  return kind === 'frame' || kind === 'series'
}

/** Kinds whose slices hold as many items as the bounds say, each of the size of an element. */
const COUNTED: ReadonlySet<ValueKind> = new Set(['list', 'tuple', 'deque', 'str', 'bytes', 'bytearray'])

/** `rows[:10]`, `rows[5:8]`, `rows[-3:]`: the number of items at most; null where the bounds are not in the text, or far apart. */
export function mostItems(slice: Expr): number | null {
  if (slice.kind !== 'Slice') return null
  const { lower, upper } = slice
  const [from, to] = [lower && indexIn(lower), upper && indexIn(upper)]
  const most = to !== null && to >= 0 ? to - Math.max(0, from ?? 0) : upper === null && from !== null && from < 0 ? -from : null
  return most !== null && !(from !== null && from < 0 && to !== null) ? Math.max(0, most) : null
}

const FEW = 64
const FEW_ROWS = 10_000

function indexIn(expr: Expr): number | null {
  if (expr.kind === 'UnaryOp' && expr.op === '-') {
    const positive = indexIn(expr.operand)
    return positive === null ? null : -positive
  }
  return expr.kind === 'Constant' && typeof expr.value === 'number' ? expr.value : null
}

/** A few items are little of what they come from, unless each is large itself. */
function fewItems(value: Value, kind: ValueKind | null, most: number): Value {
  const each = value.element?.size ?? UNKNOWN.size
  const size = kind === 'str' || kind === 'bytes' || kind === 'bytearray' ? smallSize('a short slice')
    : sized(multiply(each, { low: 0, high: most }), each.origin, `${most} items, each ${each.basis}`)
  const links = value.links.map(l => (l.share === 'all' ? { ...l, share: 'element' as const } : l))
  return { ...value, size, links, count: { low: 0, high: most } }
}

function anySlice(expr: Subscript, base: Value, e: Evaluator): Value {
  if (isWhole(expr.slice) && (base.type === null || base.guessed)) return wholeOf(expr, base)
  const type = base.type === null ? null : e.context.models.type(base.type)
  const model = (picksByList(expr.slice, e) && type?.items?.list) || type?.slice
  if (model) return fromModel(model, base, { site: expr, what: 'a slice', step: 'element' }, e)
  // Unknown type: a view or a copy.
  return makeValue({ type: base.type, size: base.size, isView: true, links: [{ site: expr, how: 'is', certain: true }, ...doubtful(viewing([base]))] })
}

/** `x[indices, :]`, `x[k, indices]`: one of the indices is a list or array, which copies. */
function picksByList(slice: Expr, e: Evaluator): boolean {
  return slice.kind === 'Tuple' && slice.elts.some(x => x.kind !== 'Slice' && isList(x, e))
}

/** `x[:]` */
function isWhole(slice: Expr): boolean {
  return slice.kind === 'Slice' && slice.lower === null && slice.upper === null && slice.step === null
}

/** Who takes all of something wants it to be a copy of a list, or read from the file that it is in; only of an array in memory it is a view. */
function wholeOf(expr: Subscript, base: Value): Value {
  const shown = [...doubtful(viewing([base])), ...keepingElements([base])].map(l => ({ ...l, weak: true as const }))
  return makeValue({ type: base.type, guessed: base.guessed, size: base.size, links: [{ site: expr, how: 'is', certain: true }, ...shown] })
}

export function attributeValue(expr: Attribute, e: Evaluator): Value {
  const dotted = dottedName(expr, e.context)
  if (dotted !== null && e.context.models.canonical(dotted) !== null) return makeValue({ size: smallSize('a function or class'), model: dotted })
  const ofElements = elementType(dotted)
  if (ofElements !== null) return makeValue({ size: smallSize('a function or class'), model: ofElements })
  const elsewhere = dotted === null ? null : e.context.elsewhere.named(dotted)
  if (elsewhere?.kind === 'constant') return fromPlain(elsewhere.value, [{ site: OUTER, how: 'is', certain: true }])
  if (elsewhere) return makeValue({ size: smallSize('a function or class'), links: [{ site: OUTER, how: 'is', certain: true }] })
  const base = receiverValue(expr, e)
  // All that the object has, and goes on when the object has gone.
  if (expr.attr === '__dict__') return makeValue({ type: 'dict', size: base.size, links: base.links })
  const model = base.type === null ? null : e.context.models.attribute(base.type, expr.attr)
  if (model) {
    const value = fromModel(model, base, { site: expr, what: `.${expr.attr}`, step: 'field' }, e)
    return value.links.length > 0 || value.size.high !== null ? value : { ...value, links: takenFrom(base, 'field', expr) }
  }
  if (base.type !== null && e.context.models.method(base.type, expr.attr)) return boundMethod(expr, base)
  return ofClass(expr, e) ?? propertyValue(expr, base, e) ?? { ...(fieldOfTuple(base, e) ?? UNKNOWN), links: takenFrom(base, 'field', expr) }
}

/** What a named tuple of several of a kind has under a name is one of them: `torch.topk(score, 3).indices`. */
function fieldOfTuple({ type, element }: Value, { context }: Evaluator): Value | null {
  return kindOf(type, context) === 'tuple' ? element : null
}

/** What a class has from one of a library: `Order.objects`. */
function ofClass(expr: Attribute, e: Evaluator): Value | null {
  const library = libraryTypeOf(expr.value, e)
  const known = library === null ? undefined : e.context.models.type(library)?.ofClass
  const model = known && Object.hasOwn(known, expr.attr) ? known[expr.attr]! : null
  return model && fromModel(model, e.ofExpr(expr.value), { site: expr, what: `.${expr.attr}`, step: 'field' }, e)
}

/** The type of a library that the class derives from; null: the expression is no class, or none is known. */
function libraryTypeOf(expr: Expr, { context }: Evaluator): TypeName | null {
  const definition = definitionOf(expr, context)
  if (definition?.kind === 'class') return context.summaries.libraryOf(definition.def)
  const dotted = dottedName(expr, context)
  const elsewhere = dotted === null ? null : context.elsewhere.named(dotted)
  return elsewhere?.kind === 'class' ? elsewhere.library : null
}

/** A method without its call keeps the object it will be called on (fact 57). */
function boundMethod(expr: Attribute, base: Value): Value {
  return makeValue({ type: 'function', size: smallSize('a method'), links: [{ site: expr, how: 'is', certain: true }, ...keeping([base])] })
}

function fromModel(model: ResultModel, base: Value, from: Pick<Interpretation, 'site' | 'what' | 'step'>, e: Evaluator): Value {
  const args = (ref: ParamRef) => (ref === 'self' || ref === 0 ? [base] : [])
  const value = interpret(model, { ...from, args, what: base.type ? `${from.what} of ${base.type}` : from.what, model: base.type }, e)
  return base.guessed && value.type !== null ? { ...value, guessed: true } : value
}
