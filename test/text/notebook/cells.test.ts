import { describe, expect, test } from 'vitest'
import { changeCells, changeInCell, composeCells, fitToCells, placeName } from '../../../server/src/text/notebook/cells.ts'

const CELLS = composeCells([{ number: 1, text: 'a = 1' }, { number: 3, text: '%time b\n' }, { number: 4, text: '' }, { number: 5, text: 'c' }]).cells

test('cells follow one another, each with a line break, and keep their length', () => {
  const program = composeCells(CELLS)
  expect(program.text).toBe('a = 1\n0;    b\n\n\nc\n')
  expect(CELLS.map(({ start, end }) => program.text.slice(start, end + 1))).toEqual(['a = 1\n', '0;    b\n\n', '\n', 'c\n'])
})

test('places have names in cells', () => {
  expect(placeName(CELLS, 4)).toBe('line 1 of cell 1')
  expect(placeName(CELLS, CELLS[3]!.start)).toBe('line 1 of cell 5')
})

describe('an edit', () => {
  const none = (): boolean => false
  const apply = (edit: { start: number; end: number; newText: string } | null): string[] =>
    changeCells(CELLS, [changeInCell(edit!, CELLS)!]).map(({ text }) => text)

  test('after the last line of a cell goes to its end', () => {
    expect(apply(fitToCells({ start: CELLS[1]!.start, end: CELLS[1]!.start, newText: 'del a\n' }, CELLS, none))[0]).toBe('a = 1\ndel a')
  })

  test('after a cell that ends in a line break needs none', () => {
    expect(apply(fitToCells({ start: CELLS[2]!.start, end: CELLS[2]!.start, newText: 'del b\n' }, CELLS, none))[1]).toBe('%time b\ndel b')
  })

  test('opens the next cell where the cell shows its last value', () => {
    expect(apply(fitToCells({ start: CELLS[1]!.start, end: CELLS[1]!.start, newText: 'del a\n' }, CELLS, cell => cell === 0)).slice(0, 2)).toEqual(['a = 1', 'del a\n%time b\n'])
  })

  test('never stands before a cell magic', () => {
    const { cells } = composeCells([{ number: 1, text: 'a' }, { number: 2, text: '%%time\nb' }])
    expect(fitToCells({ start: cells[1]!.start, end: cells[1]!.start, newText: 'del a\n' }, cells, () => true)).toBeNull()
  })

  test('that takes away the last line takes the break before it', () => {
    const { cells } = composeCells([{ number: 1, text: 'a\ndel a' }, { number: 2, text: 'b' }])
    expect(fitToCells({ start: 2, end: 8, newText: '' }, cells, none)).toEqual({ start: 1, end: 7, newText: '' })
  })

  test('over two cells is refused', () => {
    expect(fitToCells({ start: 2, end: CELLS[1]!.start + 3, newText: '' }, CELLS, none)).toBeNull()
    expect(changeInCell({ start: 2, end: CELLS[1]!.start + 3, newText: '' }, CELLS)).toBeNull()
  })
})
