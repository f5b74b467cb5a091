/** What the program is made of besides its code; the entry point knows where it is, tests put something else in its place. */
import type { Engine } from '../syntax/engine.ts'
import type { FilePath } from '../workspace/files.ts'
import type { FileRecords } from '../service/file-records.ts'
import type { OpenAnalysis } from '../service/document.ts'

export interface AnalysisOptions {
  /** Of all files of the projects, where they have been made. */
  readonly records?: FileRecords | null
  /** The text of a file, where it is not that on disk. */
  readonly textOf?: (path: FilePath) => string | null
}

export interface Installation {
  readonly version: string
  /** The Markdown page of a rule; null: there is none. */
  pageOf(rule: string): string | null
  /** Loads a parser. Rejects where it cannot be loaded. */
  openEngine(): Promise<Engine>
  /** Loads the analysis with a parser of its own, for files of the projects in these folders. */
  openAnalysis(roots: readonly FilePath[], more?: AnalysisOptions): Promise<OpenAnalysis>
  /** The module that checks files on another thread; null: everything runs on this one. */
  readonly worker: URL | null
  /** Runs the language server until its client ends it. */
  serve(): Promise<void>
}
