/** What the analyses say of random programs is compared with what CPython does when it runs them. */
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from './parse.ts'
import { program, render } from './programs.ts'
import { findCPython } from './cpython.ts'
import { Claims } from './claims.ts'

/** `FLOW_RUNS=5000 FLOW_SEED=7 npx vitest run test/flow/soundness.test.ts` looks further. */
const RUNS = Number(process.env['FLOW_RUNS'] ?? 250)
const SEED = Number(process.env['FLOW_SEED'] ?? 1)
const TAPES = 24
/** Milliseconds: when something is wrong, making the program small takes a while. */
const SHRINKING = 300_000

const python = findCPython()
afterAll(() => python?.close())

describe.skipIf(python === null)('random programs under CPython (needs python3, 3.10 or later)', () => {
  it('hold what the analyses say they may', async () => {
    const star = python!.version[0] > 3 || python!.version[1] >= 11
    const tape = fc.array(fc.nat(7), { minLength: 20, maxLength: 80 })
    let events = 0
    await fc.assert(fc.asyncProperty(program, fc.array(tape, { minLength: TAPES, maxLength: TAPES }), async (suite, tapes) => {
      const { plain, probed, lines } = render(suite, star)
      const claims = new Claims(parse(plain), lines)
      const traces = await python!.run(probed, tapes)
      events += traces.reduce((sum, trace) => sum + trace.length, 0)
      const broken = traces.flatMap((trace) => claims.broken(trace))
      if (broken.length > 0) throw new Error(`${claims.describe()}\n${[...new Set(broken)].join('\n')}`)
    }), { numRuns: RUNS, seed: SEED })
    expect(events).toBeGreaterThan(RUNS * TAPES)
  }, SHRINKING)
})
