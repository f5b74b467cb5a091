/**
 * `--format github`: workflow commands, which GitHub shows as annotations of a change.
 * Source: "Workflow commands for GitHub Actions" in GitHub's documentation.
 */
import type { Severity } from '../../rules/finding.ts'
import { formatBytes } from '../../text/bytes.ts'
import type { FileProblem, FileResult, ShownFinding } from '../findings.ts'
import { lineName, type FileRange } from '../places.ts'

const COMMANDS: Readonly<Record<Severity, string>> = { warning: 'warning', information: 'notice', hint: 'notice' }

export function formatGithub(results: readonly FileResult[]): string {
  const lines = results.flatMap((result) => [
    ...result.findings.map(annotation),
    ...result.errors.map((problem) => problemCommand('error', problem)),
    ...(result.checked ? [] : result.remarks.map((problem) => problemCommand('warning', problem))),
  ])
  return lines.map((line) => `${line}\n`).join('')
}

function problemCommand(name: string, { path, line, message }: FileProblem): string {
  return command(name, { file: path, ...(line === null ? {} : { line }), title: 'refleak' }, message)
}

function annotation({ finding }: ShownFinding): string {
  const { cell } = finding.range
  const properties = { file: finding.path, ...(cell === undefined ? linesOf(finding.range) : {}), title: `refleak: ${finding.rule}` }
  const reasons = [
    cell === undefined ? finding.message : `${lineName(finding.range)}: ${finding.message}`,
    ...(finding.size.basis === '' ? [] : [`size: at least ${formatBytes(finding.size.low)}: ${finding.size.basis}`]),
    ...finding.drag.map((drag) => `${lineName(drag.range)}: ${drag.text}`),
    ...finding.fixes.map((fix) => `fix: ${fix.title}`),
  ]
  return command(COMMANDS[finding.severity], properties, reasons.join('\n'))
}

/** Lines of a notebook's cells are none of its file's. */
function linesOf({ start, end }: FileRange): Readonly<Record<string, number>> {
  return {
    line: start.line + 1, endLine: end.line + 1,
    // Columns mean something within one line only.
    ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
  }
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')
  return `::${name} ${list}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
