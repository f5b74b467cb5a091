/** What the client can do, as plain answers; and what the server offers in return. */
import type { ClientCapabilities, InitializeParams, ServerCapabilities } from 'vscode-languageserver'
import { CodeActionKind, TextDocumentSyncKind } from 'vscode-languageserver'
import { isTable } from '../text/json.ts'

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.refleak`
export const SUPPRESS = `${CodeActionKind.QuickFix}.refleak.suppress`

/** Commands of `workspace/executeCommand`. */
export const SCAN_WORKSPACE = 'refleak.scanWorkspace'
export const CLEAR_SCAN = 'refleak.clearScan'

/** A command of the client: arguments are a document's URI and the ranges in it of a name that was made up. */
export const RENAME = 'refleak.rename'

export interface ClientFeatures {
  /** The client asks for diagnostics; then the server does not push them. */
  readonly pullDiagnostics: boolean
  readonly refreshDiagnostics: boolean
  readonly relatedInformation: boolean
  readonly codeDescription: boolean
  readonly tags: boolean
  readonly versionedDiagnostics: boolean
  readonly markdownHover: boolean
  readonly codeActionLiterals: boolean
  readonly resolveEdits: boolean
  readonly preferredActions: boolean
  /** Edits can name the document version they are for. */
  readonly documentChanges: boolean
  readonly configuration: boolean
  readonly watchFiles: boolean
  readonly configurationRegistration: boolean
  /** The client shows how far long work is. */
  readonly progress: boolean
  /** The client has a command that puts the cursor on a name to be typed: `refleak.rename`. */
  readonly rename: boolean
  /** The client shows `refleak/status`. */
  readonly status: boolean
}

export function featuresOf({ capabilities, initializationOptions }: InitializeParams): ClientFeatures {
  const { workspace, textDocument } = capabilities
  const published = textDocument?.publishDiagnostics
  const pulled = textDocument?.diagnostic
  const diagnostics = pulled ?? published
  const codeAction = textDocument?.codeAction
  return {
    pullDiagnostics: pulled !== undefined,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
    tags: diagnostics?.tagSupport !== undefined,
    versionedDiagnostics: published?.versionSupport === true,
    markdownHover: prefersMarkdown(capabilities),
    codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
    resolveEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
    preferredActions: codeAction?.isPreferredSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    configuration: workspace?.configuration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    progress: capabilities.window?.workDoneProgress === true,
    rename: isTable(initializationOptions) && initializationOptions['rename'] === true,
    status: isTable(initializationOptions) && initializationOptions['status'] === true,
  }
}

/** The first format is the one the client prefers; without a list it is plain text. */
function prefersMarkdown({ textDocument }: ClientCapabilities): boolean {
  return textDocument?.hover?.contentFormat?.[0] === 'markdown'
}

export function capabilitiesFor(features: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    // All their cells: people count those without code, too.
    notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' } }] },
    hoverProvider: true,
    executeCommandProvider: { commands: [SCAN_WORKSPACE, CLEAR_SCAN] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(features.pullDiagnostics
      ? { diagnosticProvider: { identifier: 'refleak', interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    ...(features.codeActionLiterals
      ? { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: features.resolveEdits } }
      : {}),
  }
}
