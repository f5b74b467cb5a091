/** One file's text to its result. The analysis comes from outside, the writing is done by `check-file.ts`. */
import type { OpenAnalysis } from '../service/document.ts'
import type { FixChoice } from '../service/fix-all.ts'
import { fixAll, reachingFix } from '../service/fix-all.ts'
import type { Report } from '../service/report.ts'
import type { Settings } from '../service/settings.ts'
import type { FilePath } from '../workspace/files.ts'
import type { FileProblem, FileResult } from './findings.ts'
import { emptyResult, shownFinding, uncheckedResult, type NameOf } from './findings.ts'
import type { Places } from './places.ts'
import { lineName } from './places.ts'
import type { Subject } from './subject.ts'
import { openSubject } from './subject.ts'

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
    const subject = openSubject(text, task, open)
    if ('problem' in subject) return { result: uncheckedResult(task.shown, subject.problem, task.given), fixedText: null }
    try {
      return task.fix === null ? told(subject, task) : fixed(subject, task, task.fix)
    } finally {
      subject.document.dispose()
    }
  } catch (error) {
    return { result: emptyResult(task.shown, { errors: [{ path: task.shown, line: null, message: internal(error) }] }), fixedText: null }
  }
}

function told(subject: Subject, task: SourceTask): SourceResult {
  return { result: resultOf(subject.places(), subject.document.report(), task), fixedText: null }
}

function fixed(subject: Subject, task: SourceTask, { choice, action }: FixMode): SourceResult {
  const { document } = subject
  const original = document.text
  const [before, beforePlaces] = [document.report(), subject.places()]
  const { text, fixed: done, failure, report } = fixAll(document, choice)
  const changed = failure === null && text !== original
  // A diff changes nothing, so what is told is what is in the file.
  const result = changed && action === 'write' ? resultOf(subject.places(), report, task) : resultOf(beforePlaces, before, task)
  const errors = failure === null ? [] : [{ path: task.shown, line: null, message: `fixes not applied: ${failure}` }]
  return {
    result: {
      ...result,
      errors,
      fixed: done.map((finding) => finding.rule),
      diff: changed && action === 'diff' ? subject.diff(task.shown) : '',
      reachesOut: report.findings.some((finding) => reachingFix(finding, choice) !== undefined),
    },
    fixedText: changed ? subject.fileText() : null,
  }
}

function resultOf(places: Places, report: Report, task: SourceTask): FileResult {
  const path = task.shown
  const remarks = report.remarks.map(({ range, message }): FileProblem => {
    const place = range === null ? null : places.rangeOf(range)
    const inCell = place?.cell === undefined ? '' : `${lineName(place)}: `
    return { path, message: inCell + message, line: place === null || place.cell !== undefined ? null : place.start.line + 1 }
  })
  const findings = report.findings.map((finding) => shownFinding(finding, namedFrom(task), places))
  return emptyResult(path, { checked: true, findings, remarks, lines: places.lineCount })
}

/** Files of the same tree are named from where the file itself is named from, others by their whole path. */
function namedFrom({ shown, module }: SourceTask): NameOf {
  const root = module?.endsWith(`/${shown}`) ? module.slice(0, -shown.length) : null
  return (path) => path === null ? shown : root !== null && path.startsWith(root) ? path.slice(root.length) : path
}

function internal(error: unknown): string {
  return `internal error, please report it: ${error instanceof Error ? error.message : String(error)}`
}
