/** Runs the parts of a suite in two copies of the code, and tells what passes only in the first. */
import { broken, countsOf, sum, told, type Cases, type Counts, type Lost } from './cases.ts'

export type Side = 'before' | 'after'

/** A part: a file or folder of tests. `again`: an earlier run is no answer. */
export type RunPart = (part: string, side: Side, again: boolean) => Promise<Cases>

interface Compared {
  readonly before: Counts
  readonly after: Counts
  /** Failed both times, and did not fail before. */
  readonly lost: readonly Lost[]
  /** Fail now and then, before or after. */
  readonly unsteady: number
}

/** Cases of one part. */
const MOST_TOLD = 10

/** False where something broke, or where no test ran. */
export async function compareParts(parts: readonly string[], jobs: number, runPart: RunPart): Promise<boolean> {
  const results: Compared[] = []
  const empty: string[] = []
  const waiting = [...parts]
  await Promise.all(Array.from({ length: jobs }, async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const result = await comparePart(part, runPart)
      results.push(result)
      if (result.before.passed === 0) empty.push(part)
      console.log(`${part}: before ${told(result.before)}; after ${told(result.after)}${result.unsteady > 0 ? `; ${result.unsteady} fail now and then` : ''}`)
      for (const { name, now } of result.lost.slice(0, MOST_TOLD)) console.log(`  passed before, ${now} after: ${name}`)
      if (result.lost.length > MOST_TOLD) console.log(`  … and ${result.lost.length - MOST_TOLD} more`)
    }
  }))
  const [before, after, lost] = [sum(results.map(r => r.before)), sum(results.map(r => r.after)), results.flatMap(r => r.lost)]
  if (empty.length > 0) console.log(`nothing passes in ${empty.join(', ')}, fixes or none`)
  console.log(`before: ${told(before)}\nafter:  ${told(after)}\nbroken by the fixes: ${lost.length} of ${before.passed} cases that passed, in ${results.length - empty.length} of ${parts.length} parts`)
  return lost.length === 0 && before.passed > 0
}

/** A second time where something broke: tests of time and of threads fail now and then. */
async function comparePart(part: string, runPart: RunPart): Promise<Compared> {
  const [before, after] = [await runPart(part, 'before', false), await runPart(part, 'after', false)]
  const first = broken(before, after)
  const again = first.length === 0 ? null : { before: await runPart(part, 'before', true), after: await runPart(part, 'after', true) }
  const lost = again === null ? [] : first.filter(({ name }) => again.before[name] === 'passed' && again.after[name] !== 'passed')
  return { before: countsOf(before), after: countsOf(after), lost, unsteady: first.length - lost.length }
}
