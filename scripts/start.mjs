// Builds the program and analyses the examples, or the paths and options given after `--`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildAll } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
await buildAll()
const given = process.argv.slice(2)
// npm runs scripts in the package's folder; paths are meant from where the user is.
const cwd = given.length > 0 ? process.env.INIT_CWD ?? process.cwd() : root
const args = ['check', '--exit-zero', ...(given.length > 0 ? given : ['examples'])]
process.exitCode = spawnSync(process.execPath, [`${root}/dist/refleak.mjs`, ...args], { cwd, stdio: 'inherit' }).status ?? 2
