import { afterEach, describe, expect, test } from 'vitest'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import { ABLE_TO_PULL, Harness, URI, type HarnessOptions } from './harness.ts'

const HELD = 'big rows\nuse rows\nwork\n'
const INSERT_DEL = { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: 'del rows\n' }

let harness: Harness
async function start(options: HarnessOptions = {}): Promise<void> {
  harness = new Harness(options)
  await harness.initialize()
}
afterEach(() => harness.stop())

test('a diagnostic says what, where, why, and where to read on', async () => {
  await start()
  await harness.open(HELD)
  await harness.pass(0)
  expect(harness.published).toEqual([{
    uri: URI,
    version: 1,
    diagnostics: [{
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 8 } },
      severity: 2,
      source: 'refleak',
      code: 'held-after-last-use',
      codeDescription: { href: 'file:///pages/held-after-last-use.md' },
      message: 'rows (1 GiB) is held while work runs',
      relatedInformation: [
        { location: { uri: URI, range: { start: { line: 0, character: 4 }, end: { line: 0, character: 8 } } }, message: 'rows is bound here' },
        { location: { uri: URI, range: { start: { line: 2, character: 0 }, end: { line: 2, character: 4 } } }, message: 'still held while work runs' },
      ],
    }],
  }])
})

describe('pushed diagnostics', () => {
  test('come at once for an opened document, and after a pause in typing', async () => {
    await start()
    await harness.open(HELD)
    await harness.pass(0)
    expect(harness.published).toHaveLength(1)
    await harness.change(2, [INSERT_DEL])
    await harness.pass(PUSH_DELAY - 1)
    expect(harness.published).toHaveLength(1)
    await harness.pass(1)
    expect(harness.published[1]).toEqual({ uri: URI, version: 2, diagnostics: [] })
  })

  test('are computed once for a burst of edits', async () => {
    await start()
    await harness.open('')
    await harness.pass(0)
    for (const [index, character] of [...HELD].entries()) {
      const end = { line: 99, character: 0 }
      await harness.change(index + 2, [{ range: { start: end, end }, text: character }])
      await harness.pass(10)
    }
    await harness.pass(PUSH_DELAY)
    expect(harness.published.map(({ version }) => version)).toEqual([1, HELD.length + 1])
    expect(harness.analyses[0]?.reports).toBe(2)
  })

  test('of a version that was edited while the settings were on their way are never sent', async () => {
    let answer = (_settings: unknown): void => {}
    await start({ settings: () => new Promise((done) => { answer = done }) })
    await harness.open(HELD)
    await harness.pass(0)
    await harness.change(2, [INSERT_DEL])
    await harness.settle()
    expect(harness.published).toEqual([])
    answer(null)
    await harness.pass(PUSH_DELAY)
    expect(harness.published.map(({ version, diagnostics }) => [version, diagnostics.length])).toContainEqual([2, 0])
    expect(harness.published.filter(({ version }) => version === 1)).toEqual([])
  })

  test('go when the document is closed, and none comes after', async () => {
    await start()
    await harness.open(HELD)
    await harness.pass(0)
    await harness.change(2, [INSERT_DEL])
    await harness.close()
    await harness.pass(PUSH_DELAY)
    expect(harness.published.at(-1)).toEqual({ uri: URI, diagnostics: [] })
    expect(harness.published).toHaveLength(2)
  })
})

describe('pulled diagnostics', () => {
  test('are never pushed', async () => {
    await start({ capabilities: ABLE_TO_PULL })
    await harness.open(HELD)
    await harness.pass(1_000)
    await harness.close()
    await harness.pass(1_000)
    expect(harness.published).toEqual([])
  })

  test('are sent in full, then as unchanged, then in full again after an edit', async () => {
    await start({ capabilities: ABLE_TO_PULL })
    await harness.open(HELD)
    const first = await harness.pull()
    expect(first).toMatchObject({ kind: 'full', items: [{ code: 'held-after-last-use' }] })
    expect(await harness.pull(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId })
    await harness.change(2, [INSERT_DEL])
    const third = await harness.pull(first.resultId)
    expect(third).toMatchObject({ kind: 'full', items: [] })
    expect(third.resultId).not.toBe(first.resultId)
  })

  test('are full for a client that does not know the last result', async () => {
    await start({ capabilities: ABLE_TO_PULL })
    await harness.open(HELD)
    const first = await harness.pull()
    expect(await harness.pull('of another server')).toEqual(first)
    expect(await harness.pull()).toEqual(first)
  })

  test('are refreshed when settings change', async () => {
    await start({ capabilities: ABLE_TO_PULL })
    await harness.open(HELD)
    await harness.pull()
    await harness.client.sendNotification('workspace/didChangeConfiguration', { settings: null })
    await harness.pass(0)
    expect(harness.refreshes).toBe(1)
  })

  test('of a document that is not open are empty', async () => {
    await start({ capabilities: ABLE_TO_PULL })
    expect(await harness.pull(undefined, 'file:///closed.py')).toMatchObject({ kind: 'full', items: [] })
  })
})

describe('the status', () => {
  const states = () => harness.statuses.map(({ state, findings, reasons }) => ({ state, findings, reasons }))

  test('says that a file is analysed, and how many findings it has', async () => {
    await start({ initializationOptions: { status: true } })
    await harness.open(HELD)
    await harness.pass(0)
    expect(states()).toEqual([{ state: 'analysing', findings: 0, reasons: [] }, { state: 'ready', findings: 1, reasons: [] }])
  })

  test('says why a file is not analysed', async () => {
    await start({ initializationOptions: { status: true } })
    await harness.open('generated file\n')
    await harness.pass(0)
    expect(states().at(-1)).toEqual({ state: 'silent', findings: 0, reasons: ['generated file'] })
  })

  test('says with the findings what is not analysed, and the log has it once', async () => {
    await start({ initializationOptions: { status: true } })
    await harness.open(`${HELD}generated file\n`)
    await harness.pass(0)
    await harness.change(2, [INSERT_DEL])
    await harness.pass(PUSH_DELAY)
    expect(states().slice(1)).toEqual([
      { state: 'ready', findings: 1, reasons: ['generated file'] },
      { state: 'silent', findings: 0, reasons: ['generated file'] },
    ])
    expect(harness.logged).toEqual([`${URI}: generated file`])
  })

  test('is not sent to a client that does not show it', async () => {
    await start()
    await harness.open(HELD)
    await harness.pass(0)
    expect(harness.statuses).toEqual([])
  })
})

describe('a failure', () => {
  test('in one document is logged with its place, and the others are still analysed', async () => {
    await start({ initializationOptions: { status: true } })
    await harness.open('crash report\n', 'file:///bad.py')
    await harness.open(HELD)
    await harness.pass(0)
    expect(harness.logged.join('\n')).toMatch(/analysing file:\/\/\/bad\.py version 1 failed: .*the report failed on purpose/)
    expect(harness.lastPublished('file:///bad.py')).toEqual([])
    expect(harness.lastPublished()).toHaveLength(1)
    expect(harness.statuses.find(({ uri, state }) => uri === 'file:///bad.py' && state === 'failed')?.reasons).toHaveLength(1)
  })

  test('ends with the edit that mends it', async () => {
    await start()
    await harness.open('crash report\n')
    await harness.pass(0)
    await harness.change(2, [{ text: HELD }])
    await harness.pass(PUSH_DELAY)
    expect(harness.lastPublished()).toHaveLength(1)
  })
})
