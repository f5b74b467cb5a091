// Spoils Python files before the eyes of the language server: npm run test:fuzz -- [--steps 10000] [--seed 1] [FOLDER of Python files]
import { parseArgs } from 'node:util'
import { fromUser, runLongTests } from './long-tests.mjs'

const { values, positionals } = parseArgs({ options: { steps: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } }, allowPositionals: true })
process.exitCode = runLongTests('test/fuzz/vitest.long.config.ts', { REFLEAK_STEPS: values.steps, REFLEAK_SEED: values.seed, REFLEAK_CORPUS: fromUser(positionals[0]) })
