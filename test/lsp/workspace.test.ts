import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDiskReader } from '../../server/src/cli/disk.ts'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { Harness } from './harness.ts'

const LOADING = 'import json\n\ndef load(path):\n    return json.load(open(path))\n'
const SMALL = 'def load(path):\n    return 3\n'
const USER = 'import time\nfrom loading import load\n\ndef use(path):\n    rows = load(path)\n    n = len(rows)\n    time.sleep(60)\n    return n\n'

let engine: Engine
let harness: Harness
let folder: string
const uri = (name: string) => pathToFileURL(join(folder, name)).href
const codes = (name: string) => harness.lastPublished(uri(name))?.map((diagnostic) => diagnostic.code)

beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())
afterEach(async () => {
  await harness.stop()
  rmSync(folder, { recursive: true })
})

/** `roots`: the folders of the window, below the temporary one. */
async function start(files: Readonly<Record<string, string>>, roots: readonly string[] = ['']): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'refleak-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  harness = new Harness({
    loadAnalysis: async () => createWorkspace(engine, createDiskReader(), []),
    folders: roots.map(root => ({ uri: pathToFileURL(join(folder, root)).href, name: 'project' })),
  })
  await harness.initialize()
}

test('what a function of another file returns is known', async () => {
  await start({ 'loading.py': LOADING, 'user.py': USER })
  await harness.open(USER, uri('user.py'))
  await harness.pass(0)
  expect(codes('user.py')).toEqual(['held-after-last-use'])
})

test('an unsaved edit in one document changes the diagnostics of another', async () => {
  await start({ 'loading.py': LOADING, 'user.py': USER })
  await harness.open(USER, uri('user.py'))
  await harness.open(LOADING, uri('loading.py'))
  await harness.pass(0)
  expect(codes('user.py')).toEqual(['held-after-last-use'])
  await harness.change(2, [{ text: SMALL }], uri('loading.py'))
  await harness.pass(PUSH_DELAY)
  await harness.pass(0)
  expect(codes('user.py')).toEqual([])
  await harness.close(uri('loading.py'))
  await harness.change(2, [{ text: `${USER}\n` }], uri('user.py'))
  await harness.pass(PUSH_DELAY)
  expect(codes('user.py')).toEqual(['held-after-last-use'])
})

test('files that change and appear on disk are noticed', async () => {
  await start({ 'user.py': USER })
  await harness.open(USER, uri('user.py'))
  await harness.pass(0)
  expect(codes('user.py')).toEqual([])
  const tell = async (text: string, type: 1 | 2): Promise<void> => {
    writeFileSync(join(folder, 'loading.py'), text)
    await harness.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('loading.py'), type }] })
    await harness.settle()
    await harness.pass(0)
  }
  await tell(LOADING, 1)
  expect(codes('user.py')).toEqual(['held-after-last-use'])
  await tell(SMALL, 2)
  expect(codes('user.py')).toEqual([])
})

test('each folder of a window has its own modules, of whatever names', async () => {
  await start({ 'one/loading.py': LOADING, 'one/user.py': USER, 'two/loading.py': SMALL, 'two/user.py': USER }, ['one', 'two'])
  await harness.open(USER, uri('one/user.py'))
  await harness.open(USER, uri('two/user.py'))
  await harness.pass(0)
  expect(codes('one/user.py')).toEqual(['held-after-last-use'])
  expect(codes('two/user.py')).toEqual([])
})

const TABLE = 'import pickle\n\n_PRICES = pickle.load(open("prices.pkl", "rb"))\n\ndef price(name):\n    return _PRICES[name]\n'
const BUYER = 'from prices import _PRICES\n\ndef total():\n    return sum(_PRICES.values())\n'

test('a folder that is added or removed brings and takes its uses of what others have', async () => {
  await start({ 'one/prices.py': TABLE, 'two/buyer.py': BUYER }, ['one'])
  await harness.open(TABLE, uri('one/prices.py'))
  await harness.indexed()
  expect(codes('one/prices.py')).toEqual(['long-lived-global'])
  const change = async (added: readonly string[], removed: readonly string[]): Promise<void> => {
    const named = (names: readonly string[]) => names.map(name => ({ uri: uri(name), name }))
    await harness.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: named(added), removed: named(removed) } })
    await harness.indexed()
  }
  await change(['two'], [])
  expect(codes('one/prices.py')).toEqual([])
  await change([], ['two'])
  expect(codes('one/prices.py')).toEqual(['long-lived-global'])
})

test('a notebook knows the files beside it, as they are', async () => {
  await start({ 'loading.py': LOADING })
  const cell = uri('user.ipynb').replace('file:', 'vscode-notebook-cell:') + '#a'
  await harness.client.sendNotification('notebookDocument/didOpen', {
    notebookDocument: { uri: uri('user.ipynb'), notebookType: 'jupyter-notebook', version: 1, cells: [{ kind: 2, document: cell }] },
    cellTextDocuments: [{ uri: cell, languageId: 'python', version: 1, text: `%matplotlib inline\n${USER}` }],
  })
  await harness.pass(0)
  expect(harness.lastPublished(cell)?.map((diagnostic) => diagnostic.code)).toEqual(['held-after-last-use'])
  await harness.open(LOADING, uri('loading.py'))
  await harness.change(2, [{ text: SMALL }], uri('loading.py'))
  await harness.pass(PUSH_DELAY)
  await harness.pass(0)
  expect(harness.lastPublished(cell)).toEqual([])
})
