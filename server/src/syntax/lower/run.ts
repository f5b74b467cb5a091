/** One parse of consecutive pieces, and whose statements are whose. */
import type { Stmt } from '../ast.ts'
import type { Cursor, Engine } from '../engine.ts'
import { NODE_TYPES } from '../grammar.ts'
import { SEGMENT_SPAN } from '../position.ts'
import type { Pos } from '../position.ts'
import type { Outline } from '../split/outline.ts'
import type { Piece } from '../split/splitter.ts'
import { classWith, decoratedWith, undecorated } from './definitions.ts'
import type { Interner } from './interner.ts'
import { Lowering } from './lowering.ts'
import { readStatement } from './statements.ts'

const {
  comment: COMMENT, line_continuation: CONTINUATION, class_definition: CLASS, decorated_definition: DECORATED, ERROR,
} = NODE_TYPES

/** What a piece was lowered to. */
export interface Lowered {
  /** For a `class` piece one ClassDef without its body. */
  readonly statements: readonly Stmt[]
  /** Where the last statement ends, with the semicolon after it. */
  readonly end: Pos
  /** The parser or the lowering could not make sense of all of it. */
  readonly flawed: boolean
  /** It is indented as nothing around it allows, or begins like no statement: functions next to it may be larger or smaller than they seem. */
  readonly doubtful: boolean
}

export interface PieceSource {
  readonly engine: Engine
  readonly interner: Interner
  readonly code: string
  readonly outline: Outline
  /** The segment number of the piece at an index. */
  segmentOf(index: number): number
}

/**
 * Lowers the pieces `[from, to)`. Null where the tree has an error or its statements are not the pieces; for one piece, where
 * nothing was understood.
 */
export function parseRun(source: PieceSource, from: number, to: number): Lowered[] | null {
  const { pieces, starts } = source.outline
  const base = starts[from] as number
  const text = source.code.slice(base, (starts[to - 1] as number) + (pieces[to - 1] as Piece).length)
  return source.engine.parse(text, ({ hasError, cursor }) => {
    if (hasError && to - from > 1) return null
    return new RunReader(source, new Lowering(cursor, text, hasError, source.interner), from, to).read()
  })
}

/** Deals out the statements of one tree to the pieces it was parsed from. */
class RunReader {
  private readonly source: PieceSource
  private readonly l: Lowering
  private readonly cursor: Cursor
  private readonly base: number
  private readonly from: number
  private readonly to: number
  private readonly statements: Stmt[][] = []
  private readonly ends: Pos[] = []
  private readonly flawed: boolean[] = []
  private index: number

  constructor(source: PieceSource, l: Lowering, from: number, to: number) {
    this.source = source
    this.l = l
    this.cursor = l.cursor
    this.base = source.outline.starts[from] as number
    this.from = from
    this.to = to
    this.index = from - 1
  }

  read(): Lowered[] | null {
    const depth = (this.source.outline.pieces[this.from] as Piece).indents.length
    const alone = this.to - this.from === 1
    // A root that is an error has tokens for children: nothing was understood.
    if (this.cursor.nodeTypeId === ERROR) return null
    if (!this.siblings(depth) && !alone) return null
    if (this.statements.length < this.to - this.from) return null
    return Array.from({ length: this.to - this.from }, (_, k) => ({
      statements: this.statements[k] ?? [],
      end: this.ends[k] ?? 0,
      flawed: this.l.hasErrors || (this.flawed[k] ?? true),
      doubtful: false,
    }))
  }

  /** Reads the children of the node under the cursor; false where they do not match the pieces of that depth. */
  private siblings(depth: number): boolean {
    if (!this.cursor.gotoFirstChild()) return true
    let matching = true
    do {
      const type = this.cursor.nodeTypeId
      if (type !== COMMENT && type !== CONTINUATION) matching = this.statement(type, depth)
    } while (matching && this.cursor.gotoNextSibling())
    this.cursor.gotoParent()
    return matching
  }

  private statement(type: number, depth: number): boolean {
    const { pieces, starts } = this.source.outline
    const start = this.base + this.cursor.startIndex
    if (this.index < this.from || start >= this.endOf(this.index)) this.open()
    const { index } = this
    const piece = pieces[index]
    if (index >= this.to || piece === undefined || piece.indents.length !== depth) return false
    if (start < (starts[index] as number) || start >= this.endOf(index)) return false
    const outer = { depth: this.l.depth, nesting: this.l.nesting }
    this.l.depth = this.l.nesting = 0
    const matching = piece.form === 'class' ? this.classHead(type, depth) : this.plain(type)
    this.l.depth = outer.depth
    this.l.nesting = outer.nesting
    return matching
  }

  private endOf(index: number): number {
    return (this.source.outline.starts[index] as number) + (this.source.outline.pieces[index] as Piece).length
  }

  /** Goes on to the next piece. */
  private open(): void {
    this.index++
    if (this.index >= this.to) return
    this.l.shift = this.source.segmentOf(this.index) * SEGMENT_SPAN + this.base - (this.source.outline.starts[this.index] as number)
    this.statements.push([])
    this.ends.push(this.l.shift)
    this.flawed.push(false)
  }

  private plain(type: number): boolean {
    const k = this.index - this.from
    const body = this.statements[k] as Stmt[]
    const before = body.length
    this.l.flaw = false
    readStatement(this.l, type, body)
    body.push(...this.l.lost.splice(0))
    this.flawed[k] ||= this.l.flaw
    if (body.length > 0) this.ends[k] = this.l.shift + this.l.end
    return body.length === before || this.base + this.l.end <= this.endOf(this.index)
  }

  /** Reads the header of a class into its piece, and its body into the pieces after. */
  private classHead(type: number, depth: number): boolean {
    const k = this.index - this.from
    if (type !== CLASS && type !== DECORATED) return this.plain(type)
    let matching = true
    let flawed: boolean | null = null
    const readBody = (): Stmt[] => {
      flawed = this.l.flaw
      matching = this.siblings(depth + 1)
      return []
    }
    this.l.flaw = false
    const head = type === CLASS ? classWith(this.l, undecorated(this.l), readBody) : decoratedWith(this.l, readBody)
    ;(this.statements[k] as Stmt[]).push(head)
    this.ends[k] = head.end
    this.flawed[k] ||= (flawed ?? this.l.flaw) || !matching
    return matching
  }
}
