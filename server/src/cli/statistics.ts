/** What `--statistics` prints. */
import type { FileResult } from './findings.ts'
import { counted } from './formats/text.ts'

/** Counts per rule, most frequent first; then files, lines and time. `milliseconds` is of the whole run. */
export function formatStatistics(results: readonly FileResult[], milliseconds: number): string {
  const counts = new Map<string, { found: number; fixable: number; fixed: number }>()
  const countOf = (rule: string): { found: number; fixable: number; fixed: number } => {
    const count = counts.get(rule) ?? { found: 0, fixable: 0, fixed: 0 }
    counts.set(rule, count)
    return count
  }
  for (const result of results) {
    for (const { finding } of result.findings) {
      countOf(finding.rule).found += 1
      if (finding.fixes.length > 0) countOf(finding.rule).fixable += 1
    }
    for (const rule of result.fixed) countOf(rule).fixed += 1
  }
  const rows = [...counts].sort(([a, x], [b, y]) => y.found - x.found || (a < b ? -1 : 1))
    .map(([rule, { found, fixable, fixed }]) => `${String(found).padStart(7)}  ${rule} (${fixable} with a fix${fixed > 0 ? `, ${fixed} fixed` : ''})`)
  const lines = results.reduce((sum, result) => sum + result.lines, 0)
  const errors = results.reduce((sum, result) => sum + result.errors.length, 0)
  const perThousand = lines === 0 ? '' : `, ${(milliseconds / lines * 1000).toFixed(2)} ms per 1,000 lines`
  const amounts = `${counted(results.length, 'file')}, ${counted(lines, 'line')}, ${counted(errors, 'error')}`
  const total = `${amounts}; ${(milliseconds / 1000).toFixed(2)} s${perThousand}`
  return [...rows, total].map((row) => `${row}\n`).join('')
}
