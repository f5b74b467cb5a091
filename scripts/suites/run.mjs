// Builds the program and tries it on real code: node scripts/suites/run.mjs stdlib|packages|names [options]
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildAll } from '../build.mjs'
import { bundle, folder } from '../bundle.mjs'

const [suite, ...given] = process.argv.slice(2)
const program = await bundle(`scripts/suites/${suite}.ts`, `suite-${suite}`)
if (!process.env.NODIST) await buildAll(join(folder, 'dist'))
// npm runs scripts in the package's folder; paths are meant from where the user is.
const cwd = process.env.INIT_CWD ?? process.cwd()
process.exitCode = spawnSync(process.execPath, [program, join(folder, 'dist', 'refleak.mjs'), ...given], { cwd, stdio: 'inherit' }).status ?? 2
