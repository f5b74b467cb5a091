/**
 * The one place that decides what is worth saying, how sure it is, and how loudly. All that is known of a held object
 * becomes a score; the thresholds were chosen on code where people released memory by hand and on code where they did not
 * (see ARCHITECTURE.md, "What is worth saying").
 */
import type { ValueKind } from '../models/model.ts'
import type { Confidence, Severity } from './finding.ts'
import type { DragReport } from '../values/drag.ts'
import type { Value } from '../values/value.ts'
import type { Obstacle } from './holders.ts'
import type { RuleOptions } from './rule.ts'
import { looksLarge } from './telling-names.ts'

/** What a judgement looks at. */
export interface Judged {
  readonly value: Value
  readonly variable: { readonly name: string }
  readonly drag: Pick<DragReport, 'points' | 'collects'>
  readonly doubts: readonly Obstacle[]
}

export interface Verdict {
  readonly confidence: Confidence
  readonly severity: Severity
}

const ORDER: readonly Confidence[] = ['possible', 'likely', 'certain']

/** Points of evidence that an object is large. */
const SURE = 6
const PROBABLE = 4
const SOME = 2

/**
 * The verdict on an object, or null where nothing should be said at the wanted confidence. `certain` needs a known size and no
 * doubt about who holds it; `likely` a size decided outside, or strong signs of one; the rest, and whatever little runs meanwhile,
 * is `possible`. Tests work on small data, whatever it is read from.
 */
export function judge(object: Judged, facts: { readonly kind: ValueKind | null; readonly scope: string }, options: RuleOptions): Verdict | null {
  const size = sizeEvidence(object, facts.kind, options)
  if (size < SOME) return null
  const isDoubtful = object.drag.points < dragNeeded(size) || (object.value.size.origin !== 'known' && isTest(facts.scope))
  const confidence = isDoubtful ? 'possible' : confidenceOf(size, object)
  if (ORDER.indexOf(confidence) < ORDER.indexOf(options.confidence)) return null
  return { confidence, severity: confidence === 'certain' ? 'warning' : confidence === 'likely' ? 'information' : 'hint' }
}

/** A function or method named `test…`, as unittest and pytest collect them. */
function isTest(scope: string): boolean {
  return scope.split('.').some(name => /^test(_|[A-Z]|$)/.test(name))
}

function confidenceOf(size: number, { doubts, value }: Judged): Confidence {
  const highest: Confidence = size >= SURE && value.size.origin === 'known' ? 'certain' : size >= PROBABLE ? 'likely' : 'possible'
  if (doubts.some(d => !d.weak)) return highest === 'certain' ? 'likely' : 'possible'
  return highest === 'certain' && doubts.length > 0 ? 'likely' : highest
}

/** The smaller the evidence for size, the more has to happen meanwhile. */
function dragNeeded(size: number): number {
  return size >= SURE ? 2 : size >= PROBABLE ? 3 : 8
}

export function sizeEvidence(object: Judged, kind: ValueKind | null, options: RuleOptions): number {
  const { size, guessed } = object.value
  const named = looksLarge(object.variable.name) ? 1 : 0
  const hints = named + (object.drag.collects ? 3 : 0)
  if (options.assumeLarge && size.origin !== 'known') return PROBABLE + hints
  switch (size.origin) {
    case 'known': return size.low >= options.minimumSize ? SURE : (size.high ?? Infinity) >= options.minimumSize ? SOME + hints : 0
    // A text file read whole is more often a page than a data set.
    case 'outside': return (kind === 'str' && /\.read(_text)?$/.test(object.value.model ?? '') ? PROBABLE - 1 : PROBABLE) + hints
    case 'derived': return derivedEvidence(kind, guessed) + hints
    // Of an object nothing is known of, neither the name nor the wish for memory is enough alone.
    case 'unknown': return named > 0 && object.drag.collects ? PROBABLE : named
  }
}

/** Objects of kinds made for bulk data, computed from others of unknown size. */
function derivedEvidence(kind: ValueKind | null, guessed: boolean): number {
  const base = kind === 'frame' || kind === 'sparse' ? 3 : kind === 'array' || kind === 'tensor' || kind === 'series' || kind === 'table' ? 2 : 1
  return guessed ? base - 1 : base
}
