/** Edits as the protocol has them. */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver'
import type { TextChange } from '../service/document.ts'
import type { LineIndex } from './lines.ts'

/** The change in offsets; the line index follows it. */
export function followChange(event: TextDocumentContentChangeEvent, lines: LineIndex): TextChange {
  const change = changeOf(event, lines)
  lines.apply(change)
  return change
}

function changeOf(event: TextDocumentContentChangeEvent, lines: LineIndex): TextChange {
  if (!('range' in event)) return { start: 0, end: lines.length, newText: event.text }
  const start = lines.offsetAt(event.range.start)
  const end = lines.offsetAt(event.range.end)
  // Some clients send a range backwards.
  return { start: Math.min(start, end), end: Math.max(start, end), newText: event.text }
}

/** The text after changes that apply one after the other. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  return changes.reduce((current, { start, end, newText }) => current.slice(0, start) + newText + current.slice(end), text)
}
