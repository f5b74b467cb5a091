/** One file's text to its result. The analysis comes from outside, the writing is done by `check-file.ts`. */
import { FILE_HEADERS_ONLY, createTwoFilesPatch } from 'diff'
import type { AnalysedDocument } from '../service/document.ts'
import type { FixChoice } from '../service/fix-all.ts'
import { fixAll } from '../service/fix-all.ts'
import type { Report } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import type { FilePath } from '../workspace/files.ts'
import type { FileProblem, FileResult } from './findings.ts'
import { Places, emptyResult, shownFinding } from './findings.ts'

/** Opens a text for analysis; `path`: the file of the workspace that it is, absolute and with slashes. */
export type OpenAnalysis = (text: string, version: number, settings: Settings, path?: FilePath | null) => AnalysedDocument

/** What is done with fixes: `write` changes the file, `diff` shows what would change. */
export interface FixMode {
  readonly choice: FixChoice
  readonly action: 'write' | 'diff'
}

export interface SourceTask {
  /** How the user names the file. */
  readonly shown: string
  /** The file of the workspace that it is; null: none. */
  readonly module: FilePath | null
  /** Named on the command line itself. */
  readonly given: boolean
  readonly settings: Settings
  /** Null: fixes are only told. */
  readonly fix: FixMode | null
}

export interface SourceResult {
  readonly result: FileResult
  /** The text after fixes, where there were any; null otherwise. */
  readonly fixedText: string | null
}

/** Never throws: a failure of the analysis is an error of this file. */
export function checkSource(text: string, task: SourceTask, open: OpenAnalysis): SourceResult {
  try {
    const document = open(text, 0, task.settings, task.module)
    try {
      return task.fix === null ? told(document, document.report(), task) : fixed(document, task, task.fix)
    } finally {
      document.dispose()
    }
  } catch (error) {
    return { result: emptyResult(task.shown, { errors: [{ path: task.shown, line: null, message: internal(error) }] }), fixedText: null }
  }
}

function told(document: AnalysedDocument, report: Report, task: SourceTask): SourceResult {
  return { result: resultOf(document.text, report, task.shown), fixedText: null }
}

function fixed(document: AnalysedDocument, task: SourceTask, { choice, action }: FixMode): SourceResult {
  const original = document.text
  const before = action === 'diff' ? document.report() : null
  const { text, fixed: done, failure, report } = fixAll(document, choice)
  // A diff changes nothing, so what is told is what is in the file.
  const result = before === null ? resultOf(text, report, task.shown) : resultOf(original, before, task.shown)
  const errors = failure === null ? [] : [{ path: task.shown, line: null, message: `fixes not applied: ${failure}` }]
  const changed = text !== original
  return {
    result: {
      ...result,
      errors,
      fixed: done.map((finding) => finding.rule),
      diff: changed && action === 'diff' ? unifiedDiff(task.shown, original, text) : '',
    },
    fixedText: changed ? text : null,
  }
}

function resultOf(text: string, report: Report, path: string): FileResult {
  const places = new Places(text)
  const remarks: FileProblem[] = report.remarks.map(({ range, message }) => ({
    path, message, line: range === null ? null : places.rangeOf(range).start.line + 1,
  }))
  const findings = report.findings.map((finding) => shownFinding(finding, path, places))
  return emptyResult(path, { checked: true, findings, remarks, lines: places.lineCount })
}

function unifiedDiff(path: string, before: string, after: string): string {
  return createTwoFilesPatch(path, path, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY })
}

function internal(error: unknown): string {
  return `internal error, please report it: ${error instanceof Error ? error.message : String(error)}`
}
