/** `refleak/status`: what the server is doing for a document, and why it says nothing where it does not. */
import { NotificationType } from 'vscode-languageserver'
import type { OpenText } from './open-text.ts'

export interface StatusParams {
  /** Of the file or the notebook. */
  readonly uri: string
  readonly version: number
  /** `analysing`: the answer is on its way. `ready`: analysed, but for the reasons. `silent`: nothing is found, for the reasons. `failed`: see the log. */
  readonly state: 'analysing' | 'ready' | 'silent' | 'failed'
  /** Number of findings shown. */
  readonly findings: number
  /** Reasons for a person, with 1-based lines where they have a place. */
  readonly reasons: readonly string[]
}

export const StatusNotification = new NotificationType<StatusParams>('refleak/status')

/** More than this many reasons are counted, not listed. */
const LISTED_REASONS = 5

export function statusOf(document: OpenText, off: string | null): StatusParams {
  const { uri, version } = document
  if (off !== null) return { uri, version, state: 'silent', findings: 0, reasons: [off] }
  const report = document.report()
  if (report === null) return { uri, version, state: 'failed', findings: 0, reasons: ['the analysis failed; the log says where'] }
  const all = remarksOf(document)
  const hidden = all.length - LISTED_REASONS
  const reasons = hidden > 0 ? [...all.slice(0, LISTED_REASONS), `and ${hidden} more`] : all
  const silent = report.findings.length === 0 && report.remarks.some((remark) => remark.range === null)
  return { uri, version, state: silent ? 'silent' : 'ready', findings: report.findings.length, reasons }
}

/** What the report says besides its findings, one line each, with 1-based lines. */
export function remarksOf(document: OpenText): string[] {
  const report = document.report()
  return [...report?.remarks ?? [], ...report?.leftOut ?? []].map(({ range, message }) =>
    range === null ? message : `${document.placeName(range.start)}: ${message}`)
}
