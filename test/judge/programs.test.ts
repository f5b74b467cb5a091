/** Random programs run before and after their fixes under the Python in `pyodide`: they do the same, and nothing dies later. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { decisions, hunt } from './hunt.ts'
import { embeddedJudge, type Judge } from './judges.ts'
import { KEPT_RUNS, keptPrograms } from './kept.ts'
import { emptyTally, tryProgram } from './trial.ts'

/** `JUDGE_SEED=7 npx vitest run test/judge` looks elsewhere, `JUDGE_RUNS=100` less long. */
const RUNS = Number(process.env['JUDGE_RUNS'] ?? 2000)
const SEED = Number(process.env['JUDGE_SEED'] ?? 1)

let engine: Engine
let judge: Judge
beforeAll(async () => {
  engine = (await openEngine({ prefer: 'wasm' })).engine
  judge = await embeddedJudge()
}, 60_000)
afterAll(() => {
  judge.close()
  engine.dispose()
})

it(`${RUNS} random programs, seed ${SEED}, do the same after their fixes`, async () => {
  const tally = emptyTally()
  expect(await hunt({ runs: RUNS, seed: SEED, shrinking: 60_000 }, judge, engine, tally)).toBe(null)
  console.log(JSON.stringify(tally))
  expect(tally.exact).toBeGreaterThan(0)
}, 600_000)

it.each(keptPrograms())('$name does the same after its fixes', async ({ text }) => {
  expect(await tryProgram(text, decisions(KEPT_RUNS, SEED), judge, engine, emptyTally())).toBe(null)
})
