import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CancellationTokenSource, type ClientCapabilities } from 'vscode-languageserver/node'
import { createDiskReader } from '../../server/src/cli/disk.ts'
import { readText } from '../../server/src/cli/files.ts'
import { FOLLOW_DELAY, type ScanResult } from '../../server/src/lsp/scan.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { refleak } from '../cli/harness.ts'
import { ABLE, ABLE_TO_PULL, Harness } from './harness.ts'

const LOADING = 'import json\n\ndef load(path):\n    return json.load(open(path))\n'
const USER = 'import time\nfrom loading import load\n\ndef use(path):\n    rows = load(path)\n    n = len(rows)\n    time.sleep(60)\n    return n\n'
const CLEAN = 'def use(path):\n    return path\n'
const NOTEBOOK = JSON.stringify({
  cells: [{ cell_type: 'code', source: ['import time\n', 'from loading import load'] }, { cell_type: 'code', source: [...USER.split('\n').slice(3).map((line) => `${line}\n`)] }],
  metadata: {}, nbformat: 4, nbformat_minor: 5,
})

let engine: Engine
let harness: Harness
let folder: string
const uri = (name: string) => pathToFileURL(join(folder, name)).href
const codes = (name: string) => harness.lastPublished(uri(name))?.map((diagnostic) => diagnostic.code)
const write = (name: string, text: string): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}

beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())
afterEach(async () => {
  await harness.stop()
  rmSync(folder, { recursive: true })
})

async function start(files: Readonly<Record<string, string>>, capabilities: ClientCapabilities = ABLE): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'refleak-'))
  for (const [name, text] of Object.entries(files)) write(name, text)
  harness = new Harness({
    capabilities,
    readText,
    loadAnalysis: async () => createWorkspace(engine, createDiskReader(), []),
    folders: [{ uri: pathToFileURL(folder).href, name: 'project' }],
  })
  await harness.initialize()
}

const run = (command: string): Promise<ScanResult> => harness.client.sendRequest('workspace/executeCommand', { command })
const scan = () => run('refleak.scanWorkspace')

/** Tells the server of a change on disk, and waits until it has followed. */
async function changed(name: string, type: 1 | 2 | 3): Promise<void> {
  await harness.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(name), type }] })
  await followed()
}

async function followed(): Promise<void> {
  await harness.settle()
  await harness.pass(FOLLOW_DELAY)
  await harness.settle()
}

describe('a scan of the workspace', () => {
  test('publishes what is found in files that are not open', async () => {
    await start({ 'loading.py': LOADING, 'user.py': USER, 'sub/clean.py': CLEAN })
    expect(codes('user.py')).toBeUndefined()
    expect(await scan()).toEqual({ files: 3, findings: 1, isComplete: true })
    expect(harness.lastPublished(uri('user.py'))).toMatchObject([{
      source: 'refleak', code: 'held-after-last-use', range: { start: { line: 5, character: 12 } }, relatedInformation: [{ location: { uri: uri('user.py') } }, {}],
    }])
    expect(codes('sub/clean.py')).toBeUndefined()
    expect(harness.shown).toEqual(['Reference leaks: 1 finding in 3 files'])
  })

  test('sees files that came and went since the last one without anybody saying so', async () => {
    await start({ 'loading.py': LOADING, 'user.py': USER })
    await scan()
    write('late.py', USER)
    unlinkSync(join(folder, 'user.py'))
    expect(await scan()).toEqual({ files: 2, findings: 1, isComplete: true })
    expect(codes('late.py')).toEqual(['held-after-last-use'])
    expect(codes('user.py')).toEqual([])
  })

  test('finds what the command line finds in the folder', async () => {
    await start({
      'loading.py': LOADING, 'user.py': USER, 'other.py': USER, 'grow.py': 'seen = []\n\ndef add(x):\n    seen.append(x)\n',
      'gone/user.py': USER, 'pyproject.toml': '[tool.refleak]\nexclude = ["gone/"]\n', '.gitignore': 'other.py\n',
    })
    await scan()
    const checked = JSON.parse((await refleak(['check', '--format', 'json', '.'], {
      cwd: folder, installation: { openAnalysis: async (roots) => createWorkspace(engine, createDiskReader(), roots, { isBatch: true }).open },
    })).out) as { findings: { path: string; rule: string }[] }
    const published = harness.published.flatMap(({ uri: at, diagnostics }) => diagnostics.map(({ code }) => `${at.slice(uri('').length + 1)} ${code}`))
    expect(published.sort()).toEqual(checked.findings.map(({ path, rule }) => `${path} ${rule}`).sort())
    expect(published.length).toBeGreaterThan(0)
  })

  test('says in words where the places in a closed notebook are', async () => {
    await start({ 'loading.py': LOADING, 'user.ipynb': NOTEBOOK })
    await scan()
    expect(harness.lastPublished(uri('user.ipynb'))).toMatchObject([{ message: expect.stringMatching(/^cell 2, line 3: /), range: { start: { line: 0, character: 0 } } }])
  })

  test('sees unsaved documents as they are, and leaves their diagnostics to them', async () => {
    await start({ 'loading.py': CLEAN, 'user.py': USER, 'other.py': CLEAN })
    await harness.open(LOADING, uri('loading.py'))
    await harness.open(USER, uri('other.py'))
    await harness.pass(0)
    const before = harness.published.filter((params) => params.uri === uri('other.py')).length
    expect(await scan()).toEqual({ files: 3, findings: 2, isComplete: true })
    expect(codes('user.py')).toEqual(['held-after-last-use'])
    expect(harness.published.filter((params) => params.uri === uri('other.py'))).toHaveLength(before)
  })

  test.each([ABLE, ABLE_TO_PULL])('is taken back for a file that is opened, and comes back when it is closed', async (capabilities) => {
    await start({ 'loading.py': LOADING, 'user.py': USER }, capabilities)
    await scan()
    await harness.open(CLEAN, uri('user.py'))
    await harness.settle()
    await harness.pass(0)
    expect(codes('user.py')).toEqual([])
    await harness.close(uri('user.py'))
    await followed()
    expect(codes('user.py')).toEqual(['held-after-last-use'])
  })

  test('follows files that change, appear and go', async () => {
    await start({ 'loading.py': LOADING, 'user.py': USER })
    await scan()
    write('user.py', CLEAN)
    await changed('user.py', 2)
    expect(codes('user.py')).toEqual([])
    write('new.py', USER)
    await changed('new.py', 1)
    expect(codes('new.py')).toEqual(['held-after-last-use'])
    unlinkSync(join(folder, 'new.py'))
    await changed('new.py', 3)
    expect(codes('new.py')).toEqual([])
  })

  test('follows nothing before it was asked for, nor after it was cleared', async () => {
    await start({ 'loading.py': LOADING, 'user.py': USER })
    await changed('user.py', 2)
    expect(codes('user.py')).toBeUndefined()
    await scan()
    await run('refleak.clearScan')
    await harness.settle()
    expect(codes('user.py')).toEqual([])
    await changed('user.py', 2)
    expect(codes('user.py')).toEqual([])
  })

  test('is made anew when the settings change', async () => {
    await start({ 'loading.py': LOADING, 'user.py': USER })
    await scan()
    write('pyproject.toml', '[tool.refleak]\nignore = ["held-after-last-use"]\n')
    await harness.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('pyproject.toml'), type: 1 }] })
    await expect.poll(() => codes('user.py')).toEqual([])
  })

  test('stops where it is when it is cancelled, and keeps what it found', async () => {
    await start(Object.fromEntries([['loading.py', LOADING], ...Array.from({ length: 200 }, (_, index) => [`user${index}.py`, USER])]), {
      ...ABLE, window: { workDoneProgress: true },
    })
    const source = new CancellationTokenSource()
    harness.client.onNotification('$/progress', ({ value }: { value: { kind: string; percentage?: number } }) => {
      if (value.kind === 'report' && (value.percentage ?? 0) > 30) source.cancel()
    })
    const result = await harness.client.sendRequest<ScanResult>('workspace/executeCommand', { command: 'refleak.scanWorkspace' }, source.token)
    expect(result.isComplete).toBe(false)
    expect(result.findings).toBeGreaterThan(0)
    expect(result.files).toBeLessThan(200)
    expect(harness.shown[0]).toMatch(/stopped after \d+ files, with \d+ findings/)
  })

  test('says so where there is nothing to scan, and knows no other commands', async () => {
    await start({})
    expect(await scan()).toEqual({ files: 0, findings: 0, isComplete: true })
    expect(harness.shown).toEqual(['Reference leaks: there are no Python files in the workspace'])
    await expect(run('refleak.unknown')).rejects.toThrow('there is no command refleak.unknown')
  })
})
