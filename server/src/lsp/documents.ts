/** The open documents, as the editor has them. */
import type {
  DidChangeTextDocumentParams, TextDocumentContentChangeEvent, TextDocumentItem,
} from 'vscode-languageserver'
import type { AnalysedDocument, TextChange } from '../service/document.ts'
import type { Hover, Report } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import type { Directive } from '../syntax/source.ts'
import type { FilePath } from '../workspace/files.ts'
import { LineIndex } from './lines.ts'
import { filePathOf } from './paths.ts'
import type { Log } from './log.ts'
import { guarded } from './log.ts'

/** Opens the analysis of a text; `path`: the file of the workspace that it is, absolute and with slashes; null: none. */
export type OpenAnalysis = (text: string, version: number, settings: Settings, path: FilePath | null) => AnalysedDocument

/**
 * One open document. The text is held once, by the analysis; the line index follows it. Where the analysis fails, it is
 * opened anew from the text as the editor has it, so that no edit is ever lost.
 */
export class OpenDocument {
  readonly uri: string
  readonly lines: LineIndex
  #version: number
  #configurations = 0
  #settings: Settings
  #analysis: AnalysedDocument | null
  /** The text while there is no analysis. */
  #text = ''
  #report: Report | null = null
  readonly #open: OpenAnalysis
  readonly #log: Log

  constructor(item: TextDocumentItem, settings: Settings, open: OpenAnalysis, log: Log) {
    this.uri = item.uri
    this.lines = new LineIndex(item.text)
    this.#version = item.version
    this.#settings = settings
    this.#open = open
    this.#log = log
    this.#analysis = this.#tryOpen(item.text)
  }

  get version(): number {
    return this.#version
  }

  /** A new value whenever the text or the settings change: what was computed for another state is out of date. */
  get state(): string {
    return `${this.#version}.${this.#configurations}`
  }

  get text(): string {
    return this.#analysis?.text ?? this.#text
  }

  /** Another file changed what was last reported of this one. */
  get isStale(): boolean {
    return this.#analysis?.isStale === true
  }

  get directives(): readonly Directive[] {
    return this.#analysis?.directives ?? []
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Applies one batch of edits: each to the text the one before left. */
  change(events: readonly TextDocumentContentChangeEvent[], version: number): void {
    const before = this.text
    const changes = events.map((event) => {
      const change = changeOf(event, this.lines)
      this.lines.apply(change)
      return change
    })
    this.#version = version
    this.#report = null
    const analysis = this.#analysis
    const updated = analysis !== null && guarded(this.#log, `updating ${this.uri} to version ${version}`, false, () => {
      analysis.update(changes, version)
      return true
    })
    if (!updated) this.#reopen(applyChanges(before, changes))
  }

  configure(settings: Settings): void {
    this.#settings = settings
    this.#configurations += 1
    this.#report = null
    const analysis = this.#analysis
    if (analysis === null) return
    const configured = guarded(this.#log, `configuring ${this.uri}`, false, () => {
      analysis.configure(settings)
      return true
    })
    if (!configured) this.#reopen(analysis.text)
  }

  /** The findings of this version, computed once; null when the analysis failed, which is logged. */
  report(): Report | null {
    const analysis = this.#analysis
    if (analysis === null) return null
    if (analysis.isStale) this.#report = null
    this.#report ??= guarded(this.#log, `analysing ${this.uri} version ${this.#version}`, null, () => analysis.report())
    return this.#report
  }

  hover(offset: number): Hover | null {
    const analysis = this.#analysis
    if (analysis === null) return null
    return guarded(this.#log, `hover in ${this.uri} at offset ${offset}`, null, () => analysis.hover(offset))
  }

  dispose(): void {
    const analysis = this.#analysis
    this.#analysis = null
    guarded(this.#log, `closing ${this.uri}`, undefined, () => analysis?.dispose())
  }

  #reopen(text: string): void {
    this.dispose()
    this.#analysis = this.#tryOpen(text)
  }

  #tryOpen(text: string): AnalysedDocument | null {
    const opened = guarded(this.#log, `opening ${this.uri}`, null, () => this.#open(text, this.#version, this.#settings, filePathOf(this.uri)))
    this.#text = opened === null ? text : ''
    return opened
  }
}

/** All open documents by URI. */
export class DocumentStore {
  readonly #documents = new Map<string, OpenDocument>()
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

  /** The changed document; null, with a warning in the log, when it is not open. */
  change(params: DidChangeTextDocumentParams): OpenDocument | null {
    const { uri, version } = params.textDocument
    const document = this.get(uri)
    if (document === null) this.#log.warn(`edits of ${uri}, which is not open, were ignored`)
    else document.change(params.contentChanges, version)
    return document
  }

  close(uri: string): void {
    this.#documents.get(uri)?.dispose()
    this.#documents.delete(uri)
  }

  get(uri: string): OpenDocument | null {
    return this.#documents.get(uri) ?? null
  }

  all(): OpenDocument[] {
    return [...this.#documents.values()]
  }
}

function changeOf(event: TextDocumentContentChangeEvent, lines: LineIndex): TextChange {
  if (!('range' in event)) return { start: 0, end: lines.length, newText: event.text }
  const start = lines.offsetAt(event.range.start)
  const end = lines.offsetAt(event.range.end)
  // Some clients send a range backwards.
  return { start: Math.min(start, end), end: Math.max(start, end), newText: event.text }
}

function applyChanges(text: string, changes: readonly TextChange[]): string {
  return changes.reduce((current, { start, end, newText }) => current.slice(0, start) + newText + current.slice(end), text)
}
