// Spoils Python files before the eyes of the language server: npm run test:fuzz -- [--steps 10000] [--seed 1] [FOLDER of Python files]
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({ options: { steps: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } }, allowPositionals: true })
const env = { ...process.env, REFLEAK_STEPS: values.steps, REFLEAK_SEED: values.seed, ...(positionals[0] && { REFLEAK_CORPUS: resolve(positionals[0]) }) }
const { status } = spawnSync('npx', ['vitest', 'run', '-c', 'test/fuzz/vitest.long.config.ts'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
