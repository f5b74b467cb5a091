/** The value that a library model describes, for one call, attribute, item or iteration. */
import type { CallModel, ParamRef, ResultModel, ValueKind, VariantModel } from '../models/model.ts'
import { convertedContainer } from './containers.ts'
import { elementOf, kindOf, ofType, takenKey } from './parts.ts'
import type { ArgumentLookup } from './size-models.ts'
import { modelSize, ofPart } from './size-models.ts'
import type { Evaluator } from './evaluate.ts'
import type { Range } from './range.ts'
import { containing, contentSize, doubtful, holdsWhatItGives, itemOf, keepingElements, makeValue, NEW, sharing, smallSize, takenFrom, unmoved, viewing, type Link, type Site, type Size, type Step, type Value } from './value.ts'

/** `what` names the operation to a person (`pandas.read_csv()`); `site` is the expression that makes a fresh result. */
export interface Interpretation {
  readonly args: ArgumentLookup
  readonly site: Site
  readonly what: string
  readonly model: string | null
  /** What a `part` is taken as. */
  readonly step: Step
}

export function interpret(model: ResultModel, use: Interpretation, e: Evaluator): Value {
  const sources = (model.of ?? []).flatMap(ref => use.args(ref))
  const walkedBy = walkedPart(model, sources, use, e)
  if (walkedBy) return walkedBy
  const type = resultType(model, sources, use)
  const typed = type === null ? null : ofType({ type, element: null }, e.context)
  const items = model.tuple ? model.tuple.flatMap(item => tupleItem(item, { ...use, site: NEW }, e)).map(item => itemOf(use.site, item)) : null
  const element = model.yields ? lastOf(use.site, interpret(model.yields, { ...use, site: NEW, step: 'element' }, e))
    : model.element ? ofType({ type: model.element, element: null }, e.context)
    : inheritedElement(model, sources) ?? typed?.element ?? null
  const stated = statedSize(model, use) ?? sizeOfSource(model, sources)
  // Of a type made for bulk data, computed from unknown objects: at least that is known.
  const own = stated && !(stated.origin === 'unknown' && typed?.size.origin === 'derived') ? stated : typed?.size
  const size = own?.origin === 'unknown' && element?.size.origin === 'derived' ? { ...own, origin: element.size.origin } : own
  const converted = takesAll(model, type, use) && sources.length === 1 ? convertedContainer(type, sources[0]!, e) : null
  return makeValue({
    type,
    ...(size ? { size } : {}),
    streams: modelSize(model.streams, use.args, use.what) ?? (typed?.streams ? walked(typed.streams, sources) : null),
    items: items ?? inheritedItems(model, sources),
    element,
    count: countOf(model, sources, use),
    ...converted,
    links: [...resultLinks(model, sources, use, e).filter(l => l.how !== 'keeps' || !isPlainData(type, e)), ...(items ? containing(items).filter(l => l.share === 'field') : [])],
    model: use.model,
    isView: model.relation === 'view',
    guessed: sources.some(s => s.guessed) && type !== null,
  })
}

/** What walking the argument gives, where its type says that this is more than an element of it: a row of an array shows the whole. */
function walkedPart(model: ResultModel, [source, ...others]: readonly Value[], { step }: Interpretation, e: Evaluator): Value | null {
  const isPlain = model.relation === 'part' && model.result === undefined && model.size === undefined && model.key !== true
  if (!isPlain || step !== 'element' || source?.type == null || others.length > 0) return null
  const { iterate } = e.context.models.type(source.type) ?? {}
  return iterate !== undefined && iterate.relation !== 'part' ? elementOf(source, e) : null
}

/** It refers to nothing. */
export function isPlainData(type: string | null, e: Evaluator): boolean {
  const kind = kindOf(type, e.context)
  return kind === 'str' || kind === 'int' || kind === 'float' || kind === 'bool' || kind === 'none'
}

/** What gives pairs keeps the last one, and what is in it, until it has made the next (facts 35, 37). */
function lastOf(iterator: Site, given: Value): Value {
  return given.items ? { ...given, items: given.items.map(item => itemOf(iterator, item)) } : given
}

/** A container of all elements of what it is made from, not of a slice of them. */
function takesAll(model: ResultModel, type: string | null, use: Interpretation): boolean {
  return model.relation === 'container' && (use.model === type || (typeof model.size === 'object' && 'like' in model.size && !model.size.upTo))
}

function countOf(model: ResultModel, sources: readonly Value[], use: Interpretation): Value['count'] {
  if (typeof model.size === 'object' && 'count' in model.size) return use.args(model.size.count)[0]?.number ?? null
  return keepsCount(model) ? sources[0]?.count ?? null : null
}

/** What an iterator of unknown elements gives: as much as outside or the objects it walks decide. */
function walked(own: Size, sources: readonly Value[]): Size {
  if (own.origin !== 'unknown') return own
  const source = sources.map(contentSize).find(s => s.origin === 'outside' || s.origin === 'derived')
  return source ? { ...own, origin: source.origin, basis: `computed from ${source.basis}` } : own
}

/** The result of a call: what it was told to write into, else its model, or the variant that a literal argument selects. */
export function interpretCall(model: CallModel, use: Interpretation, e: Evaluator): Value {
  const out = writtenInto(use, e)
  if (out.length > 0) return interpret({ ...(model.result === undefined ? {} : { result: model.result }), relation: 'alias', of: ['out'] }, { ...use, args: ref => (ref === 'out' ? out : use.args(ref)) }, e)
  const variant = model.when?.find(v => matches(v, use.args))
  return interpret(variant?.then ?? model, use, e)
}

/** `np.add(a, b, out=c)`, `np.add(a, b, out=(c,))`: nothing new comes into being, whatever the function. Of an argument of that name that is no array nothing is told. */
function writtenInto({ args }: Interpretation, { context }: Evaluator): readonly Value[] {
  return args('out').flatMap(given => given.items ?? [given]).filter(({ type, size }) => (type === null ? size.high === null : WRITABLE.has(kindOf(type, context)!)))
}

const WRITABLE: ReadonlySet<ValueKind> = new Set<ValueKind>(['array', 'tensor', 'sparse'])

/** The arguments are as the variant says. */
export function matches(variant: Omit<VariantModel, 'then'>, args: ArgumentLookup): boolean {
  const [value] = args(variant.arg)
  const isNone = value === undefined || value.type === 'NoneType'
  if (variant.given !== undefined) return variant.given !== isNone
  if (value === undefined) return false
  if (variant.type !== undefined) return value.type === variant.type
  if (variant.atMost !== undefined) return isAtMost(value.number ?? (value.text === null ? value.count : null), variant.atMost)
  if (variant.single) return value.count !== null && value.count.high === 1
  if (variant.has !== undefined) return value.text !== null && value.text.includes(variant.has)
  switch (typeof variant.is) {
    case 'string': return value.text === variant.is
    case 'number': return value.number !== null && value.number.low === variant.is && value.number.high === variant.is
    case 'boolean': return value.type === 'bool' && value.text === String(variant.is)
    default: return variant.is === null && isNone
  }
}

function isAtMost(range: Range | null, most: number): boolean {
  return range?.high != null && range.high <= most
}

function resultType(model: ResultModel, sources: readonly Value[], use: Interpretation): string | null {
  if (model.typeOf !== undefined) {
    const type = use.args(model.typeOf)[0]?.type
    if (type) return type
  }
  if (model.result !== undefined) return model.result
  if (model.relation === 'alias') return sources[0]?.type ?? null
  if (model.relation === 'part') return takenPart(model, sources)?.type ?? null
  return null
}

function statedSize(model: ResultModel, use: Interpretation): Size | null {
  const size = modelSize(model.size, use.args, use.what)
  return size && model.relation === 'part' ? { ...size, origin: ofPart(size.origin) } : size
}

/** What is known of the elements (or keys) of which the model gives one. */
function takenPart(model: ResultModel, sources: readonly Value[]): Value | null {
  return (model.key ? sources[0]?.key : sources[0]?.element) ?? null
}

/** The size of the very object that is given, or of one of the known elements it is given from. */
function sizeOfSource(model: ResultModel, sources: readonly Value[]): Size | undefined {
  if (model.relation === 'alias') return sources[0]?.size
  if (model.relation !== 'part') return undefined
  if (model.key) return smallSize('a key')
  const part = model.result === undefined ? takenPart(model, sources) : null
  return part && part.size.origin !== 'unknown' ? part.size : undefined
}

function inheritedElement(model: ResultModel, sources: readonly Value[]): Value | null {
  if (model.relation === 'container' || model.relation === 'alias') return sources[0]?.element ?? null
  if (model.relation === 'part') return takenPart(model, sources)?.element ?? null
  return null
}

/** What is in a pair that comes out of an iterator is in it, too, where another iterator hands it on. */
function inheritedItems(model: ResultModel, sources: readonly Value[]): Value['items'] {
  return model.relation === 'part' && model.result === undefined ? takenPart(model, sources)?.items ?? null : null
}

function keepsCount(model: ResultModel): boolean {
  return (model.relation !== undefined && model.relation !== 'part' && model.relation !== 'keeper') || (typeof model.size === 'object' && 'like' in model.size && !model.size.upTo)
}

/** An item that stands for one per argument of a `*args` parameter becomes as many. */
function tupleItem(item: ResultModel, use: Interpretation, e: Evaluator): readonly Value[] {
  const [ref] = item.of ?? []
  const several = ref === undefined ? [] : use.args(ref)
  if (several.length <= 1) return [interpret(item, { ...use, site: NEW }, e)]
  return several.map(one => interpret(item, { ...use, site: NEW, args: (r: ParamRef) => (r === ref ? [one] : use.args(r)) }, e))
}

function resultLinks(model: ResultModel, sources: readonly Value[], { site, step }: Interpretation, e: Evaluator): readonly Link[] {
  const own: Link = { site, how: 'is', certain: true }
  switch (model.relation ?? 'fresh') {
    case 'fresh': return [own]
    case 'view':
    case 'keeper': return [own, ...maybe(model, viewing(sources))]
    case 'container': return [own, ...maybe(model, sources.flatMap(s => contentLinks(s, isOfAll(model, s))))]
    case 'part': return sources.length === 0 ? [own] : maybe(model, sources.flatMap(s => handedOver(s, e) ?? (model.key ? takenKey(s, site) : takenFrom(s, step, site))))
    case 'alias': {
      if (!model.maybe) return sources.flatMap(s => s.links)
      const sameType = sources[0]?.type !== null && sources[0]?.type === model.result && !sources[0]?.guessed
      return model.reuses && sameType ? sources.flatMap(s => s.links) : [own, ...maybe(model, sources.flatMap(s => s.links))]
    }
  }
}

/** An iterator gives what it makes or takes; what it keeps besides are not its elements. Null: nothing is known of them. */
function handedOver({ type, element }: Value, e: Evaluator): readonly Link[] | null {
  return element && element.links.length > 0 && kindOf(type, e.context) === 'iterator' ? element.links : null
}

/** A container made from an iterator holds what that yields; one made from a container shares its elements. */
function contentLinks(source: Value, isAll: boolean): readonly Link[] {
  return source.streams && source.element && source.element.links.length > 0 ? sharing(source.element, isAll && holdsWhatItGives(source)) : keepingElements([source], isAll)
}

/** Not of a slice or of those that differ; of a mapping its values, too. */
function isOfAll({ size, result }: ResultModel, { type }: Value): boolean {
  return typeof size === 'object' && 'like' in size && !size.upTo && (type !== 'dict' || result === undefined || result === 'dict')
}

function maybe(model: ResultModel, links: readonly Link[]): readonly Link[] {
  if (model.maybe === 'rarely') return doubtful(links).map(l => ({ ...l, weak: true }))
  if (model.maybe === 'unmoved') return unmoved(links)
  return model.maybe ? doubtful(links) : links
}
