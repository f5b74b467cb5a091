// Starts tests that take long; what they are to do stands in environment variables.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** `config`: of vitest, from the top of the project. `asked`: variables; those that are undefined are left out. The answer is the exit status. */
export function runLongTests(config, asked) {
  const env = { ...process.env, ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) }
  return spawnSync('npx', ['vitest', 'run', '-c', config], { cwd: root, stdio: 'inherit', env }).status ?? 2
}

/** npm runs scripts in the package's folder; paths are meant from where the user is. */
export function fromUser(path) {
  return path && resolve(process.env.INIT_CWD ?? process.cwd(), path)
}
