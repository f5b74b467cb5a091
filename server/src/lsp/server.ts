/** The language server: the protocol's messages on one side, the session on the other. */
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver'
import {
  BulkRegistration, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, FileChangeType, LSPErrorCodes, MarkupKind, ResponseError,
} from 'vscode-languageserver'
import type { Workspace } from '../service/workspace.ts'
import type { ReadText } from '../service/config.ts'
import { codeActions, documentOfAction, resolveAction } from './actions.ts'
import { toDiagnostics, type PageOf } from './diagnostics.ts'
import { currentTexts, type TextNow } from './current-texts.ts'
import { DocumentStore } from './documents.ts'
import { isTable } from '../text/json.ts'
import { capabilitiesFor, featuresOf, type ClientFeatures } from './features.ts'
import { createFeed } from './feed.ts'
import { createIndexing } from './indexing.ts'
import { describeError } from './log.ts'
import { filePathOf } from './paths.ts'
import { WorkspaceScan } from './scan.ts'
import { serveScan } from './scan-commands.ts'
import type { Scheduler } from './scheduler.ts'
import { Session } from './session.ts'
import { SettingsProvider } from './settings.ts'
import { StatusNotification } from './status.ts'

export interface ServerInput {
  readonly connection: Connection
  /** Of this program, for the client's log. */
  readonly version: string
  /** Loads the parser; the answer opens documents, and is told of the files around them. Called once, before the server says that it is ready. */
  readonly loadAnalysis: () => Promise<Workspace>
  readonly readText: ReadText
  readonly pageOf: PageOf
  readonly scheduler: Scheduler
}

/** Serves the connection, which must not listen yet. */
export function serve(input: ServerInput): void {
  const { connection } = input
  connection.onInitialize(async (params) => {
    const features = featuresOf(params)
    let workspace: Workspace
    try {
      workspace = await input.loadAnalysis()
    } catch (error) {
      return new ResponseError(LSPErrorCodes.RequestFailed, `the parser could not be loaded: ${describeError(error)}`, { retry: false })
    }
    start(input, params, features, workspace)
    const result: InitializeResult = {
      capabilities: capabilitiesFor(features),
      serverInfo: { name: 'refleak', version: input.version },
    }
    return result
  })
  connection.listen()
}

function start(input: ServerInput, params: InitializeParams, features: ClientFeatures, workspace: Workspace): void {
  const { connection, scheduler, pageOf } = input
  const log = connection.console
  let sentSettings: unknown = {}
  const settings = new SettingsProvider(
    async (items) => features.configuration ? connection.workspace.getConfiguration(items) : items.map(() => sentSettings),
    input.readText,
    log,
  )
  const documents = new DocumentStore((...document) => workspace.open(...document), log)
  const session = new Session({
    documents,
    settings,
    log,
    createFeed: (diagnose) => createFeed({ connection, features, documents, scheduler, diagnose }),
    toDiagnostics: (document) => toDiagnostics(document, features, pageOf),
    sendStatus: (status) => features.status && void connection.sendNotification(StatusNotification, status),
  })

  const scan = new WorkspaceScan({ connection, features, workspace, documents, settings, pageOf, scheduler })
  const settingsChanged = (): void => {
    session.settingsChanged()
    scan.again()
  }

  serveDocuments(connection, session, scan)
  serveRequests(connection, session, features, currentTexts(documents))
  serveScan(connection, scan)
  serveWorkspace({ input, session, scan, settings, workspace, params, features, settingsChanged })
  connection.onDidChangeConfiguration((change) => {
    sentSettings = isTable(change.settings) ? change.settings['refleak'] ?? {} : {}
    settingsChanged()
  })
}

function serveDocuments(connection: Connection, session: Session, scan: WorkspaceScan): void {
  const closed = ({ uri }: { readonly uri: string }): void => {
    session.close(uri)
    scan.closed(uri)
  }
  connection.onDidOpenTextDocument(({ textDocument }) => {
    scan.opened(textDocument.uri)
    session.open(textDocument)
  })
  connection.onDidChangeTextDocument((params) => session.change(params))
  connection.onDidCloseTextDocument(({ textDocument }) => closed(textDocument))
  const { synchronization } = connection.notebooks
  synchronization.onDidOpenNotebookDocument((params) => {
    scan.opened(params.notebookDocument.uri)
    session.openNotebook(params)
  })
  synchronization.onDidChangeNotebookDocument((params) => session.changeNotebook(params))
  synchronization.onDidCloseNotebookDocument(({ notebookDocument }) => closed(notebookDocument))
}

function serveRequests(connection: Connection, session: Session, features: ClientFeatures, textNow: TextNow): void {
  connection.onHover(({ textDocument, position }, token) => session.answer(textDocument.uri, token, 'hover', null, (document) => {
    const hover = document.hover(document.offsetAt(textDocument.uri, position))
    return hover === null ? null : {
      range: document.locate(hover.range).range,
      contents: { kind: features.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value: features.markdownHover ? hover.text : plainText(hover.text) },
    }
  }))
  connection.onCodeAction(({ textDocument, range, context }, token) => session.answer(textDocument.uri, token, 'code actions', [], (document) => {
    const [start, end] = [range.start, range.end].map((position) => document.offsetAt(textDocument.uri, position)) as [number, number]
    return codeActions(document, textDocument.uri, { start, end }, context, features, textNow)
  }))
  connection.onCodeActionResolve(async (action, token) => {
    const uri = documentOfAction(action) ?? ''
    const outdated = new ResponseError<void>(LSPErrorCodes.ContentModified, `"${action.title}" was offered for another state of the files`)
    const resolved = await session.answer(uri, token, 'the edit of a code action', null, (document) => resolveAction(action, document, features, textNow))
    return resolved ?? outdated
  })
}

/** Hovers are Markdown of the simplest kind. */
function plainText(markdown: string): string {
  return markdown.replace(/\*\*|`/g, '')
}

interface Serving {
  readonly input: ServerInput
  readonly session: Session
  readonly scan: WorkspaceScan
  readonly settings: SettingsProvider
  readonly workspace: Workspace
  readonly params: InitializeParams
  readonly features: ClientFeatures
  readonly settingsChanged: () => void
}

function serveWorkspace({ input: { connection, scheduler }, session, scan, settings, workspace, params, features, settingsChanged }: Serving): void {
  let folders = (params.workspaceFolders ?? []).map((folder) => folder.uri)
  const indexing = createIndexing({ workspace, connection, scheduler, showsProgress: features.progress, done: () => session.othersChanged() })
  const foldersChanged = (): void => {
    settings.folders = folders
    workspace.setRoots(folders.flatMap((uri) => filePathOf(uri) ?? []))
    indexing.start()
  }
  settings.folders = folders
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const modules = changes.filter(({ uri }) => /\.(?:pyw?|ipynb)$/.test(uri))
    const isMoved = modules.length < changes.length || modules.some(({ type }) => type !== FileChangeType.Changed)
    const paths = changes.flatMap(({ uri }) => filePathOf(uri) ?? [])
    workspace.filesChanged(paths, isMoved)
    if (isMoved) indexing.start()
    if (modules.length < changes.length) settingsChanged()
    session.othersChanged()
    scan.filesChanged(paths)
  })
  connection.onShutdown(() => {
    indexing.stop()
    scan.stop()
    session.dispose()
  })
  connection.onInitialized(() => {
    registerForChanges(connection, features)
    foldersChanged()
    if (params.capabilities.workspace?.workspaceFolders !== true) return
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map((folder) => folder.uri))
      folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map((folder) => folder.uri)]
      foldersChanged()
      settingsChanged()
    })
  })
}

function registerForChanges(connection: Connection, features: ClientFeatures): void {
  const registrations = BulkRegistration.create()
  if (features.configurationRegistration) registrations.add(DidChangeConfigurationNotification.type, { section: 'refleak' })
  if (features.watchFiles) registrations.add(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/{pyproject.toml,setup.cfg}' }, { globPattern: '**/*.{py,pyw,ipynb}' }] })
  if (!features.configurationRegistration && !features.watchFiles) return
  connection.client.register(registrations).catch((error: unknown) =>
    connection.console.warn(`changes of settings go unnoticed, the client does not tell of them: ${describeError(error)}`))
}
