/** Runs `measure.py` under the Pythons of this machine. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { TARGET_VERSIONS, type TargetVersion } from '../../../server/src/text/target-version.ts'

export interface Python {
  readonly command: string
  /** `3.11.7`. */
  readonly version: string
}

export interface Task {
  readonly prelude: string
  readonly n: number
  readonly expressions: readonly string[]
}

export interface Measurement {
  readonly version: string
  readonly comparable: boolean
  /** Bytes per expression. */
  readonly requested: readonly number[]
  readonly resident: readonly number[]
}

/** The commands that start a comparable Python of a target version, one per patch release. */
export async function findPythons(commands: readonly string[]): Promise<Python[]> {
  const found = new Map<string, Python>()
  for (const command of commands) {
    const probe = await measure(command, { prelude: '', n: 0, expressions: [] }).catch(() => null)
    if (probe?.comparable && targetOf(probe.version)) found.set(probe.version, { command, version: probe.version })
  }
  return [...found.values()]
}

/** `python3.8` and so on from PATH, and pyenv's. */
export function everyPython(): string[] {
  const pyenv = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions')
  const installed = existsSync(pyenv) ? readdirSync(pyenv).map(name => join(pyenv, name, 'bin', 'python')) : []
  return ['python3', ...TARGET_VERSIONS.map(version => `python${version}`), ...installed]
}

export function targetOf(version: string): TargetVersion | null {
  return TARGET_VERSIONS.find(target => version.startsWith(`${target}.`)) ?? null
}

/** Rejects, with what Python wrote, where the command does not run. */
export async function measure(command: string, task: Task): Promise<Measurement> {
  const script = fileURLToPath(new URL('measure.py', import.meta.url))
  const run = promisify(execFile)(command, ['-I', script])
  run.child.stdin?.on('error', () => {}).end(JSON.stringify(task))
  return JSON.parse((await run).stdout) as Measurement
}
