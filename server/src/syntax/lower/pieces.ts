/**
 * Lowers pieces. Neighbouring pieces are parsed together, as one text, because each parse has a fixed cost. Where that text
 * has an error, each of its pieces is parsed alone, so that what a piece is lowered to follows from its own text.
 */
import type { FunctionDef, Stmt } from '../ast.ts'
import { SEGMENT_SPAN } from '../position.ts'
import type { Outline } from '../split/outline.ts'
import type { Piece } from '../split/splitter.ts'
import { heldApart } from './held-apart.ts'
import { beginsFunction, damagedClass, damagedFunction } from './damaged.ts'
import { errorStmt } from './unreadable.ts'
import { parseRun } from './run.ts'
import type { Lowered, PieceSource } from './run.ts'

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

/** The piece as the only text there is. */
function lowerAlone(source: PieceSource, index: number): Lowered {
  const piece = source.outline.pieces[index] as Piece
  const lowered = parseRun(source, index, index + 1)?.[0] ?? unreadablePiece(source, index)
  return lowered.flawed ? lowerApart(source, index, piece) ?? repaired(source, index, piece, lowered) : lowered
}

/** With lines that the parser may have joined held apart; null where that does not help. */
function lowerApart(source: PieceSource, index: number, piece: Piece): Lowered | null {
  const start = source.outline.starts[index] as number
  const code = heldApart(source.code.slice(start, start + piece.length))
  const lowered = code === null ? undefined : parseRun({ ...source, code, outline: { pieces: [piece], starts: [0] }, segmentOf: () => source.segmentOf(index) }, 0, 1)?.[0]
  return lowered === undefined || lowered.flawed ? null : lowered
}

/** Where the parser lost a definition in its piece, at least what can be read of its header; of other pieces an error. */
function repaired(source: PieceSource, index: number, piece: Piece, lowered: Lowered): Lowered {
  const [statement] = lowered.statements
  const isOne = lowered.statements.length === 1
  const start = source.outline.starts[index] as number
  const text = source.code.slice(start, start + piece.length)
  const shift = source.segmentOf(index) * SEGMENT_SPAN
  const stand = (damaged: Stmt): Lowered => ({ statements: [damaged], end: shift + piece.length, flawed: true, doubtful: false })
  if (piece.form === 'class') return isOne && statement?.kind === 'ClassDef' ? lowered : stand(damagedClass(text, shift))
  if (beginsFunction(text) && isOne && statement?.kind === 'FunctionDef') return lowered
  if (beginsFunction(text)) return stand(damagedFunction(headOf(source, index, piece), { text, start: Math.min(piece.head, piece.length), end: piece.length, shift, interner: source.interner }))
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

function unreadablePiece({ code, outline, segmentOf, interner }: PieceSource, index: number): Lowered {
  const { form, length } = outline.pieces[index] as Piece
  const start = outline.starts[index] as number
  const statement = errorStmt({ text: code, start, end: start + Math.min(length, SEGMENT_SPAN - 1), shift: segmentOf(index) * SEGMENT_SPAN - start, interner })
  const doubtful = form === 'irregular' || NO_BEGINNING.test(code[start] ?? '')
  return { statements: [statement], end: statement.end, flawed: true, doubtful }
}
