/** As many random programs as asked for, under every Python found: `npm run test:judge -- --runs 100000 --seed 7 --python PATH`. */
import { delimiter } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { everyPython } from '../values/sizes/pythons.ts'
import { decisions, hunt } from './hunt.ts'
import { embeddedJudge, findJudges } from './judges.ts'
import { KEPT_RUNS, keptPrograms } from './kept.ts'
import { emptyTally, tryProgram } from './trial.ts'

const RUNS = Number(process.env['JUDGE_RUNS'] ?? 10_000)
const SEED = Number(process.env['JUDGE_SEED'] ?? Date.now() % 1_000_000)
const MOST_FAILURES = 5
const CHUNK = 500

const asked = process.env['JUDGE_PYTHON']?.split(delimiter)
const judges = [...(asked ? [] : [await embeddedJudge()]), ...await findJudges(asked ?? everyPython())]

let engine: Engine
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => {
  judges.forEach(judge => judge.close())
  engine.dispose()
})

describe(`random programs from seed ${SEED} do the same after their fixes`, () => {
  it.each(judges)('$name', async judge => {
    const runs = Math.ceil(RUNS / judges.length)
    const tally = emptyTally()
    const failures: string[] = []
    for (let done = 0; done < runs && failures.length < MOST_FAILURES; done += CHUNK) {
      const failure = await hunt({ runs: Math.min(CHUNK, runs - done), seed: SEED + done / CHUNK, shrinking: 15_000 }, judge, engine, tally)
      if (failure === null) continue
      failures.push(failure)
      console.log(`${failure}\n`)
    }
    console.log(`${judge.name}: ${JSON.stringify(tally)}`)
    expect(failures.length).toBe(0)
  })
})

describe.each(judges)('under $name', judge => {
  it.each(keptPrograms())('$name does the same after its fixes', async ({ text }) => {
    expect(await tryProgram(text, decisions(KEPT_RUNS, SEED), judge, engine, emptyTally())).toBe(null)
  })
})
