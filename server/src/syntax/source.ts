/** What the syntax layer hands on: the lowered state of one version of a file. */
import type { ClassDef, Span, Stmt, Suite } from './ast.ts'
import type { SegmentTable } from './position.ts'

/** A comment that speaks to the analyser, e.g. `# refleak: ignore[useless-del]`. Offsets are absolute UTF-16 units. */
export interface Directive {
  readonly start: number
  readonly end: number
  readonly text: string
}

export interface Source extends SegmentTable {
  readonly text: string
  /** Module-level statements in order; `ErrorStmt` where the parser failed. */
  readonly body: Suite
  readonly hasErrors: boolean
  readonly directives: readonly Directive[]
  /** Lines `# %%` may begin cells. */
  readonly mayHaveCells: boolean
  /** Absolute offsets [start, end] of a span. */
  rangeOf(span: Span): readonly [number, number]
  /** The statement of the module or of a class body whose segment covers the absolute offset, with the classes around it, outermost first. */
  segmentAt(offset: number): { readonly statement: Stmt; readonly classes: readonly ClassDef[] } | null
}
