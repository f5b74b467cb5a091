// Bundles the measurements and runs them in a process of their own.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildAll } from '../build.mjs'
import { bundle, folder } from '../bundle.mjs'

const program = await bundle('scripts/bench/main.ts', 'bench')
if (!process.env.NODIST) await buildAll(join(folder, 'dist'))
const { status } = spawnSync(process.execPath, ['--expose-gc', program, join(folder, 'dist'), ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 2
