/** One program before a judge. */
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { Judge } from './judges.ts'
import { variantsOf } from './variants.ts'

/** What was tried, in sum. */
export interface Tally {
  programs: number
  refused: number
  findings: number
  certain: number
  variants: number
  events: number
  deaths: number
  exact: number
}

export function emptyTally(): Tally {
  return { programs: 0, refused: 0, findings: 0, certain: 0, variants: 0, events: 0, deaths: 0, exact: 0 }
}

/** Null: no fix changes what the program does. Otherwise the first that does, and how. */
export async function tryProgram(text: string, tapes: readonly (readonly number[])[], judge: Judge, engine: Engine, tally: Tally): Promise<string | null> {
  const { variants, problems, findings, certain } = variantsOf(engine, text, judge.target)
  const answer = variants.length === 0 ? { events: 0, deaths: 0, exact: 0, problems: [] } : await judge.ask({ original: text, variants, tapes })
  tally.programs++
  if (answer === null) {
    tally.refused++
    return null
  }
  tally.findings += findings
  tally.certain += certain
  tally.variants += variants.length
  tally.events += answer.events
  tally.deaths += answer.deaths
  tally.exact += answer.exact
  const first = answer.problems.findIndex(problem => problem !== null)
  if (first >= 0) return `${judge.name}: ${variants[first]!.by}\n${answer.problems[first]}\n--- before\n${text}--- after\n${variants[first]!.source}`
  return problems.length > 0 ? `${problems.join('\n')}\n--- before\n${text}` : null
}
