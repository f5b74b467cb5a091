/**
 * The one place that decides what is worth saying, how sure it is, and how loudly. Everything known of a held object adds to or takes
 * from one number, the evidence that it is large; the less of it there is, the more has to happen while it is held. The numbers were
 * chosen on code where people released memory by hand and on code where they did not (see ARCHITECTURE.md, "What is worth saying").
 */
import type { Binding, Variable } from '../flow/graph.ts'
import type { ValueKind } from '../models/model.ts'
import type { DragReport } from '../values/drag.ts'
import type { Size, Value } from '../values/value.ts'
import type { Confidence, Severity } from './finding.ts'
import type { HeldKind } from './held.ts'
import type { Obstacle } from './holders.ts'
import type { RuleOptions } from './rule.ts'
import { CONTAINERS, hasBulkPart, isBulkType } from './bulk-kinds.ts'
import { isDocument, isOneItem, isReadAsText } from './documents.ts'
import { looksLarge, looksSmall, namesIndex, namesMask, namesRecords, namesSettings } from './telling-names.ts'
import { isTest } from './test-code.ts'
import { isWorthwhile, SOME } from './uncared.ts'

export interface Verdict {
  readonly confidence: Confidence
  readonly severity: Severity
}

export interface Judged {
  /** Of the time after its last use that it is kept. Absent: what it is kept by matters, not since when (a view, a closure, a history, a global). */
  readonly kind?: HeldKind
  readonly value: Value
  readonly variable: { readonly name: string }
  /** Absent: it is not about a name's bindings. */
  readonly bindings?: readonly Binding[]
  readonly drag: Pick<DragReport, 'points' | 'collects'> & Partial<Pick<DragReport, 'endsByDeletion' | 'endsByRebinding' | 'items'>>
  /** More of a kind than most (`values/bulky.ts`). Absent: not asked for. */
  readonly bulk?: number
  /** It has a row for each group of rows only. Absent: not asked for. */
  readonly isOfGroups?: boolean
  /** Let go of in a round of a loop, which has another one. Absent: not asked for. */
  readonly isOfLoop?: boolean
  /** Small beside the data it comes from (`values/little.ts`). Absent: not asked for. */
  readonly isLittle?: boolean
  /** What mends it changes more than a line or two, or more than one function: not worth it for what may well be small. Absent: no more than a name's end is looked at. */
  readonly isFarReaching?: boolean
  readonly doubts: readonly Obstacle[]
}

/** What tells of an object's size by itself. */
type Told = Pick<Judged, 'value' | 'bindings' | 'bulk' | 'isFarReaching'>

/** Signs in a frame that memory is short there. */
export interface Care {
  /** What a `del` lets go whose object may be large, though nothing but that tells so. */
  readonly released: readonly Variable[]
  /** `gc.collect()`, `torch.cuda.empty_cache()`. */
  readonly collects: boolean
}

/** What is known besides the object itself. */
export interface Circumstances {
  readonly kind: ValueKind | null
  /** `Class.method`. */
  readonly scope: string
  /** Absent: not asked for. */
  readonly care?: Care
  /** Care for memory speaks of such an object. Absent: of any. */
  readonly isLikelyData?: boolean
  /** It may be in the memory of a device, which care for that speaks of. Absent: it is not. */
  readonly isOnDevice?: boolean
}

const ORDER: readonly Confidence[] = ['possible', 'likely', 'certain']
const SEVERITY: Readonly<Record<Confidence, Severity>> = { certain: 'warning', likely: 'information', possible: 'hint' }

/** The verdict on an object, or null where nothing should be said at the wanted confidence. */
export function judge(object: Judged, facts: Circumstances, options: RuleOptions): Verdict | null {
  const evidence = evidenceOfSize(object, facts, options)
  if (evidence < LEAST) return null
  const confidence = confidenceIn(evidence, object, facts, options)
  return isAtLeastAsSure({ confidence }, options) ? { confidence, severity: SEVERITY[confidence] } : null
}

/** What is left of a verdict where something else tells that it may not be worth it. */
export function doubted(options: RuleOptions): Verdict | null {
  const verdict: Verdict = { confidence: 'possible', severity: SEVERITY.possible }
  return isAtLeastAsSure(verdict, options) ? verdict : null
}

export function isAtLeastAsSure(a: Pick<Verdict, 'confidence'>, b: Pick<Verdict, 'confidence'>): boolean {
  return ORDER.indexOf(a.confidence) >= ORDER.indexOf(b.confidence)
}

/** In points of `values/drag.ts`: less than this is no drag at all. */
export const LEAST_DRAG = 1

/** Evidence below this is not worth a word, of whatever confidence. */
const LEAST = 2
/** A known size. */
const SURE = 6
/** A file, a query, a download decides. */
const PROBABLE = 4
/** What was computed from others, where only its name tells more than its kind: less has to happen meanwhile than without, but more than next to nothing. */
const BY_NAME = 3.5
/** Less evidence needs more happening than any function has. */
const WORTH_A_LOOK = 3

/**
 * `certain`: the size is known and nothing else may hold the object. `likely`: there is enough evidence for its size, and enough
 * happens meanwhile for that. Tests work on small data, whatever it is read from, and nobody restructures them.
 */
function confidenceIn(evidence: number, object: Judged, facts: Circumstances, options: RuleOptions): Confidence {
  const { kind: heldKind, doubts, drag, value, isFarReaching = false } = object
  const { scope, kind } = facts
  const isKnown = value.size.origin === 'known'
  const isOfTime = heldKind !== undefined
  const isUncaredFor = isOfTime && facts.care !== undefined && !isCaredFor(facts.care, collects(object, facts))
  if (isUncaredFor && !isKnown && !options.assumeLarge && !isWorthwhile({ heldKind, value, kind, name: object.variable.name, isOfLoop: object.isOfLoop === true, isOfGroups: object.isOfGroups === true, isOfSession: isSession(scope, options), scope, drag })) return 'possible'
  if (isOfTime && !isUncaredFor && !options.assumeLarge && isNotSpokenOf(evidence, object, facts)) return 'possible'
  const needed = drag.endsByDeletion ? dragBeforeDeletion(evidence) : dragNeeded(evidence, { isOfTime, isUncaredFor, isSession: isSession(scope, options), isPassing: isPassing(drag, scope, options) })
  if (drag.points < Math.max(needed, isFarReaching ? LEAST_FAR : 0) || (isKnown ? isBriefTest(object, facts, options) : isOnSmallData(scope, kind, value, options))) return 'possible'
  // What has the elements still leaves the room that a container takes for them; the items of an array are its memory.
  const leavesSlots = isKnown && kind !== null && CONTAINERS.has(kind)
  if (doubts.some(d => !d.weak && !(leavesSlots && d.elementsOnly))) return 'possible'
  return isKnown && evidence >= SURE && doubts.length === 0 ? 'certain' : 'likely'
}

/** Computed, where care speaks of others: of such that readers and authors were asked about hardly one was worth it. */
function isNotSpokenOf(evidence: number, { value }: Judged, { care, isLikelyData }: Circumstances): boolean {
  return care !== undefined && value.size.origin === 'derived' && evidence < PROBABLE && isLikelyData === false
}

/** A stretch of a function that is soon over, for what may be small: no loop, and not until the name has got a successor. */
function isPassing({ items = [], endsByRebinding = false }: Judged['drag'], scope: string, { assumeLarge }: RuleOptions): boolean {
  return scope !== '<module>' && !assumeLarge && !endsByRebinding && !items.some(({ kind }) => kind === 'loop')
}

/** A test that is soon over, whatever it makes, or makes what is not far above the least; nobody restructures it, either. */
function isBriefTest({ drag, value: { size }, isFarReaching = false }: Judged, { scope }: Circumstances, options: RuleOptions): boolean {
  return isInTests(scope, options) && (isFarReaching || drag.points < SOME || size.low < IN_TESTS * options.minimumSize)
}

/** Times the least size that is worth a hint elsewhere. */
const IN_TESTS = 8

/** Tests, and the scripts that readers try something with; the models that these load are what they are elsewhere. */
function isOnSmallData(scope: string, kind: ValueKind | null, { size }: Value, options: RuleOptions): boolean {
  return isInTests(scope, options) || (options.inExamples && (scope === '<module>' || scope === 'main') && !(kind === 'model' && size.origin === 'outside'))
}

function isInTests(scope: string, { inTests }: RuleOptions): boolean {
  return inTests || isTest(scope)
}

/** Where the author lets go of it later: that place was chosen. */
function dragBeforeDeletion(evidence: number): number {
  return evidence >= SURE ? 4 : evidence >= PROBABLE ? 14 : 28
}

/**
 * In points of `values/drag.ts`: an allocation is 4, a heavy or waiting call 6, any other call 1, in a loop three times as much. `isUncaredFor`: nothing in
 * the frame tells that memory is short there; a few calls of a function (`isPassing`) are no reason then.
 */
function dragNeeded(evidence: number, { isOfTime, isUncaredFor, isSession, isPassing }: Readonly<Record<'isOfTime' | 'isUncaredFor' | 'isSession' | 'isPassing', boolean>>): number {
  if (evidence >= PROBABLE) return !isUncaredFor || evidence >= SURE ? 2 : isPassing ? 6 : 3
  if (evidence < (isSession ? BY_NAME : WORTH_A_LOOK)) return Infinity
  // What a name alone keeps for a while goes by itself; a view or a closure keeps what nobody sees.
  return !isOfTime ? 8 : evidence < BY_NAME ? 14 : isUncaredFor ? 12 : 8
}

function isCaredFor({ released }: Care, isCollected: boolean): boolean {
  return released.length > 0 || isCollected
}

/** The memory that the object is in is asked to be given back while it is held. */
function collects({ drag }: Judged, { isOnDevice = false }: Circumstances): boolean {
  return drag.collects === 'process' || (drag.collects === 'device' && isOnDevice)
}

/** What has to happen, in the same points, where mending takes more than a line or two. */
const LEAST_FAR = 6

/** The cells of a notebook: after each there is the rest of a session, so that much happening says nothing, nor does a single `del`. */
function isSession(scope: string, { session }: RuleOptions): boolean {
  return session === 'kernel' && scope === '<module>'
}

function evidenceOfSize(object: Judged, facts: Circumstances, options: RuleOptions): number {
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
  const care = facts.care && own < WORTH_A_LOOK && !object.isFarReaching && facts.isLikelyData !== false && !isSaidSmall && !isPlainText(object, facts.kind) ? careEvidence(facts.care, collects(object, facts), facts.scope) : 0
  if (origin === 'unknown' && !options.assumeLarge && care === 0) return 0
  // A name alone does not make an array a large one, and that a model is called one tells nothing new.
  const name = (own >= WORTH_A_LOOK || care > 0) && facts.kind !== 'model' && (own >= PROBABLE || !object.isFarReaching) && looksLarge(object.variable.name) ? 1 : 0
  const evidence = own + care + name - (own < PROBABLE ? reservations(object, facts.kind) : 0)
  return origin === 'derived' && !collects(object, facts) && evidence >= PROBABLE && evidence - name < PROBABLE ? BY_NAME : evidence
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
function careEvidence({ released }: Care, isCollected: boolean, scope: string): number {
  const releases = released.length > 0
  if (isCollected) return releases ? 4 : 3
  return releases && scope !== '<module>' ? 3 : 0
}

/** What people release least often: what is bound anew anyway, one element of many, what takes more than a line to mend, a view (a data set for training becomes a copy), a text (mostly a page, not a data set). */
function reservations({ kind, variable, bindings = [], value, isFarReaching = false }: Judged, of: ValueKind | null): number {
  const isStep = bindings.some(b => b.kind === 'for' || b.kind === 'augmented')
  // Beside the images their sizes, beside the rows their names come out of the same function.
  const isSideResult = value.guessed && of === null && bindings.some(b => b.path.length > 0) && !looksLarge(variable.name)
  return (isStep || isSideResult ? 1 : 0) + (isFarReaching ? 1 : 0) + (kind === undefined || kind === 'held-after-last-use' ? 0 : 1) + (value.isView && of !== 'table' ? 1 : 0) + (of === 'str' || of === 'bytes' ? 1 : 0)
}
