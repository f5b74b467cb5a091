/** Fixes that edit several files, in the editor. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver/node'
import { createDiskReader } from '../../server/src/cli/disk.ts'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { ABLE, Harness } from './harness.ts'

const DATA = 'import json\n\nwith open("words.json") as source:\n    WORDS = json.load(source)\n'
const USER = 'from data import WORDS\n\n\ndef spell(word):\n    return word in WORDS\n'
const TITLE = 'Make it when `spell` first needs it: `load_words()`, no longer at import; edits user.py, too'

let engine: Engine
let harness: Harness
let folder: string
const uri = (name: string) => pathToFileURL(join(folder, name)).href

beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())
afterEach(async () => {
  await harness.stop()
  rmSync(folder, { recursive: true })
})

async function start(capabilities: ClientCapabilities = ABLE): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'refleak-'))
  writeFileSync(join(folder, 'data.py'), DATA)
  writeFileSync(join(folder, 'user.py'), USER)
  harness = new Harness({
    capabilities,
    loadAnalysis: async () => createWorkspace(engine, createDiskReader(), []),
    folders: [{ uri: pathToFileURL(folder).href, name: 'project' }],
  })
  await harness.initialize()
  await harness.open(DATA, uri('data.py'))
  await harness.indexed()
}

async function actions(): Promise<CodeAction[]> {
  return (await harness.actionsAt({ line: 3, character: 5 }, {}, uri('data.py'))).filter(({ kind }) => kind === 'quickfix')
}

const resolve = (action: CodeAction | undefined): Promise<CodeAction> => harness.client.sendRequest('codeAction/resolve', action)

const IMPORT = { range: { start: { line: 0, character: 17 }, end: { line: 0, character: 22 } }, newText: 'load_words' }
const USE = { range: { start: { line: 4, character: 19 }, end: { line: 4, character: 24 } }, newText: 'load_words()' }

test('a file that is not open is edited as it lies on disk', async () => {
  await start()
  const [action] = await actions()
  expect(action?.title).toBe(TITLE)
  const { edit } = await resolve(action)
  expect(edit?.documentChanges).toEqual([
    { textDocument: { uri: uri('data.py'), version: 1 }, edits: expect.anything() },
    { textDocument: { uri: uri('user.py'), version: null }, edits: [IMPORT, USE] },
  ])
})

test('an open file is edited as the editor has it, at its version', async () => {
  await start()
  await harness.open(USER, uri('user.py'))
  await harness.change(2, [{ text: `# A comment.\n${USER}` }], uri('user.py'))
  await harness.pass(PUSH_DELAY)
  const { edit } = await resolve((await actions())[0])
  expect(edit?.documentChanges?.[1]).toMatchObject({ textDocument: { uri: uri('user.py'), version: 2 }, edits: [{ range: { start: { line: 1 } } }, { range: { start: { line: 5 } } }] })
})

test('an editor that cannot tell versions is not offered the fix', async () => {
  await start({ ...ABLE, workspace: { ...ABLE.workspace, workspaceEdit: {} } })
  expect(await actions()).toEqual([])
})

test('the edit is refused when the other file has changed since, on disk or in the editor', async () => {
  await start()
  const [action] = await actions()
  writeFileSync(join(folder, 'user.py'), `\n${USER}`)
  await expect(resolve(action)).rejects.toThrow('another state of the files')
  writeFileSync(join(folder, 'user.py'), USER)
  await harness.open(`${USER}\n\ndef other():\n    return len(WORDS)\n`, uri('user.py'))
  await expect(resolve(action)).rejects.toThrow('another state of the files')
})

test('a use that is typed in another file takes the finding away at once, before it is saved', async () => {
  await start()
  const codes = () => harness.lastPublished(uri('data.py'))?.map(({ code }) => code)
  await harness.open(USER, uri('user.py'))
  await harness.pass(PUSH_DELAY)
  expect(codes()).toEqual(['long-lived-global'])
  await harness.change(2, [{ text: `${USER}\n\ndef other():\n    return len(WORDS)\n` }], uri('user.py'))
  await harness.pass(PUSH_DELAY)
  await harness.pass(0)
  expect(codes()).toEqual([])
  await harness.change(3, [{ text: USER }], uri('user.py'))
  await harness.pass(PUSH_DELAY)
  await harness.pass(0)
  expect(codes()).toEqual(['long-lived-global'])
})
