/** From the service's offsets to the protocol's positions. */
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
import type { Range, ReportedEdit } from '../service/report.ts'
import type { ClientFeatures } from './features.ts'
import type { OpenText } from './open-text.ts'

/** Sharing an offset, or touching: an empty range touches what it stands at. */
export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end
}

/**
 * The edits as a workspace edit, one entry per text document. Where the client can, it names the versions, so that the client refuses the
 * edit when a text has changed since.
 */
export function toWorkspaceEdit(edits: readonly ReportedEdit[], document: OpenText, features: ClientFeatures): WorkspaceEdit {
  const documents = new Map<string, TextDocumentEdit>()
  for (const edit of edits) {
    const { uri, version, range } = document.locate(edit)
    const entry = documents.get(uri) ?? { textDocument: { uri, version }, edits: [] }
    entry.edits.push({ range, newText: edit.newText })
    documents.set(uri, entry)
  }
  const documentChanges = [...documents.values()]
  return features.documentChanges
    ? { documentChanges }
    : { changes: Object.fromEntries(documentChanges.map(({ textDocument, edits: list }) => [textDocument.uri, list as TextEdit[]])) }
}
