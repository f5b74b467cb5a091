/** Runs random programs past a judge; failures are made small. */
import fc from 'fast-check'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { Judge } from './judges.ts'
import { program, render } from './programs.ts'
import { tryProgram, type Tally } from './trial.ts'

/** Runs of one program, each with other decisions. */
const TAPES = 4
/** Milliseconds after which the test runner wants to hear of its worker, at the latest. */
const LONGEST_BREATH = 1000
/** Exceptions are rare, so that programs get somewhere. */
const decision = fc.oneof({ weight: 19, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constantFrom(6, 7) })
const tape = fc.array(decision, { minLength: 10, maxLength: 80 })
const tapes = fc.array(tape, { minLength: TAPES, maxLength: TAPES })

/** As many runs of a program, always the same ones for a seed. */
export function decisions(runs: number, seed: number): readonly (readonly number[])[] {
  return fc.sample(tape, { numRuns: runs, seed })
}

export interface Hunt {
  readonly runs: number
  readonly seed: number
  /** Milliseconds for making a failing program small. */
  readonly shrinking: number
}

/** Rejects where the judge fails. Null, or what the smallest failing program does and how to meet it again. */
export async function hunt({ runs, seed, shrinking }: Hunt, judge: Judge, engine: Engine, tally: Tally): Promise<string | null> {
  const [, minor] = judge.target.split('.').map(Number) as [number, number]
  const syntax = { match: minor >= 10, star: minor >= 11, types: minor >= 12 }
  let end = Infinity
  let smallest: string | null = null
  let broken: unknown = null
  let breathed = Date.now()
  await fc.check(fc.asyncProperty(program, tapes, async (tree, taken) => {
    if (Date.now() - breathed > LONGEST_BREATH) breathed = await breath()
    if (broken !== null || Date.now() > end) return
    const problem = await tryProgram(render(tree, syntax), taken, judge, engine, tally).catch((error: unknown) => { throw broken = error })
    if (problem === null) return
    if (smallest === null) end = Date.now() + shrinking
    smallest = problem
    throw new Error(problem)
  }), { numRuns: runs, seed })
  if (broken !== null) throw broken
  return smallest === null ? null : `${smallest}\n(seed ${seed}, ${runs} runs)`
}

/** Lets the test runner report; when it has. */
function breath(): Promise<number> {
  return new Promise(resolve => { setImmediate(() => resolve(Date.now())) })
}
