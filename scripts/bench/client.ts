/** A language client of the built server, for measurements from the outside. */
import { spawn } from 'node:child_process'
import {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ClientCapabilities, type ProtocolConnection, type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node'

const URI = 'file:///measured.py'

export interface Client {
  readonly connection: ProtocolConnection
  open(text: string): Promise<void>
  change(version: number, contentChanges: TextDocumentContentChangeEvent[]): Promise<void>
  /** The findings of the last version, asked for. */
  pull(): Promise<readonly unknown[]>
  /** Resolves when findings are published. */
  readonly published: Promise<void>
  stop(): Promise<void>
}

/** Starts `refleak lsp --stdio`. Where it `pulls`, findings come when asked for, else when the server has them. */
export async function startClient(program: string, pulls: boolean): Promise<Client> {
  const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin))
  const published = new Promise<void>((resolve) => void connection.onNotification('textDocument/publishDiagnostics', () => resolve()))
  connection.onRequest('client/registerCapability', () => null)
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => ({})))
  connection.listen()
  const capabilities: ClientCapabilities = { textDocument: { publishDiagnostics: { relatedInformation: true }, ...(pulls ? { diagnostic: {} } : {}) } }
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities })
  await connection.sendNotification('initialized', {})
  return {
    connection,
    published,
    open: (text) => connection.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'python', version: 1, text } }),
    change: (version, contentChanges) => connection.sendNotification('textDocument/didChange', { textDocument: { uri: URI, version }, contentChanges }),
    async pull() {
      const { items } = await connection.sendRequest<{ items?: readonly unknown[] }>('textDocument/diagnostic', { textDocument: { uri: URI } })
      return items ?? []
    },
    async stop() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      connection.dispose()
    },
  }
}
