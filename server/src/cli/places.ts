/** Offsets as places in a file: lines and columns, in a notebook those of a cell. */
import type { Range } from '../service/report.ts'
import type { LineColumn } from '../text/line-starts.ts'
import { lineStarts, positionAt } from '../text/line-starts.ts'
import { cellIndexAt, type PlacedCell } from '../text/notebook/cells.ts'

/** As in the Language Server Protocol: zero-based lines, UTF-16 columns, end exclusive. */
export interface FileRange {
  /** In a notebook: counted from one over all its cells. Lines are those of the cell's source. */
  readonly cell?: number
  readonly start: LineColumn
  readonly end: LineColumn
}

export interface Places {
  readonly lineCount: number
  rangeOf(range: Range): FileRange
  /** The text of a zero-based line (of a cell), without its line break. */
  lineText(line: number, cell?: number): string
}

export class TextPlaces implements Places {
  readonly #text: string
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.#text = text
    this.#starts = lineStarts(text)
  }

  get lineCount(): number {
    return this.#starts.at(-1) === this.#text.length ? this.#starts.length - 1 : this.#starts.length
  }

  rangeOf({ start, end }: Range): FileRange {
    return { start: positionAt(this.#starts, start), end: positionAt(this.#starts, end) }
  }

  lineText(line: number): string {
    return this.#text.slice(this.#starts[line] ?? this.#text.length, this.#starts[line + 1]).replace(/[\r\n]+$/, '')
  }
}

export class CellPlaces implements Places {
  readonly #cells: readonly PlacedCell[]
  readonly #texts: readonly TextPlaces[]

  constructor(cells: readonly PlacedCell[]) {
    this.#cells = cells
    this.#texts = cells.map(({ text }) => new TextPlaces(text))
  }

  get lineCount(): number {
    return this.#texts.reduce((sum, { lineCount }) => sum + lineCount, 0)
  }

  /** A range that goes on into another cell ends with its own. */
  rangeOf({ start, end }: Range): FileRange {
    const index = cellIndexAt(this.#cells, start)
    const cell = this.#cells[index]!
    const inCell = (offset: number): number => Math.min(offset, cell.end) - cell.start
    return { cell: cell.number, ...this.#texts[index]!.rangeOf({ start: inCell(start), end: inCell(end) }) }
  }

  lineText(line: number, cell?: number): string {
    return this.#texts[this.#cells.findIndex(({ number }) => number === cell)]?.lineText(line) ?? ''
  }
}

/** `line 3`, `cell 2, line 3`: counted from one, for a person. */
export function lineName({ cell, start }: FileRange): string {
  return `${cell === undefined ? '' : `cell ${cell}, `}line ${start.line + 1}`
}
