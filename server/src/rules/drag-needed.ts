/**
 * How much has to happen while an object is held for a hint to be more than `possible`: the less evidence there is that it is large, the more. In
 * points of `values/weights.ts`, on which the numbers were tried (ARCHITECTURE.md, "What is worth saying").
 */
import { POINTS } from '../values/weights.ts'
import { BY_NAME, PROBABLE, SURE, WORTH_A_LOOK } from './evidence.ts'
import { isOfSession, type Circumstances, type Judged } from './judged.ts'
import type { RuleOptions } from './rule.ts'

/** Of a large object: more than the one call that a function ends in. */
const TWO_CALLS = 2 * POINTS.call
/** Without care for memory a round of calls, where there is a loop or a next object. */
const CALLS_OF_LOOP = POINTS.perLoop * POINTS.call
/** Where there is neither, something that takes long or makes something as large: a few calls are soon over. */
const ONE_HEAVY = POINTS.heavy
/** Of what may well be small. */
const TWO_ALLOCATIONS = 2 * POINTS.allocation
/** The same without care, though its name says that it is large. */
const THREE_ALLOCATIONS = 3 * POINTS.allocation
/** Several things are made, or waited for: more than the last lines of most functions. */
export const SEVERAL = 14

/** `isUncaredFor`: nothing in the frame tells that memory is short there. */
export function dragNeeded(evidence: number, object: Judged, facts: Circumstances, isUncaredFor: boolean, options: RuleOptions): number {
  const needed = object.drag.endsByDeletion ? beforeDeletion(evidence) : untilEnd(evidence, object, facts, isUncaredFor, options)
  // What takes more than a line or two to mend is not worth it for a few calls.
  return object.isFarReaching ? Math.max(needed, ONE_HEAVY) : needed
}

function untilEnd(evidence: number, { kind, drag }: Judged, facts: Circumstances, isUncaredFor: boolean, options: RuleOptions): number {
  if (evidence >= PROBABLE) return !isUncaredFor || evidence >= SURE ? TWO_CALLS : isPassing(drag, facts, options) ? ONE_HEAVY : CALLS_OF_LOOP
  if (evidence < (isOfSession(facts, options) ? BY_NAME : WORTH_A_LOOK)) return Infinity
  // What a name alone keeps for a while goes by itself; a view or a closure keeps what nobody sees.
  if (kind === undefined) return TWO_ALLOCATIONS
  return evidence < BY_NAME ? SEVERAL : isUncaredFor ? THREE_ALLOCATIONS : TWO_ALLOCATIONS
}

/** Where the author lets go of it later: that place was chosen, for what is large mostly well. */
function beforeDeletion(evidence: number): number {
  return evidence >= SURE ? POINTS.allocation : evidence >= PROBABLE ? SEVERAL : 2 * SEVERAL
}

/** A stretch of a function that is soon over, for what may be small: no loop, and not until the name has got a successor. */
function isPassing({ items = [], endsByRebinding = false }: Judged['drag'], { scope }: Circumstances, { assumeLarge }: RuleOptions): boolean {
  return scope !== '<module>' && !assumeLarge && !endsByRebinding && !items.some(({ kind, isRepeated }) => kind === 'call' && isRepeated)
}
