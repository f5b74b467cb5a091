/**
 * The one place that decides what is worth saying, how sure it is, and how loudly. Everything known of a held object adds to or takes
 * from one number, the evidence that it is large; the less of it there is, the more has to happen while it is held. The numbers were
 * chosen on code where people released memory by hand and on code where they did not (see ARCHITECTURE.md, "What is worth saying").
 */
import type { Confidence, Severity } from './finding.ts'
import type { RuleOptions } from './rule.ts'
import { CONTAINERS } from './bulk-kinds.ts'
import { dragNeeded, SEVERAL } from './drag-needed.ts'
import { evidenceOfSize, LEAST, PROBABLE, SURE } from './evidence.ts'
import { isCollected, type Care, type Circumstances, type Judged } from './judged.ts'
import { isTest } from './test-code.ts'
import { isWorthwhile } from './uncared.ts'

export interface Verdict {
  readonly confidence: Confidence
  readonly severity: Severity
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

/**
 * `certain`: the size is known and nothing else may hold the object. `likely`: there is enough evidence for its size, and enough
 * happens meanwhile for that. Tests work on small data, whatever it is read from, and nobody restructures them.
 */
function confidenceIn(evidence: number, object: Judged, facts: Circumstances, options: RuleOptions): Confidence {
  const { doubts, drag, value } = object
  const { kind, care } = facts
  const isKnown = value.size.origin === 'known'
  const isOfTime = object.kind !== undefined
  const isUncaredFor = isOfTime && care !== undefined && !isCaredFor(care, isCollected(object, facts))
  if (isUncaredFor && !isKnown && !options.assumeLarge && !isWorthwhile(object, facts, options)) return 'possible'
  if (isOfTime && !isUncaredFor && !options.assumeLarge && isNotSpokenOf(evidence, object, facts)) return 'possible'
  if (drag.points < dragNeeded(evidence, object, facts, isUncaredFor, options)) return 'possible'
  if (isKnown ? isBriefTest(object, facts, options) || isJustEnough(object, isUncaredFor, options) : isOnSmallData(object, facts, options)) return 'possible'
  // What has the elements still leaves the room that a container takes for them; the items of an array are its memory.
  const leavesSlots = isKnown && kind !== null && CONTAINERS.has(kind)
  if (doubts.some(d => !d.weak && !(leavesSlots && d.elementsOnly))) return 'possible'
  return isKnown && evidence >= SURE && doubts.length === 0 ? 'certain' : 'likely'
}

/** Computed, where care speaks of others: of such that readers and authors were asked about hardly one was worth it. */
function isNotSpokenOf(evidence: number, { value }: Judged, { isLikelyData }: Circumstances): boolean {
  return value.size.origin === 'derived' && evidence < PROBABLE && isLikelyData === false
}

/** A test that is soon over, whatever it makes, or makes what is not far above the least; nobody restructures it, either. */
function isBriefTest({ drag, value: { size }, isFarReaching = false }: Judged, { scope }: Circumstances, options: RuleOptions): boolean {
  return isInTests(scope, options) && (isFarReaching || drag.points < SEVERAL || size.low < IN_TESTS * options.minimumSize)
}

/** Times the least size that is worth a hint elsewhere. */
const IN_TESTS = 8

/** Not far above the least, soon over, and nothing needs as much again: nobody misses it. */
function isJustEnough({ drag: { points, items = [] }, value: { size } }: Judged, isUncaredFor: boolean, { minimumSize }: RuleOptions): boolean {
  return isUncaredFor && points < SEVERAL && size.low < MORE * minimumSize && !items.some(({ bytes }) => (bytes ?? 0) >= 2 * size.low)
}

/** Times the least size. */
const MORE = 4

/** Tests, and the scripts that readers try something with; the models that these load are what they are elsewhere. */
function isOnSmallData({ value: { size } }: Judged, { scope, kind }: Circumstances, options: RuleOptions): boolean {
  return isInTests(scope, options) || (options.inExamples && (scope === '<module>' || scope === 'main') && !(kind === 'model' && size.origin === 'outside'))
}

function isInTests(scope: string, { inTests }: RuleOptions): boolean {
  return inTests || isTest(scope)
}

function isCaredFor({ released }: Care, collected: boolean): boolean {
  return released.length > 0 || collected
}
