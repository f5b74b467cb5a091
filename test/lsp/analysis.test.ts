import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Command, Range, TextDocumentEdit, TextEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import { LONGEST_TEXT } from '../../server/src/service/oversized.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { alone } from './alone.ts'
import { Harness, URI } from './harness.ts'

/** The server with the real analysis, as far as an editor sees it. */
const EXAMPLE = readFileSync(new URL('../../examples/report.py', import.meta.url), 'utf8')
const LAST_USE = '    totals = summarise(rows)\n'
const line = EXAMPLE.slice(0, EXAMPLE.indexOf(LAST_USE)).split('\n').length - 1
const at = { line, character: LAST_USE.indexOf('rows') }

let engine: Engine
let harness: Harness
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())
afterEach(() => harness.stop())

async function start(text: string, initializationOptions: unknown = {}): Promise<void> {
  harness = new Harness({ initializationOptions, loadAnalysis: async () => alone((content, version, settings) => openDocument(engine, content, version, settings)) })
  await harness.initialize()
  await harness.open(text)
  await harness.pass(0)
}

test.each([true, false])('where the client can rename (%s), the cursor goes to the name that a fix made up', async (rename) => {
  await start(EXAMPLE, { rename })
  const extract = (await harness.actionsAt(at)).find(({ title }) => title.startsWith('Extract'))
  const { edit, command } = await harness.client.sendRequest<{ edit: { documentChanges: TextDocumentEdit[] }; command?: Command }>('codeAction/resolve', extract)
  if (!rename) return expect(command).toBeUndefined()
  const after = TextDocument.applyEdits(TextDocument.create(URI, 'python', 1, EXAMPLE), edit.documentChanges.flatMap((change) => change.edits as TextEdit[]))
  const [uri, ranges] = command!.arguments as [string, Range[]]
  expect([command!.command, uri]).toEqual(['refleak.rename', URI])
  const lines = after.split('\n')
  expect(ranges.map(({ start, end }) => lines[start.line]!.slice(start.character, end.character))).toEqual(['_get_totals', '_get_totals'])
  expect(ranges.map(({ start }) => lines[start.line])).toEqual(['def _get_totals(path):', '    totals = _get_totals(path)'])
})

test('a hint stands on the last use, the hover explains it, and its fix, applied by the editor, makes it go', async () => {
  await start(EXAMPLE)
  expect(harness.lastPublished()).toMatchObject([{ code: 'held-after-last-use', range: { start: at }, message: expect.stringContaining('rows') }])
  expect(await harness.hover(at)).toMatchObject({ contents: { kind: 'markdown', value: expect.stringMatching(/\brows\b[^]*json\.load/) } })

  const [fix] = await harness.actionsAt(at)
  expect(fix).toMatchObject({ title: 'Insert `del rows`', isPreferred: true })
  const { edit } = await harness.client.sendRequest<{ edit: { documentChanges: TextDocumentEdit[] } }>('codeAction/resolve', fix)
  const edits = edit.documentChanges.flatMap((change) => change.edits as TextEdit[])
  expect(edits).toEqual([{ range: { start: { line: line + 1, character: 0 }, end: { line: line + 1, character: 0 } }, newText: '    del rows\n' }])

  await harness.change(2, edits.map(({ range, newText }) => ({ range, text: newText })))
  await harness.pass(PUSH_DELAY)
  expect(harness.lastPublished()).toEqual([])
})

test('the suppression, applied by the editor, makes the hint go; without the hint it is reported as unused', async () => {
  await start(EXAMPLE)
  const [suppress] = await harness.actionsAt(at, { only: ['quickfix.refleak.suppress'] })
  const { edit } = await harness.client.sendRequest<{ edit: { documentChanges: TextDocumentEdit[] } }>('codeAction/resolve', suppress)
  await harness.change(2, edit.documentChanges.flatMap((change) => change.edits as TextEdit[]).map(({ range, newText }) => ({ range, text: newText })))
  await harness.pass(PUSH_DELAY)
  expect(harness.lastPublished()).toEqual([])

  await harness.change(3, [{ range: { start: { line: line - 1, character: 0 }, end: { line, character: 0 } }, text: '    rows = []\n' }])
  await harness.pass(PUSH_DELAY)
  expect(harness.lastPublished()).toMatchObject([{ code: 'unused-suppression', tags: [1] }])
})

test('while a function is being typed, the hints of the others stay', async () => {
  await start(EXAMPLE)
  const end = EXAMPLE.split('\n').length
  const typed = '\ndef next(a, b:\n    x = (a,\n'
  for (const [index, character] of [...typed].entries()) {
    await harness.change(index + 2, [{ range: { start: { line: end, character: 0 }, end: { line: end, character: 0 } }, text: character }])
    await harness.pass(PUSH_DELAY)
    expect(harness.lastPublished(), `after ${JSON.stringify(typed.slice(0, index + 1))}`).toHaveLength(1)
  }
})

test.each<[string, string]>([
  ['10,000 nested brackets', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`],
  ['10,000 brackets that are never closed', `x = ${'('.repeat(10_000)}\n`],
  ['NUL bytes', 'x = 1\0\0\ny = "\0"\n'],
  ['merge conflict markers', '<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n'],
  ['Python 2', 'print "x"\nexec "y" in z\nraise E, "w"\n'],
  ['lone surrogates', 'x = "\ud800"\ny = "\udc00"\n'],
  ['a byte order mark, form feeds and lone CR', '\ufeffx = 1\r\f\ry = 2\r'],
  ['a line of 100,000 characters', `x = [${'1, '.repeat(33_000)}]\n`],
])('goes on after %s', async (_name, text) => {
  await start(text)
  await harness.change(2, [{ range: { start: { line: 0, character: 2 }, end: { line: 0, character: 3 } }, text: 'q' }])
  await harness.change(3, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: EXAMPLE }])
  await harness.pass(PUSH_DELAY)
  expect(harness.logged.filter((message) => message.includes('failed'))).toEqual([])
  await harness.change(4, [{ text: EXAMPLE }])
  await harness.pass(PUSH_DELAY)
  expect(harness.lastPublished()).toHaveLength(1)
})

test('a text that is too long is named and followed; once it is shorter its hints are back', async () => {
  await start(EXAMPLE)
  const top = { line: 0, character: 0 }
  const table = `# ${'x'.repeat(5 * LONGEST_TEXT)}\n`
  await harness.change(2, [{ range: { start: top, end: top }, text: table }])
  await harness.pass(PUSH_DELAY)
  expect(harness.lastPublished()).toEqual([])
  expect(harness.logged).toContainEqual(expect.stringContaining('is 20 MiB; files above 4 MiB are not analysed'))

  await harness.change(3, [{ range: { start: { line: line + 1, character: 0 }, end: { line: line + 1, character: 0 } }, text: '# typed meanwhile\n' }])
  await harness.change(4, [{ range: { start: top, end: { line: 1, character: 0 } }, text: '' }])
  await harness.pass(PUSH_DELAY)
  expect(harness.lastPublished()).toMatchObject([{ code: 'held-after-last-use', range: { start: { ...at, line: line + 1 } } }])
})
