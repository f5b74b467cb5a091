/** What a rule reports: plain data, no editor types. Positions are anchored (see `syntax/position.ts`). */
import type { Span } from '../syntax/ast.ts'

export type RuleName =
  | 'held-after-last-use' | 'previous-iteration-held' | 'loop-variable-held' | 'view-holds-base' | 'closure-holds' | 'exception-holds-frames' | 'argument-held-by-caller' | 'useless-del'
  | 'grow-only-collection' | 'output-history-holds'
  | 'long-lived-global' | 'attribute-could-be-local' | 'materialised-to-iterate' | 'unbounded-cache'
  | 'unused-suppression'

export type Confidence = 'certain' | 'likely' | 'possible'
export type Severity = 'warning' | 'information' | 'hint'

export interface SizeEstimate {
  /** Bytes. */
  readonly low: number
  /** Null: unbounded or unknown. */
  readonly high: number | null
  /** For a person: `list of 10,000,000 int`, `the file's content`. */
  readonly basis: string
}

export interface Drag extends Span {
  readonly kind: 'allocation' | 'call' | 'loop' | 'blocking' | 'suspension'
  /** For a person: `render(totals) runs`. */
  readonly text: string
}

export interface Note extends Span {
  readonly message: string
  /** This place keeps the object, though nothing there looks like it; the message says why, in words for everybody. */
  readonly holds?: true
}

export interface Edit extends Span {
  readonly newText: string
  /** Another file, by absolute path: then the place is given in absolute offsets of its text; null for the file of the finding. */
  readonly path: string | null
}

/** Another file that a fix edits, with the text for which the edits are meant. */
export interface OtherText {
  readonly path: string
  readonly text: string
}

export type FixKind = 'delete' | 'none' | 'inline' | 'extract' | 'move' | 'stream' | 'bound' | 'copy' | 'local' | 'remove' | 'show'

export interface Fix {
  readonly title: string
  readonly kind: FixKind
  readonly safety: 'safe' | 'unsafe'
  /** Not overlapping. */
  readonly edits: readonly Edit[]
  /** A name that the fix made up, which nothing in the file means: the user may know a better one. */
  readonly made?: string
  /** The other files that it edits: it is applied to all of them or to none, and only while they have these texts. */
  readonly others?: readonly OtherText[]
}

export interface Finding {
  readonly rule: RuleName
  readonly severity: Severity
  readonly confidence: Confidence
  readonly message: string
  /** The name of the variable (or attribute). */
  readonly name: string
  /** Every name its fixes touch; two findings about one name are mended one after the other. */
  readonly names: readonly string[]
  /** `Class.method`, or `<module>`. */
  readonly scope: string
  /** Where the squiggle is. */
  readonly span: Span
  readonly binding: Span
  readonly lastUse: Span | null
  readonly size: SizeEstimate
  readonly drag: readonly Drag[]
  readonly heldUntil: string
  /** Further places to show: other holders, the producer, … */
  readonly notes: readonly Note[]
  readonly fixes: readonly Fix[]
}
