/** What an editor has open and the server analyses as one: a file, or the cells of a notebook. */
import type { Range as LspRange } from 'vscode-languageserver'
import type { AnalysedDocument } from '../service/document.ts'
import type { Hover, Range, Report } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import type { Directive } from '../syntax/source.ts'
import type { Position } from './lines.ts'
import type { Log } from './log.ts'
import { guarded } from './log.ts'

/** A range in one of the editor's text documents. */
export interface TextPlace {
  readonly uri: string
  /** Of that text document. */
  readonly version: number
  readonly range: LspRange
}

/** Keeps the analysis and its report. Where the analysis fails it is opened anew from what the editor has, so that no edit is ever lost. */
export abstract class OpenText<A extends AnalysedDocument = AnalysedDocument> {
  /** Of the file or the notebook. */
  readonly uri: string
  protected readonly log: Log
  #version: number
  #configurations = 0
  #settings: Settings
  #analysis: A | null = null
  /** The text while there is no analysis. */
  #text = ''
  #report: Report | null = null

  constructor(uri: string, version: number, settings: Settings, log: Log) {
    this.uri = uri
    this.log = log
    this.#version = version
    this.#settings = settings
  }

  /** The URIs of its text documents. */
  abstract readonly parts: readonly string[]
  /** The range of offsets as one in the editor; it stays in the text document it starts in. */
  abstract locate(range: Range): TextPlace
  /** The offset of a position in one of its text documents. */
  abstract offsetAt(uri: string, position: Position): number
  /** `line 3`, for a person. */
  abstract placeName(offset: number): string
  protected abstract openAnalysis(text: string): A

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

  configure(settings: Settings): void {
    this.#settings = settings
    this.#configurations += 1
    this.#attempt(`configuring ${this.uri}`, (analysis) => analysis.configure(settings), () => this.text)
  }

  /** The findings of this version, computed once; null when the analysis failed, which is logged. */
  report(): Report | null {
    const analysis = this.#analysis
    if (analysis === null) return null
    if (analysis.isStale) this.#report = null
    this.#report ??= guarded(this.log, `analysing ${this.uri} version ${this.#version}`, null, () => analysis.report())
    return this.#report
  }

  hover(offset: number): Hover | null {
    const analysis = this.#analysis
    if (analysis === null) return null
    return guarded(this.log, `hover in ${this.uri} at offset ${offset}`, null, () => analysis.hover(offset))
  }

  dispose(): void {
    const analysis = this.#analysis
    this.#analysis = null
    guarded(this.log, `closing ${this.uri}`, undefined, () => analysis?.dispose())
  }

  protected open(text: string): void {
    this.dispose()
    this.#analysis = guarded(this.log, `opening ${this.uri}`, null, () => this.openAnalysis(text))
    this.#text = this.#analysis === null ? text : ''
  }

  /** Follows the editor to another version; `textAfter` is asked for only where the analysis fails. */
  protected advance(version: number, work: (analysis: A) => void, textAfter: () => string): void {
    this.#version = version
    this.#attempt(`updating ${this.uri} to version ${version}`, work, textAfter)
  }

  #attempt(what: string, work: (analysis: A) => void, textAfter: () => string): void {
    this.#report = null
    const analysis = this.#analysis
    const done = analysis !== null && guarded(this.log, what, false, () => {
      work(analysis)
      return true
    })
    if (!done) this.open(textAfter())
  }
}
