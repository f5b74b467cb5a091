/** How diagnostics reach the client: pushed, or pulled where the client asks for them. The server talks to one seam. */
import type {
  CancellationToken, Connection, DocumentDiagnosticParams, DocumentDiagnosticReport,
} from 'vscode-languageserver'
import { DocumentDiagnosticReportKind } from 'vscode-languageserver'
import type { DiagnosticsByUri } from './diagnostics.ts'
import type { DocumentStore } from './documents.ts'
import type { ClientFeatures } from './features.ts'
import { OpenNotebook } from './notebook.ts'
import type { OpenText } from './open-text.ts'
import type { Scheduler } from './scheduler.ts'

export interface DiagnosticsFeed {
  opened(document: OpenText): void
  /** Its text changed. */
  changed(document: OpenText): void
  /** The change of another document may change its diagnostics. */
  stale(document: OpenText): void
  /** The settings of many documents changed. */
  refresh(): void
  closed(document: OpenText): void
  dispose(): void
}

export interface FeedInput {
  readonly connection: Connection
  readonly features: ClientFeatures
  readonly documents: DocumentStore
  readonly scheduler: Scheduler
  readonly diagnose: Diagnose
}

/** The diagnostics of a file or a notebook as it is when they are computed: once its settings are known. Null: it is not open any more. */
export type Diagnose = (uri: string) => Promise<{ readonly items: DiagnosticsByUri; readonly version: number } | null>

/** Milliseconds without an edit before diagnostics are pushed. */
export const PUSH_DELAY = 150

/** Files are pulled where the client can. Notebooks are pushed always: an edit of one cell changes what is said in others, for which no client asks. */
export function createFeed(input: FeedInput): DiagnosticsFeed {
  if (!input.features.pullDiagnostics) return pushFeed(input, () => true)
  const [pull, push] = [pullFeed(input), pushFeed(input, isNotebook)]
  const feedOf = (document: OpenText): DiagnosticsFeed => isNotebook(document) ? push : pull
  return {
    opened: (document) => feedOf(document).opened(document),
    changed: (document) => feedOf(document).changed(document),
    stale: (document) => feedOf(document).stale(document),
    refresh: () => [pull, push].forEach((feed) => feed.refresh()),
    closed: (document) => feedOf(document).closed(document),
    dispose: () => [pull, push].forEach((feed) => feed.dispose()),
  }
}

function isNotebook(document: OpenText): boolean {
  return document instanceof OpenNotebook
}

function pushFeed({ connection, features, documents, scheduler, diagnose }: FeedInput, isPushed: (document: OpenText) => boolean): DiagnosticsFeed {
  const waiting = new Map<string, () => void>()
  /** The text documents for which something was sent, by what they belong to. */
  const sent = new Map<string, readonly string[]>()

  const cancel = (uri: string): void => {
    waiting.get(uri)?.()
    waiting.delete(uri)
  }
  const push = async (uri: string): Promise<void> => {
    waiting.delete(uri)
    const result = await diagnose(uri)
    if (result === null) return
    const gone = (sent.get(uri) ?? []).filter((part) => !result.items.has(part))
    sent.set(uri, [...result.items.keys()])
    for (const part of gone) await connection.sendDiagnostics({ uri: part, diagnostics: [] })
    for (const [part, items] of result.items) {
      // The version of a notebook is none of its cells'.
      const version = features.versionedDiagnostics && part === uri ? { version: result.version } : {}
      await connection.sendDiagnostics({ uri: part, diagnostics: [...items], ...version })
    }
  }
  const schedule = (uri: string, delay: number): void => {
    cancel(uri)
    waiting.set(uri, scheduler.after(delay, () => void push(uri)))
  }

  return {
    opened: (document) => schedule(document.uri, 0),
    changed: (document) => schedule(document.uri, PUSH_DELAY),
    stale: (document) => { if (!waiting.has(document.uri)) schedule(document.uri, 0) },
    refresh: () => documents.all().filter(isPushed).forEach((document) => schedule(document.uri, 0)),
    closed: ({ uri, parts }) => {
      cancel(uri)
      for (const part of sent.get(uri) ?? parts) void connection.sendDiagnostics({ uri: part, diagnostics: [] })
      sent.delete(uri)
    },
    dispose: () => [...waiting.keys()].forEach(cancel),
  }
}

function pullFeed({ connection, features, documents, scheduler, diagnose }: FeedInput): DiagnosticsFeed {
  const last = new Map<string, { readonly id: string; readonly json: string }>()
  let nextId = 1
  let cancelRefresh: (() => void) | null = null

  const answer = async (params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> => {
    const { uri } = params.textDocument
    const document = documents.get(uri)
    const result = token.isCancellationRequested || document === null || isNotebook(document) ? null : await diagnose(uri)
    const items = [...result?.items.get(uri) ?? []]
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
    closed: ({ uri }) => void last.delete(uri),
    dispose: () => {
      cancelRefresh?.()
      registration.dispose()
    },
  }
}
