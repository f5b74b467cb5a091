/**
 * What the analyser believes of an object: its type, its size, and which other objects keep it or are kept by it.
 * A value is plain data; it names objects by the place that makes them (a site).
 */
import type { Expr } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { TypeName } from '../models/model.ts'
import { ANY, hull, type Range } from './range.ts'
import type { Shape } from './sizes/shape.ts'

/**
 * The place that makes an object: an expression of this frame, a parameter's or imported name's binding,
 * or `OUTER`: everything that exists already when the frame starts and stays when it ends (globals, `self`, what arguments hold).
 */
export type Site = Expr | Binding | typeof OUTER | typeof NEW
export const OUTER = 'outer'
/** An object that an operation without an expression of its own makes (one step of an iterator); the binding it reaches stands for it. */
export const NEW = 'new'

/**
 * - `is`: the value is this object.
 * - `keeps`: the value keeps this object alive (a view its base, a container its element).
 * - `part`: this object keeps the value alive (an element of a list, an attribute).
 * `certain` false: it may be so.
 */
export interface Link {
  readonly site: Site
  readonly how: 'is' | 'keeps' | 'part'
  readonly certain: boolean
  /** Of a `part`: how much of the object it may be; absent: `element`. Of a `keeps`: it keeps such a part only; absent: the object itself. */
  readonly share?: Share
  /** Not certain, and not likely either: nothing is known of the function that was called, and most keep nothing of what they are given. */
  readonly weak?: true
  /** Only where a move or conversion had nothing to do (`unmoved`): whoever asks for one expects it to have. */
  readonly unmoved?: true
  /** The site does not make the object, it takes it out of another (`reply.content`, `rows[0]`). */
  readonly taken?: true
}

/**
 * How much of an object a part of it may be. `element`: one of many (`rows[i]`, `for row in rows`); all of them together are the
 * object's bulk. `field`: perhaps most of it (`reply["items"]`, `batch.images`). `little`: a field of each element, whose other fields go
 * with the object (`row["name"]`); a value that keeps such of all keeps nothing of the object, which has them as well. `all`: the elements, not the
 * object itself; a value that keeps them (`sorted(rows)`), or that stands for every one of them (`rows` in `f(*rows)`).
 */
export type Share = 'element' | 'field' | 'little' | 'all'

/**
 * One step into an object: `element` takes each in turn or one by a computed index, `item` one by a position in the text (`row[0]`),
 * `field` one by its name; `whole` all there is in it: the result of a future.
 */
export type Step = 'element' | 'item' | 'field' | 'whole'

/**
 * Where the knowledge of a size comes from. `outside`: a file, a query, a download decides. `derived`: computed from
 * objects of unknown size by operations on whole arrays, frames, texts. `unknown`: nothing is known.
 */
export type SizeOrigin = 'known' | 'outside' | 'derived' | 'unknown'

export interface Size extends Range {
  readonly origin: SizeOrigin
  /** For a person. */
  readonly basis: string
  /** Of `outside`: the function or stream that reads what decides (`numpy.loadtxt`), or those of which one does, through whatever was computed from that. */
  readonly readers?: readonly string[]
  /** Of `outside`: the name under which it was put together in a loop of the program, piece by piece, through whatever was computed from that. */
  readonly gathered?: string
  /** Of an array: bytes of each element, where they are known. */
  readonly itemsize?: number
}

export interface Value {
  readonly type: TypeName | null
  readonly size: Size
  /** What reading it out gives altogether, for iterators, views and files, which are small themselves; null for all that is no such thing. */
  readonly streams: Size | null
  /** What it is made of, where that is known well enough to compute its size from. */
  readonly shape: Shape | null
  /** Number of elements, characters or bytes it contains; null: not known or no container. */
  readonly count: Range | null
  /** The integer it is, where known. */
  readonly number: Range | null
  /** The text it is, where known and short. */
  readonly text: string | null
  /** Its items in order, where it is a tuple or list whose items are known one by one. */
  readonly items: readonly Value[] | null
  /** What iterating or indexing yields; of a mapping: its values. */
  readonly element: Value | null
  /** Of a mapping: its keys, which iterating yields; null: not known. */
  readonly key: Value | null
  readonly links: readonly Link[]
  /** The library model that spoke: `pandas.read_csv`. */
  readonly model: string | null
  /** The type is a guess from how the object is used. */
  readonly guessed: boolean
  /** It shows the memory of what it keeps and owns (next to) none: letting it go frees nothing while something else keeps that. */
  readonly isView: boolean
}

const UNKNOWN_SIZE: Size = { ...ANY, origin: 'unknown', basis: 'unknown' }

export const UNKNOWN: Value = {
  type: null, size: UNKNOWN_SIZE, streams: null, shape: null, count: null, number: null, text: null, items: null, element: null, key: null, links: [], model: null, guessed: false, isView: false,
}

/** What is being worked out further up gives this meanwhile: it adds nothing to what else a name may hold. Otherwise unknown. */
export const NOTHING: Value = { ...UNKNOWN }

/** A value like UNKNOWN but for the given properties. */
export function makeValue(known: Partial<Value>): Value {
  const { type = null, size = UNKNOWN_SIZE, streams = null, shape = null, count = null, number = null, text = null, items = null, element = null, key = null } = known
  const { links = UNKNOWN.links, model = null, guessed = false, isView = false } = known
  return { type, size, streams, shape, count, number, text, items, element, key, links: links.length > 1 ? distinct(links) : links, model, guessed, isView }
}

/** A value passes on no more links than this; what is dropped is weak first. */
const MOST_LINKS = 48

/** Each link once, in order; of two that differ in certainty only, the certain one. */
function distinct(links: readonly Link[]): readonly Link[] {
  const kept: Link[] = []
  const bySite = new Map<Site, Link[]>()
  for (const link of links) {
    const same = bySite.get(link.site)
    const twin = same?.findIndex(l => l.how === link.how && l.share === link.share) ?? -1
    if (twin >= 0) {
      const old = same![twin]!
      if (!isStronger(link, old)) continue
      same![twin] = link
      kept[kept.indexOf(old)] = link
    } else {
      kept.push(link)
      if (same) same.push(link)
      else bySite.set(link.site, [link])
    }
  }
  return kept.length <= MOST_LINKS ? kept : [...kept.filter(l => !l.weak), ...kept.filter(l => l.weak)].slice(0, MOST_LINKS)
}

function isStronger(a: Link, b: Link): boolean {
  return (a.certain && !b.certain) || (!a.weak && b.weak === true) || (a.certain === b.certain && a.weak === b.weak && !a.unmoved && b.unmoved === true)
}

export function sized(range: Range, origin: SizeOrigin, basis: string): Size {
  return { low: range.low, high: range.high, origin, basis }
}

/** The size of all that walking the object gives. */
export function contentSize(value: Value): Size {
  return value.streams ?? value.size
}

/** A size that is small whatever happens: numbers, booleans, short texts, small records. */
export function smallSize(basis: string): Size {
  return { low: 0, high: 1 << 16, origin: 'known', basis }
}

export function isSmall(value: Value, bytes: number): boolean {
  return value.size.high !== null && value.size.high < bytes
}

/** It owns (next to) nothing, and what it keeps goes with it: a view; a function that was given an object for its calls (`partial(f, x)`, `lambda x=x: …`, `x.method`). */
export function showsOthers({ isView, type }: Value): boolean {
  return isView || type === 'function' || type === 'functools.partial'
}

/** One of two values, whichever path was taken. `null` stands for "no path yet" (an evaluation in progress). */
export function join(a: Value | null, b: Value | null): Value | null {
  if (a === null || a === b || a === NOTHING) return b ?? a
  if (b === null || b === NOTHING) return a
  const type = a.type === b.type ? a.type : a.type === 'NoneType' ? b.type : b.type === 'NoneType' ? a.type : null
  return {
    type,
    size: joinSizes(a, b),
    streams: a.streams ?? b.streams,
    shape: a.shape === b.shape ? a.shape : null,
    count: a.count && b.count ? hull(a.count, b.count) : null,
    number: a.number && b.number ? hull(a.number, b.number) : null,
    text: a.text === b.text ? a.text : null,
    items: a.items && b.items && a.items.length === b.items.length ? a.items.map((x, i) => join(x, b.items![i]!)!) : null,
    element: join(a.element, b.element),
    key: join(a.key, b.key),
    links: joinLinks(a.links, b.links),
    model: a.model ?? b.model,
    guessed: isGuessed(a, b),
    isView: a.isView || b.isView,
  }
}

/** What one of two says for sure is no guess; where the sizes differ in kind, the one that decides the size counts. */
function isGuessed(a: Value, b: Value): boolean {
  if (a.type === 'NoneType') return b.guessed
  if (b.type === 'NoneType') return a.guessed
  const order = RANK[a.size.origin] - RANK[b.size.origin]
  return order === 0 ? a.guessed && b.guessed : (order > 0 ? a : b).guessed
}

const RANK: Readonly<Record<SizeOrigin, number>> = { outside: 3, derived: 2, known: 1, unknown: 0 }

function joinSizes(a: Value, b: Value): Size {
  if (a.type === 'NoneType') return { ...b.size, low: 0 }
  if (b.type === 'NoneType') return { ...a.size, low: 0 }
  const [strong, weak] = RANK[a.size.origin] >= RANK[b.size.origin] ? [a.size, b.size] : [b.size, a.size]
  const isBoth = weak.origin === 'outside'
  const read = readBy(isBoth ? strong.readers && weak.readers && [...strong.readers, ...weak.readers] : strong.readers, isBoth ? weak.gathered && strong.gathered : strong.gathered)
  if (weak.origin === 'unknown') return { ...UNKNOWN_SIZE, origin: strong.origin === 'known' ? 'unknown' : strong.origin, basis: strong.basis, ...read }
  const basis = (a.size.high ?? Infinity) >= (b.size.high ?? Infinity) ? a.size.basis : b.size.basis
  return { ...hull(a.size, b.size), origin: strong.origin, basis, ...read, ...(a.size.itemsize === b.size.itemsize && ofItems(a.size.itemsize)) }
}

/** As a part of a size. */
export function ofItems(itemsize: number | undefined | null): Pick<Size, 'itemsize'> {
  return itemsize == null ? {} : { itemsize }
}

/** As a part of a size. */
export function readBy(readers: readonly string[] | undefined, gathered: string | undefined): Pick<Size, 'readers' | 'gathered'> {
  return { ...(readers && { readers: readers.length > 1 ? [...new Set(readers)] : readers }), ...(gathered && { gathered }) }
}

/** Either set of links may hold; what only one side has is not certain. What is an object or a part of it is a part at least, as far as that keeps it. */
function joinLinks(a: readonly Link[], b: readonly Link[]): readonly Link[] {
  const same = (x: Link, y: Link) => x.site === y.site && x.how === y.how && x.share === y.share
  const holds = (x: Link, others: readonly Link[]) => others.some(y => y.certain && (same(x, y) || (x.how === 'part' && y.how === 'is' && x.site === y.site)))
  const fromA = a.map(x => (holds(x, b) ? x : { ...x, certain: false }))
  const onlyB = b.filter(y => !a.some(x => same(x, y))).map(y => (holds(y, a) ? y : { ...y, certain: false }))
  return distinct([...fromA, ...onlyB])
}

/** The links of something that may be, keep or be part of any of these. */
export function doubtful(links: readonly Link[]): readonly Link[] {
  return links.map(l => (l.certain ? { ...l, certain: false } : l))
}

/** The links of something that is the object where that is as it is wanted, or a copy: what the object itself may only be in, or keep, that hardly is or does. */
export function unmoved(links: readonly Link[]): readonly Link[] {
  return links.map(l => ({ ...l, certain: false, unmoved: true as const, ...(!l.certain && l.how !== 'is' && { weak: true as const }) }))
}

/**
 * Links of a value that keeps the given values alive: what it keeps are the objects they are and those they keep; where a value stands for every
 * element of a container, those elements.
 */
export function keeping(values: readonly Value[], certain = true): Link[] {
  const links: Link[] = []
  for (const value of values) {
    for (const link of value.links) {
      if (link.how === 'part' && link.share !== 'all') continue
      links.push(link.how === 'keeps' && (certain || !link.certain) ? link : { ...link, how: 'keeps', certain: certain && link.certain })
    }
  }
  return links
}

/** The value with a site for the object that has none yet; what is in a tuple is in that one then. */
export function placedAt(site: Site, value: Value): Value {
  if (!value.links.some(l => l.site === NEW)) return value
  return { ...value, links: value.links.map(l => (l.site === NEW ? { ...l, site } : l)), items: value.items && value.items.map(item => (isUnplaced(item) ? itemOf(site, item) : item)) }
}

/** It is in nothing that has a site. */
function isUnplaced({ links }: Value): boolean {
  return links.some(l => l.site === NEW) && !links.some(l => l.how === 'part' && l.share === 'field')
}

/** An item of the tuple that a site makes: an object of its own (NEW), of which the tuple keeps hold. */
export function itemOf(tuple: Site, item: Value): Value {
  return tuple === NEW ? item : { ...item, links: [...item.links, { site: tuple, how: 'part', certain: true, share: 'field' }] }
}

const OF_REFERENCES: ReadonlySet<TypeName> = new Set(['list', 'tuple', 'set', 'frozenset', 'dict', 'collections.deque', 'dict_values'])

/** Walking it gives the very objects that it holds: whoever has taken all of them keeps them without it. Of others it may make them. */
export function holdsWhatItGives({ type }: Value): boolean {
  return type !== null && OF_REFERENCES.has(type)
}

/**
 * Links of a container of the objects that `element` stands for: it holds what they are; those that a source holds too are shared with it. `isAll`: of
 * every one of them, for sure. Of `little` parts it is kept that their source has them still.
 */
export function sharing(element: Value, isAll = false): Link[] {
  const shared = element.links.filter(l => l.site !== NEW)
  return shared.map(l => {
    const certain = isAll && l.certain
    switch (l.how) {
      case 'is': return { ...l, how: 'keeps' }
      case 'keeps': return { ...l, certain, ...(l.share && l.share !== 'little' && { share: 'all' as const }) }
      case 'part': return { ...l, how: 'keeps', certain, share: l.share === 'little' ? 'little' : 'all' }
    }
  })
}

/** Bytes of a part (the names of a frame's columns) that is not worth a word beside the object it is taken from. */
export const LITTLE = 1 << 20

/** Links of a new container of the elements of containers: it keeps what those keep, and shares their other elements. `isAll`: all of them, for sure. */
export function keepingElements(containers: readonly Value[], isAll = false): Link[] {
  return containers.flatMap(container => {
    const certain = (l: Link): boolean => isAll && l.certain && holdsWhatItGives(container)
    const links = (isSmall(container, LITTLE) ? container.links.filter(l => l.how !== 'part') : container.links).filter(l => l.share !== 'little')
    return links.map(l => ({ ...l, how: 'keeps' as const, certain: certain(l), ...(l.how !== 'keeps' && { share: 'all' as const }) }))
  })
}

/** Links of a view of the values: it keeps them, and what keeps them whole keeps what it shows. */
export function viewing(values: readonly Value[]): Link[] {
  return [...keeping(values), ...values.flatMap(v => v.links.filter(l => l.how === 'part'))]
}

/** Links of a container of the values: as `keeping`, and it keeps what they are parts of in part. */
export function containing(values: readonly Value[]): Link[] {
  const parts = values.flatMap(v => v.links.filter(l => l.how === 'part'))
  return [...keeping(values), ...parts.map(l => ({ site: l.site, how: 'keeps' as const, certain: false, share: l.share ?? 'element' }))]
}

/** Links of something taken out of a container: the container holds it too, and it may be any object the container was seen to keep. */
export function partOf(container: Value, step: Step): Link[] {
  return container.links.map(link => {
    switch (link.how) {
      case 'keeps': return link.share === 'all' ? { site: link.site, how: 'part', certain: false, share: 'element' } : link.share ? { ...link, how: 'part', certain: false } : { ...link, how: 'is', certain: false }
      case 'is': return { ...link, how: 'part', share: step === 'field' || step === 'whole' ? 'field' : 'element' }
      case 'part': return { ...link, share: deeper(link.share ?? 'element', step) }
    }
  })
}

/** Links of what a site takes out of a container: the object has the site's name from then on, and is part of the container. */
export function takenFrom(container: Value, step: Step, site: Site): Link[] {
  const parts = partOf(container, step)
  return parts.length === 0 ? parts : [{ site, how: 'is', certain: true, taken: true }, ...parts]
}

/** Something that each of the elements is given as, and keeps. */
export function everyOf(container: Value): Value {
  return { ...(container.element ?? UNKNOWN), links: partOf(container, 'element').map(l => (l.how === 'part' && l.share === 'element' ? { ...l, share: 'all' } : l)) }
}

function deeper(share: Share, step: Step): Share {
  if (step === 'whole') return share
  // One field of each of all of them may be most of them.
  if (share === 'all') return 'field'
  if (share === 'little' || (share === 'element' && step !== 'element')) return 'little'
  return step === 'field' ? 'field' : 'element'
}
