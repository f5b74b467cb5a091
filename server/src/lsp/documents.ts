/** The open documents, as the editor has them. */
import type {
  DidChangeNotebookDocumentParams, DidChangeTextDocumentParams, DidOpenNotebookDocumentParams, TextDocumentContentChangeEvent, TextDocumentItem,
} from 'vscode-languageserver'
import type { AnalysedDocument, OpenAnalysis } from '../service/document.ts'
import type { Range } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import { applyChanges, followChange } from './changes.ts'
import { LineIndex, type Position } from './lines.ts'
import type { Log } from './log.ts'
import { filePathOf } from './paths.ts'
import { OpenNotebook } from './notebook.ts'
import { OpenText, type TextPlace } from './open-text.ts'

/** An open file. Its text is held once, by the analysis; the line index follows it. */
export class OpenDocument extends OpenText {
  readonly lines: LineIndex
  readonly parts: readonly string[]
  readonly #open: OpenAnalysis

  constructor(item: TextDocumentItem, settings: Settings, open: OpenAnalysis, log: Log) {
    super(item.uri, item.version, settings, log)
    this.lines = new LineIndex(item.text)
    this.parts = [item.uri]
    this.#open = open
    this.open(item.text)
  }

  /** Applies one batch of edits: each to the text the one before left. */
  change(events: readonly TextDocumentContentChangeEvent[], version: number): void {
    const before = this.text
    const changes = events.map((event) => followChange(event, this.lines))
    this.advance(version, (analysis) => analysis.update(changes, version), () => applyChanges(before, changes))
  }

  locate({ start, end }: Range): TextPlace {
    return { uri: this.uri, version: this.version, range: { start: this.lines.positionAt(start), end: this.lines.positionAt(end) } }
  }

  offsetAt(_uri: string, position: Position): number {
    return this.lines.offsetAt(position)
  }

  placeName(offset: number): string {
    return `line ${this.lines.positionAt(offset).line + 1}`
  }

  protected openAnalysis(text: string): AnalysedDocument {
    return this.#open(text, this.version, this.settings, filePathOf(this.uri))
  }
}

/** All open files and notebooks, by their URIs and by those of the cells. */
export class DocumentStore {
  readonly #documents = new Map<string, OpenText>()
  readonly #open: OpenAnalysis
  readonly #log: Log

  constructor(open: OpenAnalysis, log: Log) {
    this.#open = open
    this.#log = log
  }

  open(item: TextDocumentItem, settings: Settings): OpenDocument {
    this.close(item.uri)
    const document = new OpenDocument(item, settings, this.#open, this.#log)
    this.#documents.set(item.uri, document)
    return document
  }

  openNotebook(params: DidOpenNotebookDocumentParams, settings: Settings): OpenNotebook {
    this.close(params.notebookDocument.uri)
    const notebook = new OpenNotebook(params, settings, this.#open, this.#log)
    this.#documents.set(notebook.uri, notebook)
    return notebook
  }

  /** The changed document; null, with a warning in the log, when it is not open. */
  change(params: DidChangeTextDocumentParams): OpenDocument | null {
    const { uri, version } = params.textDocument
    const document = this.#documents.get(uri)
    if (document instanceof OpenDocument) {
      document.change(params.contentChanges, version)
      return document
    }
    this.#warn(uri)
    return null
  }

  changeNotebook({ notebookDocument, change }: DidChangeNotebookDocumentParams): OpenNotebook | null {
    const notebook = this.#documents.get(notebookDocument.uri)
    if (notebook instanceof OpenNotebook) {
      notebook.change(change, notebookDocument.version)
      return notebook
    }
    this.#warn(notebookDocument.uri)
    return null
  }

  close(uri: string): void {
    this.#documents.get(uri)?.dispose()
    this.#documents.delete(uri)
  }

  /** The file, the notebook, or the notebook of the cell. */
  get(uri: string): OpenText | null {
    return this.#documents.get(uri) ?? this.all().find((document) => document.parts.includes(uri)) ?? null
  }

  all(): OpenText[] {
    return [...this.#documents.values()]
  }

  #warn(uri: string): void {
    this.#log.warn(`edits of ${uri}, which is not open, were ignored`)
  }
}
