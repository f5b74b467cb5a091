import { afterEach, describe, expect, test } from 'vitest'
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node'
import type { CodeAction, Diagnostic, TextDocumentEdit } from 'vscode-languageserver'
import { ABLE, Harness, URI, type HarnessOptions } from './harness.ts'

const HELD = 'big rows\nuse rows\nwork\n'
const BINDING = { line: 0, character: 5 }
const LAST_USE = { line: 1, character: 4 }
const ELSEWHERE = { line: 2, character: 2 }

let harness: Harness
async function start(options: HarnessOptions = {}, text = HELD): Promise<void> {
  harness = new Harness(options)
  await harness.initialize()
  await harness.open(text)
}
afterEach(() => harness.stop())

const titles = (actions: readonly CodeAction[]) => actions.map((action) => action.title)
const resolve = (action: CodeAction | undefined): Promise<CodeAction> => harness.client.sendRequest('codeAction/resolve', action)

describe('hover', () => {
  test('explains a binding in Markdown, and says nothing elsewhere', async () => {
    await start()
    expect(await harness.hover(BINDING)).toEqual({
      range: { start: { line: 0, character: 4 }, end: { line: 0, character: 8 } },
      contents: { kind: 'markdown', value: '**rows** is large' },
    })
    expect(await harness.hover(ELSEWHERE)).toBeNull()
  })

  test('is plain text for a client without Markdown', async () => {
    await start({ capabilities: {} })
    expect(await harness.hover(BINDING)).toMatchObject({ contents: { kind: 'plaintext', value: 'rows is large' } })
  })
})

describe('code actions', () => {
  test('are offered from the binding and from the last use, and not from other places', async () => {
    await start()
    const offered = ['Insert "del rows"', 'Insert "rows = None" (a debugger may look at it)', 'Suppress held-after-last-use on this line']
    expect(titles(await harness.actionsAt(BINDING))).toEqual(offered)
    expect(titles(await harness.actionsAt(LAST_USE))).toEqual(offered)
    expect(titles(await harness.actionsAt(ELSEWHERE))).toEqual([])
  })

  test('prefer the safe fix, and have no edit until one is picked', async () => {
    await start()
    const [safe, unsafe] = await harness.actionsAt(LAST_USE)
    expect(safe).toMatchObject({ kind: 'quickfix', isPreferred: true })
    expect(unsafe).not.toHaveProperty('isPreferred')
    expect(safe).not.toHaveProperty('edit')
  })

  test('are tied to the diagnostic they mend', async () => {
    await start()
    await harness.pass(0)
    const diagnostics = harness.lastPublished() as Diagnostic[]
    const other: Diagnostic = { ...diagnostics[0] as Diagnostic, code: 'another-linter' }
    const [safe] = await harness.actionsAt(LAST_USE, { diagnostics: [...diagnostics, other] })
    expect(safe?.diagnostics).toEqual(diagnostics)
  })

  test('resolve to an edit of the version they were offered for', async () => {
    await start()
    const [safe] = await harness.actionsAt(LAST_USE)
    const at = { line: 2, character: 0 }
    expect((await resolve(safe)).edit).toEqual({
      documentChanges: [{ textDocument: { uri: URI, version: 1 }, edits: [{ range: { start: at, end: at }, newText: 'del rows\n' }] }],
    })
  })

  test('that suppress add the comment to the line of the squiggle', async () => {
    await start()
    const suppress = (await harness.actionsAt(LAST_USE, { only: ['quickfix.refleak.suppress'] }))[0]
    const change = (await resolve(suppress)).edit?.documentChanges?.[0] as TextDocumentEdit
    expect(change.edits).toEqual([{ range: { start: { line: 1, character: 8 }, end: { line: 1, character: 8 } }, newText: '  # refleak: ignore[held-after-last-use]' }])
  })

  test('that are out of date are refused, also by the settings', async () => {
    await start()
    const [action] = await harness.actionsAt(LAST_USE)
    await harness.change(2, [{ text: `# moved\n${HELD}` }])
    await expect(resolve(action)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified })
  })

  test('that are not ours are refused', async () => {
    await start()
    for (const data of [undefined, 'x', { uri: URI, state: '1.0' }, { uri: URI, state: '1.0', edit: { kind: 'fix', finding: 'first' } }]) {
      await expect(resolve({ title: 'strange', data })).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified })
    }
  })

  test('come with their edit for a client that cannot resolve, unversioned where it knows no versions', async () => {
    const capabilities = { ...ABLE, workspace: {}, textDocument: { ...ABLE.textDocument, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } } }
    await start({ capabilities })
    const [safe] = await harness.actionsAt(LAST_USE)
    const at = { line: 2, character: 0 }
    expect(safe?.edit).toEqual({ changes: { [URI]: [{ range: { start: at, end: at }, newText: 'del rows\n' }] } })
  })
})

describe('source.fixAll.refleak', () => {
  const TWO = 'big a\nbig b\nuse a\nuse b\nwork\n'

  test('is offered only when asked for, from anywhere in the file', async () => {
    await start()
    expect(titles(await harness.actionsAt(ELSEWHERE))).toEqual([])
    expect(titles(await harness.actionsAt(ELSEWHERE, { only: ['source.fixAll'] }))).toEqual(['Apply all safe fixes of Reference Leak Hints'])
    expect(titles(await harness.actionsAt(ELSEWHERE, { only: ['source.organizeImports'] }))).toEqual([])
  })

  test('applies the safe fix of every finding', async () => {
    await start({}, TWO)
    const [action] = await harness.actionsAt(ELSEWHERE, { only: ['source.fixAll.refleak'] })
    const change = (await resolve(action)).edit?.documentChanges?.[0] as TextDocumentEdit
    expect(change.edits.map((edit) => 'newText' in edit ? [edit.range.start.line, edit.newText] : [])).toEqual([[3, 'del a\n'], [4, 'del b\n']])
  })

  test('is not offered where there is nothing to fix', async () => {
    await start({}, 'work\n')
    expect(await harness.actionsAt(ELSEWHERE, { only: ['source.fixAll'] })).toEqual([])
  })
})

describe('a request', () => {
  test('that is cancelled while it waits ends as cancelled', async () => {
    let answer = (_settings: unknown): void => {}
    harness = new Harness({ settings: () => new Promise((done) => { answer = done }) })
    await harness.initialize()
    await harness.open(HELD)
    const source = new CancellationTokenSource()
    const request = harness.client.sendRequest('textDocument/hover', { textDocument: { uri: URI }, position: BINDING }, source.token)
    const outcome = expect(request).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled })
    await harness.settle()
    source.cancel()
    await harness.settle()
    answer(null)
    await outcome
  })

  test('whose document changes while it waits ends as outdated', async () => {
    let answer = (_settings: unknown): void => {}
    harness = new Harness({ settings: () => new Promise((done) => { answer = done }) })
    await harness.initialize()
    await harness.open(HELD)
    const outcome = expect(harness.hover(BINDING)).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified })
    await harness.change(2, [{ text: '' }])
    await harness.settle()
    answer(null)
    await outcome
  })

  test('that is unknown is refused, and the server goes on', async () => {
    await start()
    await expect(harness.client.sendRequest('refleak/nonsense', {})).rejects.toThrow(/refleak\/nonsense/)
    expect(await harness.hover(BINDING)).not.toBeNull()
  })

  test('with senseless parameters fails alone', async () => {
    await start()
    await expect(harness.client.sendRequest('textDocument/hover', { nothing: true })).rejects.toThrow()
    expect(await harness.hover(BINDING)).not.toBeNull()
  })
})
