/**
 * Lowers pieces. Neighbouring pieces are parsed together, as one text, because each parse has a fixed cost. Where that text
 * has an error, each of its pieces is parsed alone, so that what a piece is lowered to follows from its own text.
 */
import type { FunctionDef, Stmt } from '../ast.ts'
import type { Cursor, Engine } from '../engine.ts'
import { NODE_TYPES } from '../grammar.ts'
import { SEGMENT_SPAN } from '../position.ts'
import type { Pos } from '../position.ts'
import type { Outline } from '../split/outline.ts'
import type { Piece } from '../split/splitter.ts'
import { beginsFunction, damagedClass, damagedFunction } from './damaged.ts'
import { classWith, decoratedWith, undecorated } from './definitions.ts'
import type { Interner } from './interner.ts'
import { Lowering } from './lowering.ts'
import { readStatement } from './statements.ts'

const { comment: COMMENT, line_continuation: CONTINUATION, class_definition: CLASS, decorated_definition: DECORATED, ERROR } = NODE_TYPES

/** What a piece was lowered to. */
export interface Lowered {
  /** For a `class` piece one ClassDef without its body. */
  readonly statements: readonly Stmt[]
  /** Where the last statement ends, with the semicolon after it. */
  readonly end: Pos
  /** The parser or the lowering could not make sense of all of it. */
  readonly flawed: boolean
  /** Functions next to it may be larger or smaller than they seem: it is indented as nothing around it allows, or begins like no statement. */
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

/** UTF-16 units that are parsed at once. */
const RUN_LENGTH = 32_768

/**
 * Longer pieces are not parsed: a single statement of this length is data, and its tree would take gigabytes. Below
 * `SEGMENT_SPAN`.
 */
const LONGEST_PIECE = 4 * 2 ** 20

/** Lowers the pieces `[from, to)`. */
export function lowerPieces(source: PieceSource, from: number, to: number): Lowered[] {
  const lowered: Lowered[] = []
  while (from < to) {
    const next = runEnd(source.outline, from, to)
    for (const result of lowerRun(source, from, next)) lowered.push(result)
    from = next
  }
  return lowered
}

/** Index after the last piece that can be parsed together with the one at `from`: none that lies less deep. */
function runEnd({ pieces, starts }: Outline, from: number, to: number): number {
  const { indents, form } = pieces[from] as Piece
  if (form === 'irregular') return from + 1
  const limit = (starts[from] as number) + RUN_LENGTH
  let end = from + 1
  for (; end < to; end++) {
    const piece = pieces[end] as Piece
    if (piece.form === 'irregular' || piece.indents.length < indents.length) break
    if ((starts[end] as number) + piece.length > limit) break
  }
  return end
}

function lowerRun(source: PieceSource, from: number, to: number): Lowered[] {
  const { form, length } = source.outline.pieces[from] as Piece
  if (form === 'irregular' || length > LONGEST_PIECE) return [unreadablePiece(source, from)]
  const together = to - from > 1 ? parseRun(source, from, to) : null
  return Array.from({ length: to - from }, (_, k) => {
    const lowered = together?.[k]
    return lowered === undefined || lowered.flawed ? lowerAlone(source, from + k) : lowered
  })
}

/** Null where several pieces were parsed and the tree has an error, or its statements are not the pieces. */
function parseRun(source: PieceSource, from: number, to: number): Lowered[] | null {
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
      statements: this.statements[k] ?? [], end: this.ends[k] ?? 0, flawed: this.l.hasErrors || (this.flawed[k] ?? true), doubtful: false,
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

/** The piece as the only text there is. */
function lowerAlone(source: PieceSource, index: number): Lowered {
  const piece = source.outline.pieces[index] as Piece
  const lowered = parseRun(source, index, index + 1)?.[0] ?? unreadablePiece(source, index)
  return lowered.flawed ? repaired(source, index, piece, lowered) : lowered
}

/** Where the parser lost a definition in the ruins of its piece, at least what can be read of its header; else an error as a whole. */
function repaired(source: PieceSource, index: number, piece: Piece, lowered: Lowered): Lowered {
  const [statement] = lowered.statements
  const isOne = lowered.statements.length === 1
  const start = source.outline.starts[index] as number
  const text = source.code.slice(start, start + piece.length)
  const shift = source.segmentOf(index) * SEGMENT_SPAN
  const stand = (damaged: Stmt): Lowered => ({ statements: [damaged], end: shift + piece.length, flawed: true, doubtful: false })
  if (piece.form === 'class') return isOne && statement?.kind === 'ClassDef' ? lowered : stand(damagedClass(text, shift))
  if (beginsFunction(text)) return isOne && statement?.kind === 'FunctionDef' ? lowered : stand(damagedFunction(headOf(source, index, piece), text, shift, piece))
  return lowered.statements.some(({ kind }) => kind === 'ErrorStmt') ? unreadablePiece(source, index) : lowered
}

/** The function that the first logical line of a piece makes without the rest, or null. */
function headOf(source: PieceSource, index: number, piece: Piece): FunctionDef | null {
  const outline = { pieces: [{ ...piece, length: piece.head }], starts: [source.outline.starts[index] as number] }
  const lowered = parseRun({ ...source, outline, segmentOf: () => source.segmentOf(index) }, 0, 1)?.[0]
  const [statement, ...more] = lowered?.statements ?? []
  return statement?.kind === 'FunctionDef' && more.length === 0 ? statement : null
}

/** Conflict markers, closing brackets and the like; not the magics of IPython, which stand alone. */
const NO_BEGINNING = /^[<>=|)\]}:;,$&/^]/

function unreadablePiece({ code, outline, segmentOf }: PieceSource, index: number): Lowered {
  const { form, length } = outline.pieces[index] as Piece
  const start = segmentOf(index) * SEGMENT_SPAN
  const end = start + Math.min(length, SEGMENT_SPAN - 1)
  const doubtful = form === 'irregular' || NO_BEGINNING.test(code[outline.starts[index] as number] ?? '')
  return { statements: [{ kind: 'ErrorStmt', start, end }], end, flawed: true, doubtful }
}
