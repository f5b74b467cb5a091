/** Runs so many steps on spoilt Python; a failure is shrunk to the fewest steps that show it, and names its seed. */
import fc from 'fast-check'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { Session } from './session.ts'
import { step } from './steps.ts'

/** Steps of one run, at most. */
const LENGTH = 50

export interface Memory {
  /** Bytes resident after a tenth of the runs and at the end. */
  readonly early: number
  readonly late: number
}

export async function fuzz(engine: Engine, corpus: readonly string[], steps: number, seed: number): Promise<Memory> {
  const session = new Session(engine, corpus)
  await session.start()
  const runs = Math.ceil(steps / LENGTH)
  let done = 0
  let early = 0
  const property = fc.asyncProperty(fc.array(step, { minLength: LENGTH, maxLength: LENGTH, size: 'max' }), async each => {
    await session.run(each)
    if (++done === Math.ceil(runs / 10)) early = resident()
  })
  await fc.assert(property, { numRuns: runs, seed, endOnFailure: false })
  await session.stop()
  return { early, late: resident() }
}

function resident(): number {
  globalThis.gc?.()
  return process.memoryUsage().rss
}
