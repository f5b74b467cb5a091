/**
 * The code cells of a notebook as one program: their Python, cell after cell, each followed by a line break. A place is an offset
 * in that program; a cell's text and its part of the program have the same length, so that places differ by a constant only.
 */
import type { TextChange } from '../changes.ts'
import { lineStart, lineStarts, positionAt, type LineColumn } from '../line-starts.ts'
import { maskCell, type MaskedCell } from './magics.ts'

export interface Cell {
  /** Counted from one over all cells of the notebook, those without code included. */
  readonly number: number
  readonly text: string
}

/** A cell in the program. */
export interface PlacedCell extends Cell, MaskedCell {
  /** Offsets in the program; a line break follows the end. */
  readonly start: number
  readonly end: number
}

/** A change of one cell, by its index. Offsets are those of the cell's text. */
export interface CellChange extends TextChange {
  readonly cell: number
}

export interface Program {
  readonly cells: readonly PlacedCell[]
  readonly text: string
}

/** Cells whose text and number are as before are taken over. */
export function composeCells(cells: readonly Cell[], before: readonly PlacedCell[] = []): Program {
  const known = new Map(before.map(cell => [cell.text, cell]))
  const placed: PlacedCell[] = []
  let at = 0
  for (const { number, text } of cells) {
    const { code, displays, opensFreely, isComplete } = known.get(text) ?? maskCell(text)
    placed.push({ number, text, code, displays, opensFreely, isComplete, start: at, end: at + text.length })
    at += text.length + 1
  }
  return { cells: placed, text: placed.map(cell => `${cell.code}\n`).join('') }
}

/** The index of the cell that has the place; the line break after a cell belongs to it. */
export function cellIndexAt(cells: readonly PlacedCell[], place: number): number {
  let low = 0
  let high = cells.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (cells[middle]!.start <= place) low = middle
    else high = middle - 1
  }
  return low
}

/** The change of a place in the program as one of a cell; null where it is not inside one cell. */
export function changeInCell({ start, end, newText }: TextChange, cells: readonly PlacedCell[]): CellChange | null {
  const index = cellIndexAt(cells, start)
  const cell = cells[index]
  return cell === undefined || start > cell.end || end > cell.end ? null : { cell: index, start: start - cell.start, end: end - cell.start, newText }
}

/**
 * An edit that was made for one text, as one of cells: what is written on a line after the last statement of a cell goes to that
 * cell's end; where the cell shows its last value (`isShown`, by index), it opens the next cell. Null where no cell can take it.
 */
export function fitToCells(edit: TextChange, cells: readonly PlacedCell[], isShown: (cell: number) => boolean): TextChange | null {
  const index = cellIndexAt(cells, edit.start)
  const cell = cells[index]
  if (cell === undefined || edit.start > cell.end) return null
  if (edit.start === edit.end) return fitInsertion(edit, cells, index, isShown)
  if (edit.end <= cell.end) return edit
  // A whole line, the last of its cell: the break after the cell is not the cell's.
  return edit.end === cell.end + 1 && edit.newText === '' ? withoutLastLine(edit, cell) : null
}

function fitInsertion(edit: TextChange, cells: readonly PlacedCell[], index: number, isShown: (cell: number) => boolean): TextChange | null {
  const cell = cells[index]!
  const previous = cells[index - 1]
  const line = /^([^]*?)(\r\n|\n|\r)$/.exec(edit.newText)
  if (line === null) return edit
  if (edit.start === cell.start && previous !== undefined && !isShown(index - 1)) {
    const breakBefore = lineStart(previous.text, previous.text.length) === previous.text.length ? '' : line[2]
    return { start: previous.end, end: previous.end, newText: `${breakBefore}${line[1]}` }
  }
  return edit.start > cell.start || cell.opensFreely ? edit : null
}

function withoutLastLine(edit: TextChange, cell: PlacedCell): TextChange {
  const start = Math.max(cell.start, edit.start - (/(\r\n|\n|\r)$/.exec(cell.text.slice(0, edit.start - cell.start))?.[0].length ?? 0))
  return { start, end: cell.end, newText: '' }
}

/** The cells after changes that lie inside single cells, one after the other, each made to the program the one before left. */
export function changeCells(cells: readonly PlacedCell[], changes: readonly CellChange[]): readonly Cell[] {
  const texts = cells.map(cell => cell.text)
  for (const { cell, start, end, newText } of changes) texts[cell] = texts[cell]!.slice(0, start) + newText + texts[cell]!.slice(end)
  return cells.map(({ number }, index) => ({ number, text: texts[index]! }))
}

/** `line 2 of cell 3`, both counted from one. */
export function placeName(cells: readonly PlacedCell[], place: number): string {
  const cell = cells[cellIndexAt(cells, place)]
  return cell === undefined ? 'the end' : `line ${positionIn(cell, place).line + 1} of cell ${cell.number}`
}

/** Line and column in the cell's text. */
function positionIn(cell: PlacedCell, place: number): LineColumn {
  return positionAt(lineStarts(cell.text), Math.min(place, cell.end) - cell.start)
}
