/** Notebooks as an editor sees them, with the real analysis. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CodeAction, Diagnostic, NotebookDocumentChangeEvent, TextDocumentEdit } from 'vscode-languageserver'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import { createDiskReader } from '../../server/src/cli/disk.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { ABLE, ABLE_TO_PULL, Harness } from './harness.ts'

const NOTEBOOK = 'file:///project/grids.ipynb'
const cellUri = (name: string): string => `vscode-notebook-cell:/project/grids.ipynb#${name}`
const IMPORTS = 'import time\nimport numpy as np'
const MAKE = 'grid = np.zeros((5000, 5000))'
const USE = 'total = grid.sum()'
const WORK = '%%time\ntime.sleep(5)\nprint(np.ones((5000, 5000)).sum(), total)'

let engine: Engine
let harness: Harness
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())
afterEach(() => harness.stop())

const item = (name: string, text: string, languageId = 'python') => ({ uri: cellUri(name), languageId, version: 1, text })
const cell = (name: string, kind: 1 | 2 = 2) => ({ kind, document: cellUri(name) })

async function start(cells: Readonly<Record<string, string>>, capabilities = ABLE): Promise<void> {
  harness = new Harness({ capabilities, initializationOptions: { status: true }, loadAnalysis: async () => createWorkspace(engine, createDiskReader(), []) })
  await harness.initialize()
  await harness.client.sendNotification('notebookDocument/didOpen', {
    notebookDocument: { uri: NOTEBOOK, notebookType: 'jupyter-notebook', version: 1, cells: [cell('title', 1), ...Object.keys(cells).map((name) => cell(name))] },
    cellTextDocuments: [item('title', '# Grids', 'markdown'), ...Object.entries(cells).map(([name, text]) => item(name, text))],
  })
  await harness.pass(0)
}

async function change(version: number, cells: NotebookDocumentChangeEvent['cells']): Promise<void> {
  await harness.client.sendNotification('notebookDocument/didChange', { notebookDocument: { uri: NOTEBOOK, version }, change: { cells } })
  await harness.pass(PUSH_DELAY)
}

const published = (name: string): Diagnostic[] | undefined => harness.lastPublished(cellUri(name))
const lines = (name: string): (number | undefined)[] | undefined => published(name)?.map(({ range }) => range.start.line)

async function resolved(action: CodeAction | undefined): Promise<TextDocumentEdit[]> {
  const { edit } = await harness.client.sendRequest<{ edit: { documentChanges: TextDocumentEdit[] } }>('codeAction/resolve', action)
  return edit.documentChanges
}

test.each([['pushes', ABLE], ['pushes even to a client that pulls', ABLE_TO_PULL]])('the server %s the hints of each cell', async (_, capabilities) => {
  await start({ a: IMPORTS, b: `${MAKE}\n${USE}`, c: WORK }, capabilities)
  expect(published('a')).toEqual([])
  expect(published('b')).toMatchObject([{ code: 'held-after-last-use', range: { start: { line: 1, character: 8 } } }])
  const related = published('b')![0]!.relatedInformation!
  expect([...new Set(related.map(({ location }) => location.uri))]).toEqual([cellUri('b'), cellUri('c')])
  expect(related[1]).toMatchObject({ location: { range: { start: { line: 1, character: 0 } } }, message: expect.stringContaining('time.sleep(5)') })
  expect(published('title')).toBeUndefined()
})

test('a client that pulls gets nothing twice', async () => {
  await start({ a: IMPORTS, b: `${MAKE}\n${USE}`, c: WORK }, ABLE_TO_PULL)
  expect(await harness.pull(undefined, cellUri('b'))).toMatchObject({ items: [] })
})

describe('an edit of one cell', () => {
  test('changes what is said in another', async () => {
    await start({ a: IMPORTS, b: `${MAKE}\n${USE}`, c: WORK })
    const end = { line: 2, character: 0 }
    await change(2, { textContent: [{ document: { uri: cellUri('c'), version: 2 }, changes: [{ range: { start: end, end }, text: 'print(grid)\n' }] }] })
    expect(published('b')).toEqual([])
  })
})

describe('cells that come, go and move', () => {
  test('are another program', async () => {
    await start({ a: IMPORTS, b: MAKE, c: WORK })
    await change(2, { structure: { array: { start: 3, deleteCount: 0, cells: [cell('d')] }, didOpen: [item('d', USE)] } })
    expect(lines('d')).toEqual([0])
    await change(3, { structure: { array: { start: 3, deleteCount: 1 }, didClose: [{ uri: cellUri('d') }] } })
    expect(published('d')).toEqual([])
    expect(lines('b')).toEqual([0])
  })

  test('leave nothing behind when the notebook is closed', async () => {
    await start({ a: IMPORTS, b: `${MAKE}\n${USE}`, c: WORK })
    await harness.client.sendNotification('notebookDocument/didClose', { notebookDocument: { uri: NOTEBOOK }, cellTextDocuments: [] })
    await harness.settle()
    expect(published('b')).toEqual([])
    expect(await harness.hover({ line: 0, character: 0 }, cellUri('b'))).toBeNull()
  })
})

test('the hover and the fix are in the cell', async () => {
  await start({ a: IMPORTS, b: `${MAKE}\n${USE}`, c: WORK })
  const at = { line: 1, character: 10 }
  expect(await harness.hover(at, cellUri('b'))).toMatchObject({ range: { start: { line: 1, character: 8 } }, contents: { value: expect.stringContaining('line 2 of cell 3') } })
  const [fix] = await harness.actionsAt(at, {}, cellUri('b'))
  expect(fix?.title).toBe('Insert `del grid`')
  const end = { line: 1, character: USE.length }
  expect(await resolved(fix)).toEqual([{ textDocument: { uri: cellUri('b'), version: 1 }, edits: [{ range: { start: end, end }, newText: '\ndel grid' }] }])
})

test('fix all is asked for cell by cell, and gives each edit once', async () => {
  await start({ a: IMPORTS, b: `${MAKE}\n${USE}`, c: WORK })
  const only = { only: ['source.fixAll'] }
  expect(await harness.actionsAt({ line: 0, character: 0 }, only, cellUri('a'))).toEqual([])
  const [all] = await harness.actionsAt({ line: 0, character: 0 }, only, cellUri('b'))
  expect((await resolved(all)).map(({ textDocument, edits }) => [textDocument.uri, edits.length])).toEqual([[cellUri('b'), 1]])
})

test('the status is that of the notebook, and names cells', async () => {
  await start({ a: IMPORTS, b: 'f(', c: WORK })
  expect(harness.statuses.at(-1)).toMatchObject({ uri: NOTEBOOK, state: 'ready', reasons: ['line 1 of cell 3: this cell is not complete: it is not analysed'] })
})
