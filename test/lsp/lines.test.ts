import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineIndex } from '../../server/src/lsp/lines.ts'

/** The line table by its definition: split the whole text. */
function linesByScan(text: string): { start: number; end: number }[] {
  const lines = []
  let start = 0
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: match.index })
    start = match.index + match[0].length
  }
  return [...lines, { start, end: text.length }]
}

function expectIndexOf(index: LineIndex, text: string): void {
  linesByScan(text).forEach(({ start, end }, line) => {
    const where = `line ${line} of ${JSON.stringify(text)}`
    expect(index.offsetAt({ line, character: 0 }), `start of ${where}`).toBe(start)
    expect(index.offsetAt({ line, character: 1_000 }), `end of ${where}`).toBe(end)
    expect(index.positionAt(start), `position of the start of ${where}`).toEqual({ line, character: 0 })
    expect(index.positionAt(end), `position of the end of ${where}`).toEqual({ line, character: end - start })
  })
}

describe('LineIndex', () => {
  test('columns count UTF-16 units: an emoji is two', () => {
    const index = new LineIndex('a = "😀"\nb')
    expect(index.positionAt(7)).toEqual({ line: 0, character: 7 })
    expect(index.offsetAt({ line: 1, character: 0 })).toBe(9)
  })

  test('a position behind the line end means the line end, not the next line', () => {
    const index = new LineIndex('ab\r\ncd\rlast')
    expect(index.offsetAt({ line: 0, character: 99 })).toBe(2)
    expect(index.offsetAt({ line: 1, character: 99 })).toBe(6)
    expect(index.offsetAt({ line: 2, character: 99 })).toBe(11)
    expect(index.offsetAt({ line: 9, character: 0 })).toBe(11)
    expect(index.offsetAt({ line: -1, character: 0 })).toBe(0)
  })

  test('a \\n typed behind a \\r joins it to one line end, and deleting it parts them', () => {
    const index = new LineIndex('a\rb')
    index.apply({ start: 2, end: 2, newText: '\n' })
    expectIndexOf(index, 'a\r\nb')
    index.apply({ start: 1, end: 2, newText: '' })
    expectIndexOf(index, 'a\nb')
  })

  test('after any edits it equals the index of the resulting text', () => {
    const piece = fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '😀', 'bc'), { maxLength: 6 }).map((parts) => parts.join(''))
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(4), newText: piece })
    fc.assert(fc.property(piece, fc.array(edit, { maxLength: 8 }), (initial, edits) => {
      let text = initial
      const index = new LineIndex(text)
      for (const { at, remove, newText } of edits) {
        const start = Math.floor(at * text.length)
        const end = Math.min(text.length, start + remove)
        index.apply({ start, end, newText })
        text = text.slice(0, start) + newText + text.slice(end)
        expectIndexOf(index, text)
      }
    }), { numRuns: 500 })
  })
})
