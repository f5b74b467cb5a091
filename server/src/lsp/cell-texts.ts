/** The texts of a notebook's cells, as the editor has them. */
import type { TextDocumentContentChangeEvent, TextDocumentItem, VersionedTextDocumentIdentifier } from 'vscode-languageserver'
import { applyChanges, followChange } from './changes.ts'
import { LineIndex } from './lines.ts'

export interface CellText {
  readonly uri: string
  readonly language: string
  readonly version: number
  readonly text: string
  readonly lines: LineIndex
}

export class CellTexts {
  readonly #texts = new Map<string, CellText>()

  constructor(items: readonly TextDocumentItem[]) {
    this.open(items)
  }

  get(uri: string): CellText | undefined {
    return this.#texts.get(uri)
  }

  open(items: readonly TextDocumentItem[]): void {
    for (const { uri, languageId, version, text } of items) {
      this.#texts.set(uri, { uri, language: languageId, version, text, lines: new LineIndex(text) })
    }
  }

  close(uris: readonly string[]): void {
    for (const uri of uris) this.#texts.delete(uri)
  }

  /** Applies one batch of edits: each to the text the one before left. */
  change({ uri, version }: VersionedTextDocumentIdentifier, events: readonly TextDocumentContentChangeEvent[]): void {
    const cell = this.#texts.get(uri)
    if (cell === undefined) return
    const changes = events.map((event) => followChange(event, cell.lines))
    this.#texts.set(uri, { ...cell, version, text: applyChanges(cell.text, changes) })
  }
}
