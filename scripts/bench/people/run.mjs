// npm run bench:people -- FOLDER… [--missed] [--findings]
import { spawnSync } from 'node:child_process'
import { bundle } from '../../bundle.mjs'

const program = await bundle('scripts/bench/people/main.ts', 'people')
// npm runs scripts in the package's folder; paths are meant from where the user is.
const cwd = process.env.INIT_CWD ?? process.cwd()
process.exitCode = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { cwd, stdio: 'inherit' }).status ?? 2
