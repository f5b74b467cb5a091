import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { OpenDocument } from '../../server/src/lsp/documents.ts'
import { INITIAL_SETTINGS } from '../../server/src/lsp/settings.ts'
import { FakeAnalysis } from './fakeAnalysis.ts'
import { Harness, URI } from './harness.ts'

const edit = (fromLine: number, fromColumn: number, toLine: number, toColumn: number, text: string): TextDocumentContentChangeEvent =>
  ({ range: { start: { line: fromLine, character: fromColumn }, end: { line: toLine, character: toColumn } }, text })

describe('edits', () => {
  let harness: Harness
  beforeEach(async () => {
    harness = new Harness()
    await harness.initialize()
  })
  afterEach(() => harness.stop())

  const textAfter = async (text: string, ...batches: TextDocumentContentChangeEvent[][]): Promise<string | undefined> => {
    await harness.open(text)
    for (const [index, batch] of batches.entries()) await harness.change(index + 2, batch)
    await harness.settle()
    return harness.analyses.at(-1)?.text
  }

  test('of one batch apply each to the text the one before left', async () => {
    expect(await textAfter('abc\n', [edit(0, 0, 0, 1, 'xyz'), edit(0, 3, 0, 3, '!'), edit(0, 0, 0, 1, '')])).toBe('yz!bc\n')
  })

  test('count UTF-16 units: behind an emoji the column is two further', async () => {
    expect(await textAfter('s = "😀" + t\n', [edit(0, 4, 0, 8, '"🎉🎉"')], [edit(0, 10, 0, 11, '-')])).toBe('s = "🎉🎉"-+ t\n')
  })

  test('keep CRLF line ends', async () => {
    expect(await textAfter('a\r\nb\r\nc', [edit(1, 0, 1, 1, 'x\r\ny'), edit(3, 0, 3, 1, 'z')])).toBe('a\r\nx\r\ny\r\nz')
  })

  test('with columns and lines beyond the end reach to the end', async () => {
    expect(await textAfter('ab\ncd', [edit(0, 99, 0, 99, '!')], [edit(99, 0, 99, 0, '?')])).toBe('ab!\ncd?')
  })

  test('may replace the whole text, and go on from there', async () => {
    expect(await textAfter('old\n', [{ text: 'new\nlines\n' }, edit(1, 0, 1, 5, 'rows')])).toBe('new\nrows\n')
  })

  test('in an update that fails are not lost: the analysis is opened anew, and the failure is logged', async () => {
    const text = await textAfter('ok\n', [edit(0, 0, 0, 0, 'crash update ')], [edit(0, 0, 0, 13, 'fine ')])
    expect(text).toBe('fine ok\n')
    expect(harness.analyses[0]?.disposed).toBe(true)
    expect(harness.logged.join('\n')).toMatch(/updating file:\/\/\/project\/example\.py to version 2 failed: .*on purpose/)
  })

  test('of a document that is not open are refused in the log', async () => {
    await harness.change(2, [edit(0, 0, 0, 0, 'x')], 'file:///other.py')
    await harness.settle()
    expect(harness.logged).toEqual(['edits of file:///other.py, which is not open, were ignored'])
  })
})

test('any sequence of batches leaves the text that another implementation of the protocol leaves', () => {
  const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '😀', 'é', '\t'), { maxLength: 12 }).map((parts) => parts.join(''))
  const position = fc.record({ line: fc.nat(6), character: fc.nat(8) })
  const change = fc.oneof(
    { weight: 8, arbitrary: fc.record({ range: fc.record({ start: position, end: position }), text }) },
    { weight: 1, arbitrary: fc.record({ text }) },
  )
  const log = { error: expect.unreachable, warn: expect.unreachable, info: expect.unreachable, debug: expect.unreachable }
  fc.assert(fc.property(text, fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (initial, batches) => {
    const reference = TextDocument.create(URI, 'python', 1, initial)
    const document = new OpenDocument(
      { uri: URI, languageId: 'python', version: 1, text: initial }, INITIAL_SETTINGS.settings,
      (content, version, settings) => new FakeAnalysis(content, version, settings), log,
    )
    batches.forEach((drawn, index) => {
      const batch = drawn.map((event) => {
        // The reference loses count after a line that does not exist.
        const existing = 'range' in event ? { ...event, range: existingLines(event.range, reference.lineCount) } : event
        TextDocument.update(reference, [existing], index + 2)
        return existing
      })
      document.change(batch, index + 2)
      expect(document.text).toBe(reference.getText())
      expect(document.version).toBe(index + 2)
    })
  }), { numRuns: 1_000 })
})

function existingLines({ start, end }: Range, count: number): Range {
  const inside = (position: Position): Position => ({ ...position, line: position.line % count })
  return { start: inside(start), end: inside(end) }
}
