/** What a client's session holds: its open documents, each with its settings, and the diagnostics they lead to. */
import type {
  CancellationToken, DidChangeNotebookDocumentParams, DidChangeTextDocumentParams, DidOpenNotebookDocumentParams, TextDocumentItem,
} from 'vscode-languageserver'
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver'
import type { DiagnosticsByUri } from './diagnostics.ts'
import { DocumentStore } from './documents.ts'
import type { Diagnose, DiagnosticsFeed } from './feed.ts'
import type { Log } from './log.ts'
import { guarded } from './log.ts'
import type { OpenText } from './open-text.ts'
import { INITIAL_SETTINGS, type SettingsProvider } from './settings.ts'
import type { StatusParams } from './status.ts'
import { remarksOf, statusOf } from './status.ts'

export interface SessionInput {
  readonly documents: DocumentStore
  readonly settings: SettingsProvider
  readonly toDiagnostics: (document: OpenText) => DiagnosticsByUri
  readonly createFeed: (diagnose: Diagnose) => DiagnosticsFeed
  readonly sendStatus: (status: StatusParams) => void
  readonly log: Log
}

/** What is known of an open document besides its text. */
interface Entry {
  /** The load of settings this entry waits for; answers of earlier loads are dropped. */
  load: number
  ready: Promise<void>
  off: string | null
  /** The last status sent, as JSON. */
  status: string
  /** The remarks of the last report: what is new in the next one is logged. */
  remarks: readonly string[]
}

export class Session {
  readonly #input: SessionInput
  readonly #entries = new Map<string, Entry>()
  #loads = 0
  #lastTurn: Promise<void> = Promise.resolve()
  readonly #feed: DiagnosticsFeed

  constructor(input: SessionInput) {
    this.#input = input
    this.#feed = input.createFeed((uri) => this.#diagnose(uri))
  }

  open(item: TextDocumentItem): void {
    this.#opened(this.#input.documents.open(item, INITIAL_SETTINGS.settings))
  }

  openNotebook(params: DidOpenNotebookDocumentParams): void {
    this.#opened(this.#input.documents.openNotebook(params, INITIAL_SETTINGS.settings))
  }

  change(params: DidChangeTextDocumentParams): void {
    this.#changed(this.#input.documents.change(params))
  }

  changeNotebook(params: DidChangeNotebookDocumentParams): void {
    this.#changed(this.#input.documents.changeNotebook(params))
  }

  close(uri: string): void {
    const document = this.#input.documents.get(uri)
    this.#input.documents.close(uri)
    this.#entries.delete(uri)
    if (document !== null) this.#feed.closed(document)
  }

  /** Frees every document; nothing is answered after this. */
  dispose(): void {
    this.#feed.dispose()
    for (const uri of this.#entries.keys()) this.#input.documents.close(uri)
    this.#entries.clear()
  }

  /** Files that are not open changed, or more is known of them. */
  othersChanged(): void {
    if (this.#input.documents.all().some((document) => document.isStale)) this.#feed.refresh()
  }

  /** The editor's or the project's settings changed. */
  settingsChanged(): void {
    this.#input.settings.forget()
    this.#configure([...this.#entries.keys()])
    this.#feed.refresh()
  }

  /**
   * Answers a request about a document, once its settings are known; `empty` where there is nothing to say.
   * A cancelled request, and one whose document changed while it waited, ends with the protocol's error for that.
   */
  async answer<T>(uri: string, token: CancellationToken, what: string, empty: T, work: (document: OpenText) => T): Promise<T | ResponseError<void>> {
    const document = this.#input.documents.get(uri)
    if (document === null) return empty
    const { version } = document
    const entry = this.#entries.get(document.uri)
    await entry?.ready
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, `${what} was cancelled`)
    if (this.#input.documents.get(uri) !== document || document.version !== version) {
      return new ResponseError(LSPErrorCodes.ContentModified, `${what}: ${uri} changed meanwhile`)
    }
    if (entry?.off !== null) return empty
    return guarded(this.#input.log, `${what} for ${uri} version ${version}`, empty, () => work(document))
  }

  #opened(document: OpenText): void {
    this.#entries.set(document.uri, { load: 0, ready: Promise.resolve(), off: null, status: '', remarks: [] })
    this.#configure([document.uri])
    this.#feed.opened(document)
  }

  #changed(document: OpenText | null): void {
    if (document !== null) this.#feed.changed(document)
  }

  async #diagnose(uri: string): ReturnType<Diagnose> {
    await this.#entries.get(uri)?.ready
    await this.#nextTurn()
    const document = this.#input.documents.get(uri)
    const entry = this.#entries.get(uri)
    if (document === null || entry === undefined) return null
    const started = performance.now()
    const none = new Map(document.parts.map((part) => [part, []]))
    const items = entry.off === null ? guarded(this.#input.log, `diagnostics for ${uri}`, none, () => this.#input.toDiagnostics(document)) : none
    this.#input.log.debug(`${uri} version ${document.version}: ${[...items.values()].flat().length} findings in ${(performance.now() - started).toFixed(1)} ms`)
    if (entry.off === null) this.#logRemarks(entry, document)
    this.#tellStatus(entry, guarded(this.#input.log, `status of ${uri}`, null, () => statusOf(document, entry.off)))
    for (const other of this.#input.documents.all()) if (other !== document && other.isStale) this.#feed.stale(other)
    return { items, version: document.version }
  }

  #configure(uris: readonly string[]): void {
    const load = ++this.#loads
    const done = this.#load(uris, load)
    for (const uri of uris) {
      const entry = this.#entries.get(uri)
      if (entry === undefined) continue
      entry.load = load
      entry.ready = done
      const version = this.#input.documents.get(uri)?.version ?? 0
      this.#tellStatus(entry, { uri, version, state: 'analysing', findings: 0, reasons: [] })
    }
  }

  async #load(uris: readonly string[], load: number): Promise<void> {
    const loaded = await this.#input.settings.load(uris)
    uris.forEach((uri, index) => {
      const entry = this.#entries.get(uri)
      const document = this.#input.documents.get(uri)
      const { settings, off } = loaded[index] ?? INITIAL_SETTINGS
      if (document === null || entry?.load !== load) return
      entry.off = off
      if (JSON.stringify(settings) !== JSON.stringify(document.settings)) document.configure(settings)
    })
  }

  /** One analysis per turn of the event loop: messages get through between the documents of a long list. */
  #nextTurn(): Promise<void> {
    this.#lastTurn = this.#lastTurn.then(() => new Promise((resolve) => void setImmediate(resolve)))
    return this.#lastTurn
  }

  /** Failures of single rules are among the remarks, with their places. */
  #logRemarks(entry: Entry, document: OpenText): void {
    const remarks = remarksOf(document)
    for (const remark of remarks) if (!entry.remarks.includes(remark)) this.#input.log.info(`${document.uri}: ${remark}`)
    entry.remarks = remarks
  }

  #tellStatus(entry: Entry, status: StatusParams | null): void {
    if (status === null) return
    const { version: _version, ...shown } = status
    const json = JSON.stringify(shown)
    if (json === entry.status) return
    entry.status = json
    this.#input.sendStatus(status)
  }
}
