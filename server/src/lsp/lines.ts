import type { TextChange } from '../service/document.ts'

/** Zero-based line and UTF-16 column, as in the Language Server Protocol. */
export interface Position {
  readonly line: number
  readonly character: number
}

/** A line end by its characters; the empty one ends the last line. */
type Ending = '' | '\n' | '\r' | '\r\n'

/**
 * Where the lines of a text start and how they end, kept up to date edit by edit. It needs no text but the edits', so that
 * a keystroke in a long file costs the edit's length plus one addition per line below it. Lines end at `\n`, `\r\n` or a
 * lone `\r`, as the protocol has it. Offsets and columns are UTF-16 units.
 */
export class LineIndex {
  #starts: number[]
  #endings: Ending[]
  #length: number

  constructor(text: string) {
    this.#starts = [0]
    this.#endings = ['']
    this.#length = 0
    this.apply({ start: 0, end: 0, newText: text })
  }

  /** The length of the text. */
  get length(): number {
    return this.#length
  }

  /** The offset of a position. Columns beyond the line's end mean its end, lines beyond the last mean the text's end. */
  offsetAt(position: Position): number {
    const start = this.#starts[position.line]
    if (start === undefined) return position.line < 0 ? 0 : this.#length
    return Math.min(start + Math.max(0, position.character), this.#contentEnd(position.line))
  }

  /** The position of an offset, which is clamped to the text. */
  positionAt(offset: number): Position {
    const inside = Math.min(Math.max(0, offset), this.#length)
    const line = this.#lineOf(inside)
    return { line, character: inside - (this.#starts[line] ?? 0) }
  }

  /** Follows one edit. */
  apply(change: TextChange): void {
    // Whether and how a line ends before offset p depends on the characters p - 2, p - 1 and p: with two characters of context
    // on either side, only the line starts in [start, end + 1] have to be found again.
    const { start, end, newText } = change
    const window = this.#characterAt(start - 2) + this.#characterAt(start - 1) + newText + this.#characterAt(end) + this.#characterAt(end + 1)
    const fresh = lineStarts(window, start - 2, Math.max(start, 1), start + newText.length + 1)
    const from = firstAbove(this.#starts, Math.max(start, 1) - 1)
    const to = firstAbove(this.#starts, end + 1)
    const shift = newText.length - (end - start)
    this.#length += shift
    this.#replace(from, to, fresh, shift)
  }

  #replace(from: number, to: number, fresh: readonly LineStart[], shift: number): void {
    const starts = this.#starts
    const endings = this.#endings
    if (fresh.length === to - from) {
      fresh.forEach(({ offset, after }, index) => {
        starts[from + index] = offset
        endings[from + index - 1] = after
      })
      if (shift !== 0) for (let line = to; line < starts.length; line += 1) starts[line] = (starts[line] ?? 0) + shift
      return
    }
    this.#starts = starts.slice(0, from).concat(fresh.map(({ offset }) => offset), starts.slice(to).map((offset) => offset + shift))
    this.#endings = endings.slice(0, from - 1).concat(fresh.map(({ after }) => after), endings.slice(to - 1))
  }

  #contentEnd(line: number): number {
    return (this.#starts[line + 1] ?? this.#length) - (this.#endings[line] ?? '').length
  }

  #lineOf(offset: number): number {
    return firstAbove(this.#starts, offset) - 1
  }

  /** The character at an offset if it is part of a line end, else a space. */
  #characterAt(offset: number): string {
    if (offset < 0 || offset >= this.#length) return ' '
    const line = this.#lineOf(offset)
    return this.#endings[line]?.[offset - this.#contentEnd(line)] ?? ' '
  }
}

interface LineStart {
  readonly offset: number
  /** The line end before it. */
  readonly after: Ending
}

/** The line starts in [from, to] of a text of which `window`, starting at offset `base`, is known. */
function lineStarts(window: string, base: number, from: number, to: number): LineStart[] {
  const found: LineStart[] = []
  for (let offset = from; offset <= to; offset += 1) {
    const before = window[offset - base - 1]
    if (before === '\n') found.push({ offset, after: window[offset - base - 2] === '\r' ? '\r\n' : '\n' })
    else if (before === '\r' && window[offset - base] !== '\n') found.push({ offset, after: '\r' })
  }
  return found
}

/** The index of the first element above the value in an ascending list. */
function firstAbove(ascending: readonly number[], value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}
