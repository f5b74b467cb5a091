// Random programs before and after their fixes: npm run test:judge -- [--runs N] [--seed N] [--python PATH]...
import { spawnSync } from 'node:child_process'
import { delimiter } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' }, python: { type: 'string', multiple: true } } })
const asked = { JUDGE_RUNS: values.runs, JUDGE_SEED: values.seed, JUDGE_PYTHON: values.python?.join(delimiter) }
const env = { ...process.env, ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) }
const { status } = spawnSync('npx', ['vitest', 'run', '-c', 'test/judge/vitest.long.config.ts'], { stdio: 'inherit', env })
process.exitCode = status ?? 2
