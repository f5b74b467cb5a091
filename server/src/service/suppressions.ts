/** Takes suppressed findings out, and reports suppressions that suppress nothing. Pure. */
import { lineStart } from '../text/line-starts.ts'
import type { RuleName, Severity } from '../rules/finding.ts'
import { isRuleName } from '../rules/names.ts'
import type { Stmt } from '../syntax/ast.ts'
import type { Directive, Source } from '../syntax/source.ts'
import type { Misspelt, Suppression } from './directives.ts'
import { parseDirective } from './directives.ts'
import { lineAt, physicalLines } from './joined-lines.ts'
import type { Range, Report, ReportedFinding } from './report.ts'
import { removeSuppression } from './suppression-edits.ts'

export interface SuppressionInput {
  readonly text: string
  readonly directives: readonly Directive[]
  /** Before the filter by confidence: a suppression of a finding that is not shown today is still used. */
  readonly findings: readonly ReportedFinding[]
  /** `ignore-file` counts before this offset: see `endOfTop`. */
  readonly topEnd: number
  /** False where part of the file was not analysed: then no suppression is called unused. */
  readonly complete: boolean
  /** The rule is selected; suppressions of rules that do not run are not judged. */
  isActive(rule: RuleName): boolean
  /** Of `unused-suppression`. */
  readonly severity: Severity
}

export interface SuppressionResult {
  readonly findings: readonly ReportedFinding[]
  readonly remarks: Report['remarks']
}

/** What one suppression covers, and which of its names have suppressed something. */
interface Cover extends Range {
  readonly suppression: Suppression
  readonly used: Set<string>
}

/** Where the first statement starts that is not the docstring; `ignore-file` has to stand before it. */
export function endOfTop(source: Source): number {
  const isDocstring = (stmt: Stmt): boolean => stmt.kind === 'ExprStmt' && stmt.value.kind === 'Constant' && stmt.value.type === 'str'
  const first = source.body.find((stmt, index) => index > 0 || !isDocstring(stmt))
  return first === undefined ? source.text.length : source.rangeOf(first)[0]
}

/** The findings that are left, with those of `unused-suppression`, in the order given, new ones last. */
export function applySuppressions(input: SuppressionInput): SuppressionResult {
  if (input.directives.length === 0) return { findings: input.findings, remarks: [] }
  const parsed = input.directives.flatMap(parseDirective)
  const covers = coversOf(parsed.filter((item) => item.form !== 'misspelt'), input)
  const misspelt = parsed.filter((item) => item.form === 'misspelt')
  const left = input.findings.filter((finding) => !isSuppressed(finding, covers))
  const unused = input.isActive('unused-suppression')
    ? [...misspelt.map((item) => misspeltFinding(item, input)), ...covers.flatMap((cover) => unusedFinding(cover, input))]
    : []
  const open = unused.filter((finding) => !isSuppressed(finding, covers.filter((cover) => cover.suppression.rules !== null)))
  return { findings: [...left, ...open], remarks: remarksOf(parsed) }
}

function coversOf(suppressions: readonly Suppression[], input: SuppressionInput): readonly Cover[] {
  return suppressions.map((suppression) => ({ suppression, used: new Set<string>(), ...coveredRange(suppression, input) }))
}

function coveredRange(suppression: Suppression, { text, topEnd }: SuppressionInput): Range {
  if (suppression.form === 'file') return suppression.start < topEnd ? { start: 0, end: text.length } : { start: text.length + 1, end: text.length + 1 }
  const start = lineStart(text, suppression.start)
  const line = { start, end: suppression.end }
  const before = text.slice(start, suppression.start)
  const mayBeJoined = /\\(\r\n|\n|\r)$/.test(text.slice(Math.max(0, start - 3), start)) || /"""|'''/.test(before)
  return mayBeJoined ? { start: joinedStart(text, suppression.start), end: line.end } : line
}

/** The start of the first of the lines that are joined, by strings and backslashes, to the one with the offset. */
function joinedStart(text: string, offset: number): number {
  const lines = physicalLines(text)
  let index = lineAt(lines, offset)
  while (index > 0 && lines[index - 1]?.joined === true) index -= 1
  return lines[index]?.start ?? 0
}

function isSuppressed(finding: ReportedFinding, covers: readonly Cover[]): boolean {
  let suppressed = false
  for (const cover of covers) {
    const { rules } = cover.suppression
    const touches = finding.range.start <= cover.end && (finding.range.end > cover.start || finding.range.start === cover.start)
    if (!touches || (rules !== null && !rules.some((rule) => rule.name === finding.rule))) continue
    cover.used.add(finding.rule)
    suppressed = true
  }
  return suppressed
}

function unusedFinding(cover: Cover, input: SuppressionInput): readonly ReportedFinding[] {
  const { suppression, used } = cover
  if (suppression.form === 'file' && suppression.start >= input.topEnd) {
    const message = 'This `ignore-file` has no effect: it counts only before the first statement.'
    return [finding(suppression, message, removeSuppression(input.text, suppression, []), input)]
  }
  if (suppression.rules === null) {
    if (used.size > 0 || !input.complete) return []
    const message = `Unused suppression: nothing is reported ${placeOf(suppression)}.`
    return [finding(suppression, message, removeSuppression(input.text, suppression, []), input)]
  }
  const unknown = suppression.rules.filter((rule) => !isRuleName(rule.name))
  const idle = suppression.rules.filter(({ name }) =>
    isRuleName(name) && !used.has(name) && name !== 'unused-suppression' && input.complete && input.isActive(name))
  const dead = [...unknown, ...idle]
  if (dead.length === 0 && suppression.rules.length > 0) return []
  const reasons = [
    ...unknown.map((rule) => `\`${rule.name}\` is not a rule`),
    ...idle.map((rule) => `\`${rule.name}\` is not reported ${placeOf(suppression)}`),
  ]
  const kept = suppression.rules.filter((rule) => !dead.includes(rule)).map((rule) => rule.name)
  const message = `Unused suppression: ${reasons.length === 0 ? 'it names no rule' : reasons.join(', ')}.`
  return [finding(suppression, message, removeSuppression(input.text, suppression, kept), input)]
}

function misspeltFinding(item: Misspelt, input: SuppressionInput): ReportedFinding {
  return finding(item, `This comment suppresses nothing: ${item.message}.`, null, input)
}

function placeOf(suppression: Suppression): string {
  return suppression.form === 'file' ? 'in this file' : 'on this line'
}

function finding(place: Range, message: string, fix: ReportedFinding['fixes'][number] | null, input: SuppressionInput): ReportedFinding {
  const range = { start: place.start, end: place.end }
  return {
    rule: 'unused-suppression', severity: input.severity, confidence: 'certain', message, name: '', names: [], scope: '<module>', range, binding: range,
    lastUse: null, size: { low: 0, high: 0, basis: '' }, drag: [], heldUntil: '', notes: [], fixes: fix === null ? [] : [fix],
  }
}

/** Unknown rules and misspelt comments, for the log. */
function remarksOf(parsed: readonly (Suppression | Misspelt)[]): Report['remarks'] {
  return parsed.flatMap((item) => {
    if (item.form === 'misspelt') return [{ range: { start: item.start, end: item.end }, message: `suppression not understood: ${item.message}` }]
    return (item.rules ?? []).filter((rule) => !isRuleName(rule.name)).map((rule) => ({
      range: { start: rule.start, end: rule.end },
      message: `unknown rule "${rule.name}" in a suppression`,
    }))
  })
}
