/** The lowered state of one version of a file. */
import type { ClassDef, Span, Stmt, Suite } from './ast.ts'
import type { Composition } from './compose.ts'
import { directivesIn } from './directives.ts'
import type { Item } from './items.ts'
import type { Layout } from './layout.ts'
import { offsetInSegment, segmentOf } from './position.ts'
import type { Pos } from './position.ts'
import type { Directive, Source } from './source.ts'
import { lastBefore } from './split/outline.ts'
import type { Piece } from './split/splitter.ts'
import type { Traces } from './traces.ts'

/** What a snapshot is made of. */
export interface Version {
  readonly text: string
  /** `text` with every line end that is a lone `\r` written as `\n`. */
  readonly code: string
  readonly layout: Layout
  readonly composition: Composition
  readonly hasErrors: boolean
  /** One more than the highest segment number. */
  readonly segments: number
  readonly traces: Traces
}

export class Snapshot implements Source {
  private readonly version: Version
  /** Where each segment starts, by its number. */
  private readonly offsets: Float64Array
  private comments: readonly Directive[] | null = null

  constructor(version: Version) {
    this.version = version
    const { segments, starts } = version.layout
    this.offsets = new Float64Array(version.segments).fill(Number.NaN)
    for (let index = 0; index < segments.length; index++) this.offsets[segments[index] as number] = starts[index] as number
  }

  get text(): string {
    return this.version.text
  }

  get body(): Suite {
    return this.version.composition.body
  }

  get hasErrors(): boolean {
    return this.version.hasErrors
  }

  get mayHaveCells(): boolean {
    return this.version.traces.cells
  }

  get directives(): readonly Directive[] {
    const { code, layout, traces } = this.version
    this.comments ??= traces.directives ? directivesIn(code, layout) : []
    return this.comments
  }

  /** NaN for a position of another version whose segment is gone. */
  offsetOf(pos: Pos): number {
    return (this.offsets[segmentOf(pos)] ?? Number.NaN) + offsetInSegment(pos)
  }

  rangeOf({ start, end }: Span): readonly [number, number] {
    return [this.offsetOf(start), this.offsetOf(end)]
  }

  segmentAt(offset: number): { readonly statement: Stmt; readonly classes: readonly ClassDef[] } | null {
    const { starts, pieces } = this.version.layout
    const index = lastBefore(starts, offset + 1)
    if (index < 0 || offset > (starts[index] as number) + (pieces[index] as Piece).length) return null
    const statement = this.statementAt(index, offset)
    return statement === null ? null : { statement, classes: this.classesAround(index) }
  }

  private statementAt(index: number, offset: number): Stmt | null {
    const { layout, composition } = this.version
    const item = layout.items[index] as Item
    const whole = composition.classes[item.segment]
    if (whole !== undefined) return whole
    const statement = item.statements.findLast(({ start }) => this.offsetOf(start) <= offset) ?? item.statements[0]
    return statement === undefined ? null : composition.doubted.get(statement) ?? statement
  }

  private classesAround(index: number): ClassDef[] {
    const { layout, composition } = this.version
    const classes: ClassDef[] = []
    let depth = layout.depths[index] as number
    for (let at = index - 1; depth > 1 && at >= 0; at--) {
      if ((layout.depths[at] as number) >= depth) continue
      depth--
      const around = composition.classes[layout.segments[at] as number]
      if (around !== undefined) classes.unshift(around)
    }
    return classes
  }
}
