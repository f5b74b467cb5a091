/** A language server and a client of it in one process, joined by streams; time passes only when the test says so. */
import { PassThrough } from 'node:stream'
import {
  createConnection, createProtocolConnection, MessageType, StreamMessageReader, StreamMessageWriter,
  type ClientCapabilities, type CodeAction, type CodeActionParams, type Diagnostic, type DocumentDiagnosticReport, type Hover, type InitializeResult,
  type LogMessageParams, type Position, type ProtocolConnection, type PublishDiagnosticsParams, type TextDocumentContentChangeEvent, type WorkspaceFolder,
} from 'vscode-languageserver/node'
import { PUSH_DELAY } from '../../server/src/lsp/feed.ts'
import type { Scheduler } from '../../server/src/lsp/scheduler.ts'
import { serve, type ServerInput } from '../../server/src/lsp/server.ts'
import type { StatusParams } from '../../server/src/lsp/status.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import { alone } from './alone.ts'
import { FakeAnalysis } from './fakeAnalysis.ts'

export const URI = 'file:///project/example.py'

/** Everything a modern client can do. */
export const ABLE: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
}

export const ABLE_TO_PULL: ClientCapabilities = {
  ...ABLE,
  textDocument: { ...ABLE.textDocument, diagnostic: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } } },
}

export class ManualTime implements Scheduler {
  #now = 0
  #tasks: { readonly due: number; readonly task: () => void }[] = []

  after(milliseconds: number, task: () => void): () => void {
    const entry = { due: this.#now + milliseconds, task }
    this.#tasks.push(entry)
    return () => { this.#tasks = this.#tasks.filter((other) => other !== entry) }
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds
    const due = this.#tasks.filter((entry) => entry.due <= this.#now)
    this.#tasks = this.#tasks.filter((entry) => entry.due > this.#now)
    due.forEach((entry) => entry.task())
  }
}

export interface HarnessOptions {
  readonly capabilities?: ClientCapabilities
  readonly initializationOptions?: unknown
  readonly folders?: readonly WorkspaceFolder[]
  /** What the client answers to `workspace/configuration`, by document URI; a promise answers later. */
  readonly settings?: (uri: string) => unknown
  /** Files by absolute path. */
  readonly files?: Map<string, string>
  /** Without it, settings are read from `files`. */
  readonly readText?: ServerInput['readText']
  readonly loadAnalysis?: ServerInput['loadAnalysis']
}

export class Harness {
  readonly client: ProtocolConnection
  readonly time = new ManualTime()
  readonly published: PublishDiagnosticsParams[] = []
  readonly statuses: StatusParams[] = []
  readonly logged: string[] = []
  /** Messages shown to the user. */
  readonly shown: string[] = []
  readonly registered: string[] = []
  /** Every analysis that was opened, in order. */
  readonly analyses: FakeAnalysis[] = []
  refreshes = 0
  readonly #options: HarnessOptions
  readonly #close: () => void
  #stopped = false

  constructor(options: HarnessOptions = {}) {
    this.#options = options
    const [toServer, toClient] = [new PassThrough(), new PassThrough()]
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient))
    this.client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer))
    this.#close = () => {
      this.client.dispose()
      server.dispose()
    }
    this.#listen()
    serve({
      connection: server,
      version: '1.2.3',
      scheduler: this.time,
      readText: options.readText ?? ((path) => options.files?.get(path) ?? null),
      pageOf: (rule) => `file:///pages/${rule}.md`,
      loadAnalysis: options.loadAnalysis ?? (async () => alone((text, version, settings) => this.#openAnalysis(text, version, settings))),
    })
  }

  async initialize(): Promise<InitializeResult> {
    const { capabilities = ABLE, initializationOptions, folders = [] } = this.#options
    const result = await this.client.sendRequest<InitializeResult>('initialize', {
      processId: null, rootUri: null, capabilities, initializationOptions, workspaceFolders: [...folders],
    })
    await this.client.sendNotification('initialized', {})
    await this.settle()
    return result
  }

  async open(text: string, uri = URI): Promise<void> {
    await this.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } })
  }

  async change(version: number, contentChanges: TextDocumentContentChangeEvent[], uri = URI): Promise<void> {
    await this.client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges })
  }

  async close(uri = URI): Promise<void> {
    await this.client.sendNotification('textDocument/didClose', { textDocument: { uri } })
  }

  hover(position: Position, uri = URI): Promise<Hover | null> {
    return this.client.sendRequest('textDocument/hover', { textDocument: { uri }, position })
  }

  pull(previousResultId?: string, uri = URI): Promise<DocumentDiagnosticReport> {
    return this.client.sendRequest('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) })
  }

  actionsAt(position: Position, context: Partial<CodeActionParams['context']> = {}, uri = URI): Promise<CodeAction[]> {
    return this.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [], ...context },
    })
  }

  /** Lets time pass, and the server finish what it started then. */
  async pass(milliseconds: number): Promise<void> {
    await this.settle()
    this.time.pass(milliseconds)
    await this.settle()
  }

  /** Returns when the index of the workspace stands, which is built in steps. */
  async indexed(): Promise<void> {
    for (let round = 0; round < 5; round += 1) await this.pass(PUSH_DELAY)
  }

  /** Returns when the server has handled all messages sent so far, and has nothing left to do but wait. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await this.client.sendRequest('textDocument/hover', { textDocument: { uri: 'untitled:nothing' }, position: { line: 0, character: 0 } })
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  lastPublished(uri = URI): Diagnostic[] | undefined {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics
  }

  async stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    await this.client.sendRequest('shutdown')
    await new Promise((resolve) => setTimeout(resolve, 1))
    this.#close()
  }

  #openAnalysis(text: string, version: number, settings: Settings): FakeAnalysis {
    const analysis = new FakeAnalysis(text, version, settings)
    this.analyses.push(analysis)
    return analysis
  }

  #listen(): void {
    this.client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => void this.published.push(params))
    this.client.onNotification('refleak/status', (params: StatusParams) => void this.statuses.push(params))
    this.client.onNotification('window/logMessage', ({ type, message }: LogMessageParams) => {
      if (type !== MessageType.Debug) this.logged.push(message)
    })
    this.client.onNotification('window/showMessage', ({ message }: LogMessageParams) => void this.shown.push(message))
    this.client.onRequest('window/workDoneProgress/create', () => null)
    this.client.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) => {
      this.registered.push(...params.registrations.map(({ method }) => method))
    })
    this.client.onRequest('workspace/configuration', (params: { items: { scopeUri: string }[] }) =>
      Promise.all(params.items.map(({ scopeUri }) => this.#options.settings?.(scopeUri) ?? null)))
    this.client.onRequest('workspace/diagnostic/refresh', () => { this.refreshes += 1 })
    this.client.listen()
  }
}
