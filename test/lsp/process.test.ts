import { fork, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createProtocolConnection, IPCMessageReader, IPCMessageWriter, StreamMessageReader, StreamMessageWriter, type PublishDiagnosticsParams,
} from 'vscode-languageserver/node'

let folder: string
let server: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refleak-lsp-'))
  server = join(folder, 'server.cjs')
  buildSync({
    entryPoints: [fileURLToPath(new URL('stdioServer.ts', import.meta.url))], outfile: server, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error',
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const startStdio = () => spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
const exitCode = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

describe.each(['stdio', 'ipc'] as const)('a server process over %s', (transport) => {
  const start = () => {
    const child = transport === 'stdio' ? startStdio() : fork(server)
    const client = transport === 'stdio' && child.stdin !== null && child.stdout !== null
      ? createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
      : createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child))
    client.listen()
    return { child, client, exit: exitCode(child) }
  }
  const initialize = { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: null }

  test('answers, sends diagnostics, and exits with status 0 after shutdown', async () => {
    const { client, exit } = start()
    const published = new Promise<PublishDiagnosticsParams>((resolve) => client.onNotification('textDocument/publishDiagnostics', resolve))
    await client.sendRequest('initialize', initialize)
    await client.sendNotification('textDocument/didOpen', { textDocument: { uri: 'file:///a.py', languageId: 'python', version: 1, text: 'big rows\nuse rows\nwork\n' } })
    expect((await published).diagnostics).toMatchObject([{ code: 'held-after-last-use' }])
    await client.sendRequest('shutdown')
    await client.sendNotification('exit')
    expect(await exit).toBe(0)
  })

  test('exits with status 1 without a shutdown', async () => {
    const { client, exit } = start()
    await client.sendRequest('initialize', initialize)
    await client.sendNotification('exit')
    expect(await exit).toBe(1)
  })

  test('exits when its client is gone', async () => {
    const { client, child, exit } = start()
    await client.sendRequest('initialize', initialize)
    if (transport === 'stdio') child.stdin?.end()
    else child.disconnect()
    expect(await exit).toBe(1)
  })
})
