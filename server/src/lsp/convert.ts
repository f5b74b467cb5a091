/** From the service's offsets to the protocol's positions. */
import type { Range as LspRange, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
import type { Range, ReportedEdit } from '../service/report.ts'
import type { OpenDocument } from './documents.ts'
import type { ClientFeatures } from './features.ts'
import type { LineIndex } from './lines.ts'

export function toLspRange({ start, end }: Range, lines: LineIndex): LspRange {
  return { start: lines.positionAt(start), end: lines.positionAt(end) }
}

export function toOffsets(range: LspRange, lines: LineIndex): Range {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }
}

/** Sharing an offset, or touching: an empty range touches what it stands at. */
export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end
}

/**
 * The edits of one document as a workspace edit. Where the client can, it names the version, so that the client refuses the
 * edit when the text has changed since.
 */
export function toWorkspaceEdit(edits: readonly ReportedEdit[], document: OpenDocument, features: ClientFeatures): WorkspaceEdit {
  const textEdits: TextEdit[] = edits.map((edit) => ({ range: toLspRange(edit, document.lines), newText: edit.newText }))
  return features.documentChanges
    ? { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: textEdits }] }
    : { changes: { [document.uri]: textEdits } }
}
