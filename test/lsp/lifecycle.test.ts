import { afterEach, describe, expect, test } from 'vitest'
import { ABLE, ABLE_TO_PULL, Harness, type HarnessOptions } from './harness.ts'

let harness: Harness
const start = (options: HarnessOptions = {}) => (harness = new Harness(options)).initialize()
afterEach(() => harness.stop())

describe('initialize', () => {
  test('says who the server is, and takes edits one by one', async () => {
    const { serverInfo, capabilities } = await start()
    expect(serverInfo).toEqual({ name: 'refleak', version: '1.2.3' })
    expect(capabilities).toMatchObject({ positionEncoding: 'utf-16', textDocumentSync: { openClose: true, change: 2 }, hoverProvider: true })
  })

  test('offers lazy code actions to a client that can resolve edits, complete ones to others', async () => {
    expect((await start()).capabilities.codeActionProvider).toMatchObject({ resolveProvider: true, codeActionKinds: ['quickfix', 'source.fixAll.refleak'] })
    await harness.stop()
    const { resolveSupport: _resolve, ...codeAction } = ABLE.textDocument?.codeAction ?? {}
    const result = await start({ capabilities: { ...ABLE, textDocument: { ...ABLE.textDocument, codeAction } } })
    expect(result.capabilities.codeActionProvider).toMatchObject({ resolveProvider: false })
  })

  test('offers pulled diagnostics only to a client that asks for them', async () => {
    expect((await start()).capabilities.diagnosticProvider).toBeUndefined()
    await harness.stop()
    expect((await start({ capabilities: ABLE_TO_PULL })).capabilities.diagnosticProvider)
      .toEqual({ identifier: 'refleak', interFileDependencies: true, workspaceDiagnostics: false })
  })

  test('works for a client that can do nothing', async () => {
    const { capabilities } = await start({ capabilities: {} })
    expect(capabilities.codeActionProvider).toBeUndefined()
    await harness.open('big rows\nuse rows\nwork\n')
    await harness.pass(0)
    expect(harness.lastPublished()?.[0]).toMatchObject({ message: 'rows (1 GiB) is held while work runs' })
    expect(harness.lastPublished()?.[0]).not.toHaveProperty('relatedInformation')
    expect(harness.registered).toEqual([])
  })

  test('fails with the reason when the parser cannot be loaded', async () => {
    harness = new Harness({ loadAnalysis: () => Promise.reject(new Error('no grammar.wasm')) })
    await expect(harness.initialize()).rejects.toThrow(/the parser could not be loaded: .*no grammar\.wasm/)
  })
})

test('asks to be told of settings and of every pyproject.toml', async () => {
  await start()
  await harness.settle()
  expect(harness.registered.sort()).toEqual(['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles'])
})

test('shutdown frees every document', async () => {
  await start()
  await harness.open('big rows\nuse rows\nwork\n')
  await harness.settle()
  await harness.client.sendRequest('shutdown')
  expect(harness.analyses.map((analysis) => analysis.disposed)).toEqual([true])
})
