/** The edits that add a suppression for a finding and take an unused one away. Pure; offsets are absolute UTF-16 units. */
import { lineEnd, lineStart } from '../text/line-starts.ts'
import type { RuleName } from '../rules/finding.ts'
import type { Directive } from '../syntax/source.ts'
import type { Suppression } from './directives.ts'
import { parseDirective } from './directives.ts'
import { lineAt, physicalLines } from './joined-lines.ts'
import type { ReportedEdit, ReportedFinding, ReportedFix } from './report.ts'

/** Takes the suppression away, or leaves it with the rules to keep. A comment alone on its line takes the line with it. */
export function removeSuppression(text: string, suppression: Suppression, keep: readonly string[]): ReportedFix {
  const only = (start: number, end: number, newText: string, title: string): ReportedFix =>
    ({ title, kind: 'remove', safety: 'safe', edits: [{ start, end, newText, path: null }] })
  const { rules } = suppression
  const [first, last] = [rules?.[0], rules?.at(-1)]
  if (keep.length > 0 && first !== undefined && last !== undefined) {
    return only(first.start, last.end, keep.join(', '), 'Remove the unused rules from the suppression')
  }
  const [start, end] = removalRange(text, suppression)
  return only(start, end, '', 'Remove the unused suppression')
}

function removalRange(text: string, suppression: Suppression): readonly [number, number] {
  const [start, end] = [lineStart(text, suppression.start), lineEnd(text, suppression.end)]
  const blankStart = start + text.slice(start, suppression.start).trimEnd().length
  const rest = text.slice(suppression.end, end)
  if (rest.trim() !== '') return [suppression.start, suppression.end + (rest.length - rest.trimStart().length)]
  return blankStart === start ? [start, end + breakLength(text, end)] : [blankStart, end]
}

/**
 * Adds `# refleak: ignore[rule]` where it covers the finding: at the end of its first line, or, where that line goes on inside a
 * string or after a backslash, at the end of the last such line. A suppression that is already there gets one name more.
 * Null: it is suppressed already, or no place can take a comment.
 */
export function suppressEdit(text: string, directives: readonly Directive[], finding: Pick<ReportedFinding, 'rule' | 'range'>): ReportedEdit | null {
  const lines = physicalLines(text)
  let index = lineAt(lines, finding.range.start)
  while (lines[index]?.joined === true) index += 1
  const line = lines[index]
  if (line === undefined) return null
  const there = directives.filter((directive) => directive.start >= line.start && directive.end <= line.end)
    .flatMap(parseDirective).filter((item): item is Suppression => item.form === 'line')
  const merged = mergeInto(there, finding.rule)
  if (merged !== undefined) return merged
  const end = line.start + text.slice(line.start, line.end).trimEnd().length
  return { start: end, end: line.end, newText: `${end === line.start ? '' : '  '}# refleak: ignore[${finding.rule}]`, path: null }
}

/** Undefined: there is nothing to merge into. */
function mergeInto(there: readonly Suppression[], rule: RuleName): ReportedEdit | null | undefined {
  if (there.some((item) => item.rules === null || item.rules.some((named) => named.name === rule))) return null
  const target = there[0]
  if (target === undefined || target.insertAt === null) return undefined
  const at = target.insertAt
  return { start: at, end: at, newText: (target.rules?.length ?? 0) > 0 ? `, ${rule}` : rule, path: null }
}

function breakLength(text: string, at: number): number {
  if (at >= text.length) return 0
  return text.startsWith('\r\n', at) ? 2 : 1
}
