/** The evidence that an object is large, as a number: what it is by its size and kind, what its name says, whether somebody cares for memory there. */
import type { ValueKind } from '../models/model.ts'
import type { Size, Value } from '../values/value.ts'
import { CONTAINERS, hasBulkPart, isBulkType } from './bulk-kinds.ts'
import { isDocument, isOneItem, isReadAsText } from './documents.ts'
import { isCollected, type Care, type Circumstances, type Judged, type Told } from './judged.ts'
import type { RuleOptions } from './rule.ts'
import { looksLarge, looksSmall, namesIndex, namesMask, namesRecords, namesSettings } from './telling-names.ts'

/** Less is not worth a word, of whatever confidence. */
export const LEAST = 2
/** A known size. */
export const SURE = 6
/** A file, a query, a download decides. */
export const PROBABLE = 4
/** What was computed from others, where only its name tells more than its kind: less has to happen meanwhile than without, but more than next to nothing. */
export const BY_NAME = 3.5
/** Less evidence needs more happening than any function has. */
export const WORTH_A_LOOK = 3

/** Everything known of the object adds to or takes from it. */
export function evidenceOfSize(object: Judged, facts: Circumstances, options: RuleOptions): number {
  const { origin } = object.value.size
  const own = ownEvidence(object, facts.kind, options, object.kind !== undefined)
  if (origin === 'known' && own !== POSSIBLY_LARGE) return own
  if (origin === 'unknown' && !options.assumeLarge && facts.care === undefined) return 0
  if (!options.assumeLarge && isPlainReading(object, facts.kind)) return LEAST
  const isMask = !options.assumeLarge && (namesMask(object.variable.name) || object.isLittle === true)
  const isSaidSmall = isMask || (!options.assumeLarge && looksSmall(object.variable.name))
  if (origin === 'outside' && isSaidSmall && (object.isLittle === true || !isBulkKind(facts.kind) || namesIndex(object.variable.name))) return Math.min(own, LEAST)
  if (origin === 'derived' && isSaidSmall) return Math.min(own, LEAST)
  // Of an object nothing is known of, somebody's care for memory has to tell; of what takes more than a line to mend that is not enough.
  const care = facts.care && own < WORTH_A_LOOK && !object.isFarReaching && facts.isLikelyData !== false && !isSaidSmall && !isPlainText(object, facts.kind) && !isOfStep(object, facts) ? careEvidence(facts.care, isCollected(object, facts), facts.scope) : 0
  if (origin === 'unknown' && !options.assumeLarge && care === 0) return 0
  // A name alone does not make an array a large one, and that a model is called one tells nothing new.
  const name = (own >= WORTH_A_LOOK || care > 0) && facts.kind !== 'model' && (own >= PROBABLE || !object.isFarReaching) && looksLarge(object.variable.name) ? 1 : 0
  const evidence = own + care + name - (own < PROBABLE ? reservations(object, facts.kind) : 0)
  return origin === 'derived' && !isCollected(object, facts) && evidence >= PROBABLE && evidence - name < PROBABLE ? BY_NAME : evidence
}

/** Would nothing be said of it, whatever happens, but for somebody's care for memory? Then a `del` of it tells what cannot be seen here. */
export function isInconspicuous(object: Told, kind: ValueKind | null, options: RuleOptions): boolean {
  return ownEvidence(object, kind, { ...options, assumeLarge: false }) < WORTH_A_LOOK
}

/**
 * What is read, but perhaps a page: a document whose name does not say that there are many records in it (most are called `data` or `text`, whatever is
 * in them), what its name says is settings, and what only the name of a function, but not its own, says is data (`defaults = parser.load_defaults()`).
 */
function isPlainReading({ kind, value, variable: { name } }: Judged, of: ValueKind | null): boolean {
  if (value.size.origin !== 'outside' || name === '') return false
  return kind !== undefined && (namesSettings(name) || isDocument(value, of)) ? !namesRecords(name) : value.guessed && of === null && (!looksLarge(name) || looksSmall(name))
}

/** A text of which nothing more is known: a name, a line, a message. */
function isPlainText({ value: { size }, variable: { name } }: Judged, kind: ValueKind | null): boolean {
  return kind === 'str' && size.origin === 'unknown' && !looksLarge(name)
}

/** Whoever collects beside tensors means models: what is computed of tensors is mostly that of one step. */
function isOfStep({ value: { size } }: Judged, { kind, care }: Circumstances): boolean {
  return kind === 'tensor' && size.origin === 'derived' && care?.collects === true
}

/** A range that reaches above the smallest size worth a hint. */
const POSSIBLY_LARGE = 2

/** `isNamesOwn`: it is about the time that something named is kept, not about a holder that nobody sees. */
function ownEvidence({ value, bindings = [], bulk = 0, isFarReaching }: Told, kind: ValueKind | null, options: RuleOptions, isNamesOwn = true): number {
  const { size, guessed, model } = value
  if (size.origin === 'known') return size.low >= options.minimumSize ? SURE : reaches(size, options) ? POSSIBLY_LARGE : 0
  if (options.assumeLarge) return PROBABLE
  switch (size.origin) {
    // Less where only the function's name tells that it is read.
    case 'outside': return isNamesOwn && isOneItem(value, kind) ? OF_ONE : (isNamesOwn && isDocument(value, kind)) || (isFarReaching !== undefined && isReadAsText(value)) ? WORTH_A_LOOK : PROBABLE - (guessed ? 1 : 0)
    case 'derived': return (kind === null ? 1 : isOfBulk(value, kind) ? DERIVED.array! : DERIVED[kind] ?? 1) + bulk
    // A call of a function of which nothing is known may give anything; a number is mostly computed in place.
    case 'unknown': return kind === null && model === null && bindings.some(b => b.value?.kind === 'Call' || b.value?.kind === 'Await') ? 1 : 0
  }
}

/** A list of arrays, or of tuples with arrays in them, is as large as all of them together; one of views is a list only. */
function isOfBulk(value: Value, kind: ValueKind): boolean {
  return CONTAINERS.has(kind) && hasBulkPart(value, ({ size }) => size.origin === 'derived' || size.origin === 'outside')
}

/** What it holds is numbers, row by row: a name may speak of what they stand for, not of how many there are. */
function isBulkKind(kind: ValueKind | null): boolean {
  return isBulkType(kind) && kind !== 'object'
}

function reaches(size: Size, options: RuleOptions): boolean {
  return (size.high ?? Infinity) >= options.minimumSize
}

/** One picture or recording of many. */
const OF_ONE = 2

/** Objects made for bulk data, computed from others of unknown size. Frames are mostly large; arrays and tensors often are little ones. */
const DERIVED: Readonly<Partial<Record<ValueKind, number>>> = { frame: 3, sparse: 3, model: 3, array: 2, tensor: 2, series: 2, table: 3 }

/**
 * Whoever deletes names in the function or collects after the last use says that its data is large: nine in ten of the places that
 * people chose are in such functions or read files. In scripts and notebooks much happens after everything, and one `del` says nothing of all the rest;
 * nor does a collection before the last use.
 */
function careEvidence({ released }: Care, collected: boolean, scope: string): number {
  const releases = released.length > 0
  if (collected) return releases ? 4 : 3
  return releases && scope !== '<module>' ? 3 : 0
}

/** What people release least often: what is bound anew anyway, one element of many, what takes more than a line to mend, a view (a data set for training becomes a copy), a text (mostly a page, not a data set). */
function reservations({ kind, variable, bindings = [], value, isFarReaching = false }: Judged, of: ValueKind | null): number {
  const isStep = bindings.some(b => b.kind === 'for' || b.kind === 'augmented')
  // Beside the images their sizes, beside the rows their names come out of the same function.
  const isSideResult = value.guessed && of === null && bindings.some(b => b.path.length > 0) && !looksLarge(variable.name)
  return (isStep || isSideResult ? 1 : 0) + (isFarReaching ? 1 : 0) + (kind === undefined || kind === 'held-after-last-use' ? 0 : 1) + (value.isView && of !== 'table' ? 1 : 0) + (of === 'str' || of === 'bytes' ? 1 : 0)
}
