/** What became of the cases of a suite, before and after the fixes. */

export type Outcome = 'passed' | 'skipped' | 'failed'

/** Outcomes by the name of the case. */
export type Cases = Readonly<Record<string, Outcome>>

export interface Counts {
  readonly passed: number
  readonly skipped: number
  readonly failed: number
}

export function countsOf(cases: Cases): Counts {
  const counts = { passed: 0, skipped: 0, failed: 0 }
  for (const outcome of Object.values(cases)) counts[outcome]++
  return counts
}

export interface Lost {
  readonly name: string
  readonly now: Outcome | 'missing'
}

/** Cases that passed before and did not pass after; one that is not there any more has not passed. */
export function broken(before: Cases, after: Cases): readonly Lost[] {
  return Object.entries(before).filter(([name, outcome]) => outcome === 'passed' && after[name] !== 'passed').map(([name]) => ({ name, now: after[name] ?? 'missing' }))
}

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((a, b) => ({ passed: a.passed + b.passed, skipped: a.skipped + b.skipped, failed: a.failed + b.failed }), { passed: 0, skipped: 0, failed: 0 })
}

export function told({ passed, skipped, failed }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
