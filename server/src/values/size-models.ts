/** The size that a library model states, computed from the arguments of one call. */
import type { ParamRef, SizeModel } from '../models/model.ts'
import { add, ANY, exactly, multiply, upTo, type Range } from './range.ts'
import { itemsizeOf } from './sizes/dtypes.ts'
import { contentSize, readBy, sized, smallSize, type Size, type SizeOrigin, type Value } from './value.ts'

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
  for (const size of sources.map(contentSize)) {
    total = add(total, size)
    if (RANK[size.origin] > RANK[origin]) origin = size.origin
  }
  const range = multiply(total, exactly(model.times ?? 1))
  // A size copied from unknown objects is derived: the operation works on whole objects.
  const from = origin === 'unknown' ? 'unknown' : origin
  const strongest = sources.map(contentSize).reduce((a, b) => (RANK[a.origin] >= RANK[b.origin] && (a.high ?? 0) >= (b.high ?? 0) ? a : b))
  const basis = from === 'known' ? `${what}, as large as its argument` : `${what}, from ${strongest.basis}`
  return { ...(model.upTo ? sized(upTo(range), ofPart(from), basis) : sized(range, from, basis)), ...readBy(strongest.readers) }
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
  const itemsize = (dtype && dtypeItemsize(dtype)) ?? model.itemsize
  const bytes = multiply(elements, exactly(itemsize))
  const many = elements.high === null ? 'many' : elements.high.toLocaleString('en-US')
  return sized(bytes, 'known', `${what}: ${many} elements of ${itemsize} B`)
}

function dtypeItemsize(dtype: Value): number | null {
  const name = dtype.text ?? dtype.model
  return name === null ? null : itemsizeOf(name)
}
