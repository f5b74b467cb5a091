/** `--format json`: docs/findings.schema.json describes it. */
import type { FileResult } from '../findings.ts'

export function formatJson(results: readonly FileResult[]): string {
  const findings = results.flatMap((result) => result.findings.map((shown) => shown.finding))
  const errors = results.flatMap((result) => [...result.errors, ...result.remarks]).map((problem) => ({
    path: problem.path,
    message: problem.line === null ? problem.message : `line ${problem.line}: ${problem.message}`,
  }))
  return `${JSON.stringify({ version: 1, findings, errors }, null, 2)}\n`
}
