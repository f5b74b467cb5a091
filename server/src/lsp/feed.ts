/** How diagnostics reach the client: pushed, or pulled where the client asks for them. The server talks to one seam. */
import type {
  CancellationToken, Connection, Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport,
} from 'vscode-languageserver'
import { DocumentDiagnosticReportKind } from 'vscode-languageserver'
import type { DocumentStore, OpenDocument } from './documents.ts'
import type { ClientFeatures } from './features.ts'
import type { Scheduler } from './scheduler.ts'

export interface DiagnosticsFeed {
  opened(document: OpenDocument): void
  /** Its text changed. */
  changed(document: OpenDocument): void
  /** The change of another document may change its diagnostics. */
  stale(document: OpenDocument): void
  /** The settings of many documents changed. */
  refresh(): void
  closed(uri: string): void
  dispose(): void
}

export interface FeedInput {
  readonly connection: Connection
  readonly features: ClientFeatures
  readonly documents: DocumentStore
  readonly scheduler: Scheduler
  readonly diagnose: Diagnose
}

/** The diagnostics of the document's version at the time they are computed: once its settings are known. Null: it is not open any more. */
export type Diagnose = (uri: string) => Promise<{ readonly items: Diagnostic[]; readonly version: number } | null>

/** Milliseconds without an edit before diagnostics are pushed. */
export const PUSH_DELAY = 150

export function createFeed(input: FeedInput): DiagnosticsFeed {
  return input.features.pullDiagnostics ? pullFeed(input) : pushFeed(input)
}

function pushFeed({ connection, features, documents, scheduler, diagnose }: FeedInput): DiagnosticsFeed {
  const waiting = new Map<string, () => void>()

  const cancel = (uri: string): void => {
    waiting.get(uri)?.()
    waiting.delete(uri)
  }
  const push = async (uri: string): Promise<void> => {
    waiting.delete(uri)
    const result = await diagnose(uri)
    if (result === null) return
    await connection.sendDiagnostics({ uri, diagnostics: result.items, ...(features.versionedDiagnostics ? { version: result.version } : {}) })
  }
  const schedule = (uri: string, delay: number): void => {
    cancel(uri)
    waiting.set(uri, scheduler.after(delay, () => void push(uri)))
  }

  return {
    opened: (document) => schedule(document.uri, 0),
    changed: (document) => schedule(document.uri, PUSH_DELAY),
    stale: (document) => { if (!waiting.has(document.uri)) schedule(document.uri, 0) },
    refresh: () => documents.all().forEach((document) => schedule(document.uri, 0)),
    closed: (uri) => {
      cancel(uri)
      void connection.sendDiagnostics({ uri, diagnostics: [] })
    },
    dispose: () => [...waiting.keys()].forEach(cancel),
  }
}

function pullFeed({ connection, features, scheduler, diagnose }: FeedInput): DiagnosticsFeed {
  const last = new Map<string, { readonly id: string; readonly json: string }>()
  let nextId = 1
  let cancelRefresh: (() => void) | null = null

  const answer = async (params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> => {
    const { uri } = params.textDocument
    const result = token.isCancellationRequested ? null : await diagnose(uri)
    const items = result?.items ?? []
    const json = JSON.stringify(items)
    const known = last.get(uri)
    if (known?.json === json && known.id === params.previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: known.id }
    const id = known?.json === json ? known.id : String(nextId++)
    last.set(uri, { id, json })
    return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items }
  }
  const registration = connection.languages.diagnostics.on(answer)

  return {
    // The client asks by itself when it has opened a document or changed its text, or that of another one.
    opened: () => {},
    changed: () => {},
    stale: () => {},
    refresh: () => {
      if (!features.refreshDiagnostics) return
      cancelRefresh?.()
      cancelRefresh = scheduler.after(0, () => void connection.languages.diagnostics.refresh())
    },
    closed: (uri) => void last.delete(uri),
    dispose: () => {
      cancelRefresh?.()
      registration.dispose()
    },
  }
}
