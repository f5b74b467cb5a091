/** What a rule is given and what it gives. */
import type { Source } from '../syntax/source.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Confidence, Finding, RuleName } from './finding.ts'
import type { FrameIndex } from './frame-index.ts'
import type { HeldObject } from './held.ts'

export interface RuleOptions {
  /** Bytes. */
  readonly minimumSize: number
  /** An unknown size counts as large. */
  readonly assumeLarge: boolean
  /** Findings of less confidence are not wanted. */
  readonly confidence: Confidence
  readonly target: TargetVersion
}

export interface FrameFacts {
  readonly analysis: FrameAnalysis
  readonly index: FrameIndex
  /** `Class.method`, or `<module>`. */
  readonly scope: string
  readonly options: RuleOptions
  /** What the frame holds too long; worked out once for the rules that share it. */
  readonly held: readonly HeldObject[]
}

/**
 * One rule. What it finds in a frame is kept as long as the frame and what it depends on is unchanged;
 * findings are written from that for each version of the text.
 */
export interface Rule {
  readonly name: RuleName
  /** One line for tables. */
  readonly summary: string
  check(facts: FrameFacts): readonly Draft[]
}

/** A finding that waits for the text to be written down: spans and edits are worked out from the layout. */
export type Draft = (source: Source) => Finding
