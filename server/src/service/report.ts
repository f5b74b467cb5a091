/** What the service answers: findings and hovers of one version of one document, in absolute UTF-16 offsets. */
import type { Confidence, Drag, FixKind, OtherText, RuleName, Severity, SizeEstimate } from '../rules/finding.ts'

/** Absolute UTF-16 offsets, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface ReportedEdit extends Range {
  readonly newText: string
  /** Absolute path of another file, or null for the reported one. */
  readonly path: string | null
}

export interface ReportedFix {
  readonly title: string
  readonly kind: FixKind
  readonly safety: 'safe' | 'unsafe'
  readonly edits: readonly ReportedEdit[]
  /** A name that the fix made up; it stands in what the fix writes, and nowhere else. */
  readonly made?: string
  /** Other files that it edits, with their texts as they have to be. */
  readonly others?: readonly OtherText[]
}

export interface ReportedFinding {
  readonly rule: RuleName
  readonly severity: Severity
  readonly confidence: Confidence
  readonly message: string
  readonly name: string
  /** Every name its fixes touch. */
  readonly names: readonly string[]
  readonly scope: string
  readonly range: Range
  readonly binding: Range
  readonly lastUse: Range | null
  readonly size: SizeEstimate
  readonly drag: readonly (Range & Pick<Drag, 'kind' | 'text'>)[]
  readonly heldUntil: string
  readonly notes: readonly (Range & { readonly message: string })[]
  readonly fixes: readonly ReportedFix[]
}

export interface Report {
  /** The document version the findings belong to. */
  readonly version: number
  readonly findings: readonly ReportedFinding[]
  /** Why something was not analysed: syntax errors, too large, generated, rule failures. For the log and the status item. */
  readonly remarks: readonly { readonly range: Range | null; readonly message: string }[]
  /** Functions of which nothing is said because of what they are, and why: for the status item. Absent: none. */
  readonly leftOut?: readonly { readonly range: Range; readonly message: string }[]
}

export interface Hover {
  readonly range: Range
  /** Markdown. */
  readonly text: string
}
