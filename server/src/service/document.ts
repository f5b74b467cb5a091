/** One open file: text in, report out. Pure but for the parser it owns; never throws on a user's code. */
import type { Directive } from '../syntax/source.ts'
import type { PlacedCell } from '../text/notebook/cells.ts'
import type { FilePath } from '../workspace/files.ts'
import type { Hover, Report } from './report.ts'
import type { Settings } from './settings.ts'

/** Replace [start, end), absolute UTF-16 offsets in the text before this change. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly newText: string
}

/** The cells of a notebook, as they are when they are asked for; null: it is not a notebook. */
export type CellsOf = () => readonly PlacedCell[] | null

/**
 * Opens a text for analysis. `path`: the file of the workspace that it is, absolute and with slashes; null: it is looked at alone. With
 * `cellsOf` it is the program of a notebook's cells.
 */
export type OpenAnalysis = (text: string, version: number, settings: Settings, path?: FilePath | null, cellsOf?: CellsOf) => AnalysedDocument

export interface AnalysedDocument {
  readonly text: string
  readonly version: number
  /** The comments of this version that speak to the analyser; the edit that suppresses a finding extends them. */
  readonly directives: readonly Directive[]
  /** Changes apply one after the other, each to the text the one before left. */
  update(changes: readonly TextChange[], version: number): void
  configure(settings: Settings): void
  report(): Report
  /** Hover for a big binding, or a use of one, at the absolute offset. */
  hover(offset: number): Hover | null
  /** What the last report said may not hold any more, because another file of the workspace changed. */
  readonly isStale: boolean
  /** Frees the tree; the document must not be used afterwards. */
  dispose(): void
}
