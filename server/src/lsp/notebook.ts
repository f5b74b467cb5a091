/** An open notebook: its cells are text documents of the editor, and one program for the analysis. */
import type { DidOpenNotebookDocumentParams, NotebookCell, NotebookDocumentChangeEvent } from 'vscode-languageserver'
import { NotebookCellKind } from 'vscode-languageserver'
import type { OpenAnalysis } from '../service/document.ts'
import { openNotebook, type NotebookDocument } from '../service/notebook.ts'
import type { Range } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import { cellIndexAt, composeCells, placeName, type Cell, type PlacedCell } from '../text/notebook/cells.ts'
import { CellTexts, type CellText } from './cell-texts.ts'
import type { Position } from './lines.ts'
import type { Log } from './log.ts'
import { OpenText, type TextPlace } from './open-text.ts'
import { filePathOf } from './paths.ts'

export class OpenNotebook extends OpenText<NotebookDocument> {
  readonly #open: OpenAnalysis
  readonly #texts: CellTexts
  /** In order, those without code included. */
  #order: readonly NotebookCell[]
  /** The Python cells with their places, and the texts they have in the editor. */
  #cells: readonly { readonly placed: PlacedCell; readonly text: CellText }[] = []

  constructor({ notebookDocument, cellTextDocuments }: DidOpenNotebookDocumentParams, settings: Settings, open: OpenAnalysis, log: Log) {
    super(notebookDocument.uri, notebookDocument.version, settings, log)
    this.#open = open
    this.#texts = new CellTexts(cellTextDocuments)
    this.#order = notebookDocument.cells
    this.#place()
    this.open('')
  }

  get parts(): readonly string[] {
    return this.#cells.map(({ text }) => text.uri)
  }

  change({ cells }: NotebookDocumentChangeEvent, version: number): void {
    if (cells?.structure !== undefined) this.#restructure(cells.structure)
    for (const { document, changes } of cells?.textContent ?? []) this.#texts.change(document, changes)
    this.#place()
    this.advance(version, (analysis) => analysis.replaceCells(this.#program(), version), () => '')
  }

  locate({ start, end }: Range): TextPlace {
    const { placed, text } = this.#cells[cellIndexAt(this.#placed(), start)]!
    const position = (offset: number): Position => text.lines.positionAt(Math.min(offset, placed.end) - placed.start)
    return { uri: text.uri, version: text.version, range: { start: position(start), end: position(end) } }
  }

  offsetAt(uri: string, position: Position): number {
    const cell = this.#cells.find(({ text }) => text.uri === uri)
    return cell === undefined ? 0 : cell.placed.start + cell.text.lines.offsetAt(position)
  }

  placeName(offset: number): string {
    return placeName(this.#placed(), offset)
  }

  protected openAnalysis(): NotebookDocument {
    return openNotebook(this.#open, this.#program(), this.version, this.settings, filePathOf(this.uri))
  }

  #restructure({ array, didOpen, didClose }: NonNullable<NonNullable<NotebookDocumentChangeEvent['cells']>['structure']>): void {
    this.#texts.open(didOpen ?? [])
    this.#order = this.#order.toSpliced(array.start, array.deleteCount, ...(array.cells ?? []))
    this.#texts.close((didClose ?? []).map(({ uri }) => uri))
  }

  /** Works out where the cells are in the program. */
  #place(): void {
    const texts = this.#order.flatMap(({ kind, document }, index) => {
      const text = this.#texts.get(document)
      return kind === NotebookCellKind.Code && text?.language === 'python' ? [{ number: index + 1, text }] : []
    })
    const { cells } = composeCells(texts.map(({ number, text }) => ({ number, text: text.text })), this.#placed())
    this.#cells = texts.map(({ text }, index) => ({ text, placed: cells[index]! }))
  }

  #placed(): readonly PlacedCell[] {
    return this.#cells.map(({ placed }) => placed)
  }

  #program(): readonly Cell[] {
    return this.#placed()
  }
}

