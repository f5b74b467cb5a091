/** Edits of a text as the changes that an editor sends, each to the text that the one before left. */
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver'
import type { Edit } from './steps.ts'

/** The change that the edit makes, and the text after it. */
export function changeOf(edit: Edit, text: string, corpus: readonly string[]): { readonly change: TextDocumentContentChangeEvent; readonly text: string } {
  const document = TextDocument.create('', '', 0, text)
  const put = (start: number, end: number, newText: string) => ({
    change: { range: { start: document.positionAt(start), end: document.positionAt(end) }, text: newText },
    // The protocol knows no place between CR and LF: what the position means is what changes.
    text: text.slice(0, document.offsetAt(document.positionAt(start))) + newText + text.slice(document.offsetAt(document.positionAt(end))),
  })
  const offset = (fraction: number): number => Math.floor(fraction * text.length)
  switch (edit.kind) {
    case 'type': return put(offset(edit.at), offset(edit.at), edit.text)
    case 'truncate': return put(offset(edit.at), text.length, '')
    case 'delete-token': return put(...tokenAt(text, offset(edit.at)), '')
    case 'double-token': return doubled(tokenAt(text, offset(edit.at)), text, put)
    case 'delete-line': return put(...lineAt(text, offset(edit.at)), '')
    case 'double-line': return doubled(lineAt(text, offset(edit.at)), text, put)
    case 'move': return put(offset(edit.at), offset(edit.at), text.slice(offset(edit.from), offset(edit.from) + edit.length))
    case 'mix': {
      const source = corpus[edit.other % corpus.length]!
      const from = Math.floor(edit.from * source.length)
      return put(offset(edit.at), offset(edit.at), source.slice(from, from + edit.length))
    }
    case 'replace': {
      const whole = corpus[edit.other % corpus.length]!
      return { change: { text: whole }, text: whole }
    }
  }
}

type Put = (start: number, end: number, newText: string) => { readonly change: TextDocumentContentChangeEvent; readonly text: string }

function doubled([start, end]: readonly [number, number], text: string, put: Put) {
  return put(end, end, text.slice(start, end))
}

/** The word, or the single character, at or behind an offset. */
function tokenAt(text: string, offset: number): [number, number] {
  const token = /\w+|[^\s\w]/g
  token.lastIndex = offset
  const found = token.exec(text)
  return found ? [found.index, found.index + found[0].length] : [text.length, text.length]
}

/** With its line end. */
function lineAt(text: string, offset: number): [number, number] {
  const end = text.indexOf('\n', offset)
  return [text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end + 1]
}
