// Checks the library models against a real Python and the libraries installed there: npm run test:models -- [--python PATH] [names] [relations]
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({ options: { python: { type: 'string', default: 'python3' } }, allowPositionals: true })
const { status, error } = spawnSync(values.python, ['-u', fileURLToPath(new URL('../test/models/verify.py', import.meta.url)), ...positionals], { stdio: 'inherit' })
if (error) console.error(`cannot run ${values.python}: ${error.message}`)
process.exitCode = error ? 2 : status ?? 1
