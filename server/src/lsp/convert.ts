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

/** What the user is asked before files are edited that may not be in sight. */
const CONFIRMED = 'refleak.otherFiles'

/**
 * The edits as a workspace edit, one entry per text document. Where the client can, it names the versions, so that the client refuses the
 * edit when a text has changed since, and edits of several files are shown before they are made. `elsewhere`: edits of other files.
 */
export function toWorkspaceEdit(edits: readonly ReportedEdit[], document: OpenText, elsewhere: readonly PlacedEdits[], features: ClientFeatures): WorkspaceEdit {
  const documents = new Map<string, TextDocumentEdit>()
  const isConfirmed = elsewhere.length > 0 && features.confirmedEdits
  const add = ({ uri, version, range }: Place, newText: string): void => {
    const entry = documents.get(uri) ?? { textDocument: { uri, version }, edits: [] }
    entry.edits.push({ range, newText, ...(isConfirmed ? { annotationId: CONFIRMED } : {}) })
    documents.set(uri, entry)
  }
  for (const edit of edits) if (edit.path === null) add(document.locate(edit), edit.newText)
  for (const { text, path } of elsewhere) for (const edit of edits) if (edit.path === path) add(text.locate(edit), edit.newText)
  const documentChanges = [...documents.values()]
  if (!features.documentChanges) return { changes: Object.fromEntries(documentChanges.map(({ textDocument, edits: list }) => [textDocument.uri, list as TextEdit[]])) }
  return { documentChanges, ...(isConfirmed ? { changeAnnotations: { [CONFIRMED]: { label: 'Edits of several files', needsConfirmation: true } } } : {}) }
}

/** A file that some of the edits are of. */
export interface PlacedEdits {
  readonly path: FilePath
  readonly text: CurrentText
}

type Place = ReturnType<CurrentText['locate']>
