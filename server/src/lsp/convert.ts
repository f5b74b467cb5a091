/** From the service's offsets to the protocol's positions. */
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
import type { Range, ReportedEdit } from '../service/report.ts'
import type { FilePath } from '../workspace/files.ts'
import type { ClientFeatures } from './features.ts'
import type { CurrentText } from './current-texts.ts'
import type { OpenText } from './open-text.ts'

/** Sharing an offset, or touching: an empty range touches what it stands at. */
export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end
}

/**
 * The edits as a workspace edit, one entry per text document. Where the client can, it names the versions, so that the client refuses the
 * edit when a text has changed since. `elsewhere`: edits of other files. None of them is to be confirmed by itself: they are made together or not at all.
 */
export function toWorkspaceEdit(edits: readonly ReportedEdit[], document: OpenText, elsewhere: readonly PlacedEdits[], features: ClientFeatures): WorkspaceEdit {
  const documents = new Map<string, TextDocumentEdit>()
  const add = ({ uri, version, range }: Place, newText: string): void => {
    const entry = documents.get(uri) ?? { textDocument: { uri, version }, edits: [] }
    entry.edits.push({ range, newText })
    documents.set(uri, entry)
  }
  for (const edit of edits) if (edit.path === null) add(document.locate(edit), edit.newText)
  for (const { text, path } of elsewhere) for (const edit of edits) if (edit.path === path) add(text.locate(edit), edit.newText)
  const documentChanges = [...documents.values()]
  return features.documentChanges
    ? { documentChanges }
    : { changes: Object.fromEntries(documentChanges.map(({ textDocument, edits: list }) => [textDocument.uri, list as TextEdit[]])) }
}

/** A file that some of the edits are of. */
export interface PlacedEdits {
  readonly path: FilePath
  readonly text: CurrentText
}

type Place = ReturnType<CurrentText['locate']>
