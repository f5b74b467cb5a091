/** `--format text`: for a person at a terminal. */
import type { SizeEstimate } from '../../rules/finding.ts'
import { formatByteRange } from '../../text/bytes.ts'
import type { FileResult, ShownFinding } from '../findings.ts'
import { lineName } from '../places.ts'
import { clip, columnOf, visible, width } from './columns.ts'
import type { Paint } from './paint.ts'

export function formatText(results: readonly FileResult[], paint: Paint): string {
  return results.flatMap((result) => result.findings.map((shown) => formatFinding(shown, paint))).join('')
}

/** `2 findings in 1 file (12 files checked)`, with what was fixed (or, in a diff, would be) and what can be. */
export function formatSummary(results: readonly FileResult[], isDiff: boolean): string {
  const found = results.flatMap((result) => result.findings)
  const files = results.filter((result) => result.findings.length > 0).length
  const fixed = results.reduce((sum, result) => sum + result.fixed.length, 0)
  const safe = found.filter(({ finding }) => finding.fixes.some((fix) => fix.safety === 'safe')).length
  const unsafe = found.filter(({ finding }) => finding.fixes.length > 0).length - safe
  const checked = `${counted(results.filter((result) => result.checked).length, 'file')} checked`
  const parts = [
    ...(fixed > 0 ? [`${counted(fixed, 'finding')} ${isDiff ? 'would be ' : ''}fixed`] : []),
    `${found.length > 0 ? `${counted(found.length, 'finding')} in ${counted(files, 'file')}` : fixed > 0 ? 'nothing left' : 'nothing found'} (${checked})`,
    ...(safe > 0 && !isDiff ? [`${safe} can be fixed with --fix`] : []),
    ...(unsafe > 0 && !isDiff ? [`${unsafe} ${safe > 0 ? 'more ' : ''}with --fix --unsafe-fixes`] : []),
  ]
  return `${parts.join(', ')}\n`
}

function formatFinding(shown: ShownFinding, paint: Paint): string {
  const { finding, source } = shown
  const { start, end } = finding.range
  const number = String(start.line + 1)
  const margin = ' '.repeat(number.length)
  const bar = paint.dim('|')
  const stop = end.line === start.line ? Math.max(end.character, start.character + 1) : source.length
  const part = clip(source, start.character, Math.max(stop, start.character + 1))
  const cell = finding.range.cell === undefined ? '' : `cell ${finding.range.cell}:`
  const place = `${paint.bold(visible(finding.path))}:${cell}${number}:${columnOf(source, start.character)}`
  const reasons = [
    ...sizeLine(finding.size),
    ...finding.drag.map((drag) => `drag: ${lineName(drag.range)}: ${drag.text}`),
    ...(finding.heldUntil === '' ? [] : [`held until: ${finding.heldUntil}`]),
    ...(finding.confidence === 'certain' ? [] : [`confidence: ${finding.confidence}`]),
    ...shown.notes.map((note) => `note: ${lineName(note.range)}: ${note.message}`),
    ...finding.fixes.map((fix) => `fix: ${fix.title}${fix.safety === 'unsafe' ? ' (unsafe: review it)' : ''}`),
  ]
  const marks = ' '.repeat(width(part.before)) + paint[finding.severity]('^'.repeat(Math.max(1, width(part.inside))))
  return [
    `${place}: ${paint[finding.severity](finding.rule)}: ${visible(finding.message)}`,
    `${margin} ${bar}`,
    `${paint.dim(number)} ${bar} ${part.before}${part.inside}${part.after}`,
    `${margin} ${bar} ${marks}`,
    ...reasons.map((reason) => `${margin} ${paint.dim('=')} ${visible(reason)}`),
    '',
    '',
  ].join('\n')
}

function sizeLine(size: SizeEstimate): string[] {
  if (size.basis === '') return []
  const range = formatByteRange(size)
  return [`size: ${range === '' ? '' : `${range}: `}${size.basis}`]
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
