/** What is asked of `judgement.ts`: an object, and the circumstances it is in. */
import type { Binding, Variable } from '../flow/graph.ts'
import type { ValueKind } from '../models/model.ts'
import type { DragReport } from '../values/drag.ts'
import type { Value } from '../values/value.ts'
import type { HeldKind } from './held.ts'
import type { Obstacle } from './holders.ts'
import type { RuleOptions } from './rule.ts'

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
export type Told = Pick<Judged, 'value' | 'bindings' | 'bulk' | 'isFarReaching'>

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

/** The cells of a notebook: after each there is the rest of a session, so that much happening says nothing, nor does a single `del`. */
export function isOfSession({ scope }: Circumstances, { session }: RuleOptions): boolean {
  return session === 'kernel' && scope === '<module>'
}

/** The memory that the object is in is asked to be given back while it is held. */
export function isCollected({ drag }: Judged, { isOnDevice = false }: Circumstances): boolean {
  return drag.collects === 'process' || (drag.collects === 'device' && isOnDevice)
}
