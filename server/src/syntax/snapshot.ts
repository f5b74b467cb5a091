/** The lowered state of one version of a file. */
import type { ClassDef, Span, Stmt, Suite } from './ast.ts'
import type { Composition } from './compose.ts'
import { directivesIn } from './directives.ts'
import type { Item } from './items.ts'
import { offsetInSegment, segmentOf } from './position.ts'
import type { Pos } from './position.ts'
import type { Directive, Source } from './source.ts'
import { lastBefore } from './split/outline.ts'
import type { Outline } from './split/outline.ts'
import type { Piece } from './split/splitter.ts'

export class Snapshot implements Source {
  readonly text: string
  readonly body: Suite
  readonly hasErrors: boolean
  private readonly code: string
  private readonly outline: Outline
  private readonly items: readonly Item[]
  private readonly composition: Composition
  /** Where each segment starts, by its number. */
  private readonly offsets: Float64Array
  private comments: readonly Directive[] | null = null

  /** `code` is `text` with every line end that is a lone `\r` written as `\n`; `segments` is one more than the highest segment number. */
  constructor(text: string, code: string, outline: Outline, items: readonly Item[], composition: Composition, segments: number) {
    this.text = text
    this.code = code
    this.outline = outline
    this.items = items
    this.composition = composition
    this.body = composition.body
    this.hasErrors = composition.hasErrors
    this.offsets = new Float64Array(segments).fill(Number.NaN)
    for (let index = 0; index < items.length; index++) this.offsets[(items[index] as Item).segment] = outline.starts[index] as number
  }

  get directives(): readonly Directive[] {
    this.comments ??= directivesIn(this.code, this.outline)
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
    const index = lastBefore(this.outline.starts, offset + 1)
    if (index < 0 || offset > (this.outline.starts[index] as number) + (this.outline.pieces[index] as Piece).length) return null
    const statement = this.statementAt(index, offset)
    return statement === null ? null : { statement, classes: this.classesAround(index) }
  }

  private statementAt(index: number, offset: number): Stmt | null {
    const item = this.items[index] as Item
    const whole = this.composition.classes.get(item)
    if (whole !== undefined) return whole
    const statement = item.statements.findLast(({ start }) => this.offsetOf(start) <= offset) ?? item.statements[0]
    return statement === undefined ? null : this.composition.doubted.get(statement) ?? statement
  }

  private classesAround(index: number): ClassDef[] {
    const classes: ClassDef[] = []
    let depth = (this.outline.pieces[index] as Piece).indents.length
    for (let at = index - 1; depth > 1 && at >= 0; at--) {
      if ((this.outline.pieces[at] as Piece).indents.length >= depth) continue
      depth--
      const around = this.composition.classes.get(this.items[at] as Item)
      if (around !== undefined) classes.unshift(around)
    }
    return classes
  }
}
