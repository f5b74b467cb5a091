/**
 * The one place that decides what is worth saying, how sure it is, and how loudly. All that is known of a held object
 * becomes a score; the thresholds were chosen on code where people released memory by hand and on code where they did not
 * (see ARCHITECTURE.md, "What is worth saying").
 */
import type { ValueKind } from '../models/model.ts'
import type { Confidence, Severity } from './finding.ts'
import type { HeldObject } from './held.ts'
import type { RuleOptions } from './rule.ts'
import { looksLarge } from './telling-names.ts'

export interface Verdict {
  readonly confidence: Confidence
  readonly severity: Severity
}

const ORDER: readonly Confidence[] = ['possible', 'likely', 'certain']

/** Points of size evidence from which an object counts as surely, probably, perhaps large. */
const SURE = 6
const PROBABLE = 4
const SOME = 2

export function judge(object: HeldObject, kind: ValueKind | null, options: RuleOptions): Verdict | null {
  const size = sizeEvidence(object, kind, options)
  const drag = object.drag.points
  if (size < SOME || drag < dragNeeded(size)) return null
  const doubts = object.doubts.length
  let confidence: Confidence = size >= SURE ? 'certain' : size >= PROBABLE ? 'likely' : 'possible'
  if (doubts > 0) confidence = lower(confidence)
  if (ORDER.indexOf(confidence) < ORDER.indexOf(options.confidence)) return null
  return { confidence, severity: confidence === 'certain' ? 'warning' : confidence === 'likely' ? 'information' : 'hint' }
}

/** The smaller the evidence for size, the more has to happen meanwhile. */
function dragNeeded(size: number): number {
  return size >= SURE ? 2 : size >= PROBABLE ? 4 : 8
}

function lower(confidence: Confidence): Confidence {
  return confidence === 'certain' ? 'likely' : 'possible'
}

export function sizeEvidence(object: HeldObject, kind: ValueKind | null, options: RuleOptions): number {
  const { size } = object.value
  const named = looksLarge(object.variable.name) ? 1 : 0
  switch (size.origin) {
    case 'known': return size.low >= options.minimumSize ? SURE : (size.high ?? Infinity) >= options.minimumSize ? SOME + named : 0
    case 'outside': return PROBABLE + named
    case 'derived': return derivedEvidence(kind, object.value.guessed) + named
    case 'unknown': return options.assumeLarge ? PROBABLE : named
  }
}

/** Objects of kinds made for bulk data, computed from others of unknown size. */
function derivedEvidence(kind: ValueKind | null, guessed: boolean): number {
  const base = kind === 'frame' || kind === 'sparse' ? 4 : kind === 'array' || kind === 'tensor' || kind === 'series' || kind === 'model' ? 3 : 2
  return guessed ? base - 1 : base
}
