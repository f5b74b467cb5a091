// Random programs before and after their fixes: npm run test:judge -- [--runs N] [--seed N] [--python PATH]...
import { delimiter } from 'node:path'
import { parseArgs } from 'node:util'
import { runLongTests } from './long-tests.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' }, python: { type: 'string', multiple: true } } })
process.exitCode = runLongTests('test/judge/vitest.long.config.ts', { JUDGE_RUNS: values.runs, JUDGE_SEED: values.seed, JUDGE_PYTHON: values.python?.join(delimiter) })
