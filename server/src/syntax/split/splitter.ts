/**
 * Cuts a module into the pieces that are parsed, lowered and replaced on their own: the statements of the module and
 * of each class body, and the header of each class. What a piece is follows from its own text and the indentation around
 * it, never from the history of edits.
 */
import { lineEnd, logicalLineEnd, wordAt } from './scanner.ts'

/**
 * `class`: the header of a class whose body, on other lines, are the pieces after it that lie deeper.
 * `irregular`: indented as nothing around it allows.
 */
export type PieceForm = 'plain' | 'class' | 'irregular'

/** Begins with its first character that is no blank and ends with a logical line, comment included. Lengths are UTF-16 units. */
export interface Piece {
  readonly form: PieceForm
  readonly length: number
  /** Length up to the end of the first logical line that is no decorator. */
  readonly head: number
  /** Indentation of the module (0) and of each class body around the piece, outermost first. */
  readonly indents: readonly number[]
}

export interface Beginning {
  readonly start: number
  readonly indents: readonly number[]
  readonly irregular: boolean
}

const MODULE: readonly number[] = [0]

/** Classes nested deeper than this are not cut. */
const MAX_CLASSES = 20

/** Clauses that go on with the statement before them. */
const CLAUSES = new Set(['elif', 'else', 'except', 'finally'])

const TAB_STOP = 8

export class Splitter {
  /** Where the piece given last by `next` begins. */
  start = 0
  private readonly text: string
  private indents: readonly number[]
  /** The piece before was the header of a class. */
  private awaitsBody = false
  /** The next line that is not blank: its first character, and its indentation in columns. */
  private line = 0
  private column = 0

  /** Reads from the beginning of the text. */
  constructor(text: string) {
    this.text = text
    this.indents = MODULE
    this.findLine(0)
  }

  /** Goes to where `piece` of an earlier version begins now, if nothing before it has changed that matters to it. */
  resume(start: number, piece: Piece): void {
    this.line = start
    this.indents = piece.indents
    this.column = (piece.indents.at(-1) as number) + (piece.form === 'irregular' ? 1 : 0)
    this.awaitsBody = false
  }

  /** Where the next piece begins, and in which surroundings; null at the end of the text. */
  peek(): Beginning | null {
    if (this.line >= this.text.length) return null
    this.settle()
    return { start: this.line, indents: this.indents, irregular: this.column !== this.indents.at(-1) }
  }

  next(): Piece | null {
    if (this.peek() === null) return null
    this.start = this.line
    const { column, indents } = this
    if (column !== indents.at(-1)) return this.piece('irregular', this.absorbDeeper(indents.at(-1) as number))
    while (this.text.charCodeAt(this.line) === 64) {
      const end = this.takeLine()
      if (this.line >= this.text.length || this.column !== column) return this.piece('plain', end)
    }
    return this.statement(column)
  }

  private statement(column: number): Piece {
    const isClass = wordAt(this.text, this.line) === 'class' && this.indents.length <= MAX_CLASSES
    const head = this.takeLine()
    if (isClass && this.line < this.text.length && this.column > column) {
      this.awaitsBody = true
      return this.piece('class', head, head)
    }
    let end = head
    while (this.line < this.text.length && (this.column > column || this.isClause(column))) end = this.takeLine()
    return this.piece('plain', end, head)
  }

  private isClause(column: number): boolean {
    return this.column === column && CLAUSES.has(wordAt(this.text, this.line))
  }

  private piece(form: PieceForm, end: number, head = end): Piece {
    return { form, length: end - this.start, head: head - this.start, indents: this.indents }
  }

  /** Finds the body that the next line belongs to. */
  private settle(): void {
    if (this.awaitsBody && this.column > (this.indents.at(-1) as number)) this.indents = [...this.indents, this.column]
    this.awaitsBody = false
    let open = this.indents.length
    while (open > 1 && (this.indents[open - 1] as number) > this.column) open--
    if (open < this.indents.length) this.indents = this.indents.slice(0, open)
  }

  /** Reads the lines that lie deeper than `column`; gives the end of the last. */
  private absorbDeeper(column: number): number {
    let end = this.takeLine()
    while (this.line < this.text.length && this.column > column) end = this.takeLine()
    return end
  }

  /** Goes over one logical line; gives its end without trailing blanks. */
  private takeLine(): number {
    const start = this.line
    let end = logicalLineEnd(this.text, start)
    this.findLine(end + 1)
    while (end > start && isBlank(this.text.charCodeAt(end - 1))) end--
    return end
  }

  /** Finds the first line from `at` on that holds more than a comment. */
  private findLine(at: number): void {
    const { text } = this
    let column = 0
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 32) column++
      else if (code === 9) column += TAB_STOP - (column % TAB_STOP)
      else if (code === 10 || code === 12 || code === 13) column = 0
      else if (code === 35) at = lineEnd(text, at) - 1
      else if (code !== 0xfeff) break
    }
    this.line = at
    this.column = column
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff
}
