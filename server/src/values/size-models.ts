/** The size that a library model states, computed from the arguments of one call. */
import type { ParamRef, SizeModel } from '../models/model.ts'
import { add, ANY, exactly, multiply, upTo, type Range } from './range.ts'
import { itemsizeOf } from './sizes/dtypes.ts'
import { contentSize, ofItems, readBy, sized, smallSize, type Size, type SizeOrigin, type Value } from './value.ts'

/** The arguments of a call by parameter name, position or `self`; several for a `*args` parameter, none where not passed. */
export type ArgumentLookup = (ref: ParamRef) => readonly Value[]

/** `what`: the result in words, e.g. `pandas.read_csv()`. Null where the model says nothing can be said. */
export function modelSize(model: SizeModel | undefined, args: ArgumentLookup, what: string): Size | null {
  if (model === undefined || model === 'unknown') return null
  if (model === 'outside') return { ...sized(ANY, 'outside', `what ${what} reads`), readers: [what.replace('()', '')] }
  if (model === 'reply') return sized(ANY, 'derived', `what ${what} gets`)
  if (model === 'small') return smallSize(`the small result of ${what}`)
  if ('like' in model) return likeSize(model, args, what)
  if ('shape' in model) return shapeSize(model, args, what)
  if ('range' in model) return rangeSize(model, args, what)
  return countSize(model, args, what)
}

type Case<K extends string> = Extract<SizeModel, Record<K, unknown>>

const RANK: Readonly<Record<SizeOrigin, number>> = { outside: 3, derived: 2, unknown: 1, known: 0 }

function likeSize(model: Case<'like'>, args: ArgumentLookup, what: string): Size | null {
  const sources = model.like.flatMap(ref => args(ref))
  if (sources.length === 0) return null
  let total: Range = exactly(0)
  let origin: SizeOrigin = 'known'
  const sizes = sources.map(source => (model.unwalked ? source.size : contentSize(source)))
  for (const size of sizes) {
    total = model.largest ? largest(total, size) : add(total, size)
    if (RANK[size.origin] > RANK[origin]) origin = size.origin
  }
  const itemsize = itemsizeGiven(model, args)
  const only = sources.length === 1 ? sources[0]! : null
  const range = itemsize !== null && only ? retyped(only, itemsize) ?? total : multiply(total, exactly(model.times ?? 1))
  // A size copied from unknown objects is derived: the operation works on whole objects.
  const from = origin === 'unknown' ? 'unknown' : origin
  const strongest = sizes.reduce((a, b) => (RANK[a.origin] >= RANK[b.origin] && (a.high ?? 0) >= (b.high ?? 0) ? a : b))
  const basis = from === 'known' ? `${what}, as large as its argument` : `${what}, from ${strongest.basis}`
  const items = ofItems(itemsize ?? (model.times === undefined ? strongest.itemsize : null))
  return { ...(model.upTo ? sized(upTo(range), ofPart(from), basis) : sized(range, from, basis)), ...readBy(strongest.readers, strongest.gathered), ...items }
}

function largest(a: Range, b: Range): Range {
  return { low: Math.max(a.low, b.low), high: a.high === null || b.high === null ? null : Math.max(a.high, b.high) }
}

/** Bytes of the same elements where each takes so many; null: it is not known how many there are. */
function retyped({ size, count, element }: Value, itemsize: number): Range | null {
  if (size.itemsize !== undefined) return multiply(size, exactly(itemsize / size.itemsize))
  return count !== null && (element?.type === 'int' || element?.type === 'float') ? multiply(count, exactly(itemsize)) : null
}

/** Of the elements of the result, by the dtype that is passed or by what the function makes; null: it is not told. */
function itemsizeGiven({ dtype, itemsize }: Case<'like'>, args: ArgumentLookup): number | null {
  const given = dtype === undefined ? [] : args(dtype).flatMap(d => dtypeItemsize(d) ?? [])
  return given[0] ?? itemsize ?? null
}

/** What is large by the word of the outside says less of its parts, filters and masks. */
export function ofPart(origin: SizeOrigin): SizeOrigin {
  return origin === 'outside' ? 'derived' : origin
}

function shapeSize(model: Case<'shape'>, args: ArgumentLookup, what: string): Size | null {
  const refs = Array.isArray(model.shape) ? model.shape as readonly ParamRef[] : [model.shape as ParamRef]
  const shapes = refs.flatMap(ref => args(ref))
  if (shapes.length === 0) return smallSize(`the small result of ${what}`)
  const elements = shapes.map(elementsOfShape).reduce<Range | null>((a, b) => (a && b ? multiply(a, b) : null), exactly(1))
  if (elements === null) return sized(ANY, 'derived', `an array made by ${what}`)
  return arraySize(elements, model, args, what)
}

/** An int, or a tuple of ints. */
function elementsOfShape(shape: Value): Range | null {
  if (shape.number) return shape.number
  if (!shape.items) return null
  return shape.items.reduce<Range | null>((a, item) => (a && item.number ? multiply(a, item.number) : null), exactly(1))
}

function rangeSize(model: Case<'range'>, args: ArgumentLookup, what: string): Size | null {
  const [start, stop, step] = model.range.map(ref => args(ref)[0]?.number ?? null)
  const first = args(model.range[0])
  if (first.length === 0) return smallSize(`the small result of ${what}`)
  const hasStop = args(model.range[1]).length > 0
  const from = hasStop ? start : exactly(0)
  const to = hasStop ? stop : start
  if (!from || !to || from.high === null || to.high === null) return sized(ANY, 'derived', `an array made by ${what}`)
  const width = step && step.low > 0 ? step.low : 1
  const elements = { low: Math.max(0, Math.ceil((to.low - from.high) / width)), high: Math.max(0, Math.ceil((to.high - from.low) / width)) }
  return arraySize(elements, model, args, what)
}

function countSize(model: Case<'count'>, args: ArgumentLookup, what: string): Size | null {
  const [count] = args(model.count)
  if (!count) return smallSize(`the small result of ${what}`)
  if (!count.number) return sized(ANY, 'derived', `what ${what} makes`)
  return arraySize(model.upTo ? upTo(count.number) : count.number, model, args, what)
}

function arraySize(elements: Range, model: { readonly dtype?: ParamRef; readonly itemsize: number }, args: ArgumentLookup, what: string): Size {
  const dtype = model.dtype === undefined ? undefined : args(model.dtype)[0]
  const isTold = dtype === undefined || dtype.type === 'NoneType'
  const itemsize = isTold ? model.itemsize : dtypeItemsize(dtype)
  const many = elements.high === null ? 'many' : elements.high.toLocaleString('en-US')
  // Of a type that nothing tells: mostly no more than 8 bytes, and 1 at least.
  if (itemsize === null) return sized(multiply(elements, { low: 1, high: Math.max(8, model.itemsize) }), 'known', `${what}: ${many} elements`)
  return { ...sized(multiply(elements, exactly(itemsize)), 'known', `${what}: ${many} elements of ${itemsize} B`), itemsize }
}

function dtypeItemsize(dtype: Value): number | null {
  const name = dtype.text ?? dtype.model
  return name === null ? null : itemsizeOf(name)
}
