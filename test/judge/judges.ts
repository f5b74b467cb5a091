/** The Pythons that judge generated programs: the one in `pyodide`, and those of this machine. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { loadPyodide } from 'pyodide'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { findPythons, targetOf } from '../values/sizes/pythons.ts'

export interface Variant {
  readonly source: string
  /** Context managers may swallow exceptions. */
  readonly swallow: boolean
  /** The fix does more than to let go of names: what it is not about may die later. */
  readonly keeps: boolean
}

export interface Request {
  readonly original: string
  readonly variants: readonly Variant[]
  readonly tapes: readonly (readonly number[])[]
}

export interface Answer {
  readonly events: number
  readonly deaths: number
  /** Objects that had to die at one statement and did. */
  readonly exact: number
  /** For each variant: null, or how it differs. */
  readonly problems: readonly (string | null)[]
}

export interface Judge {
  /** `CPython 3.11.7`. */
  readonly name: string
  readonly target: TargetVersion
  /** Null: this Python does not compile the original. */
  ask(request: Request): Promise<Answer | null>
  close(): void
}

const SCRIPT = fileURLToPath(new URL('run_programs.py', import.meta.url))

/** The Pythons of target versions among the commands, one per patch release. */
export async function findJudges(commands: readonly string[]): Promise<Judge[]> {
  return (await findPythons(commands)).map(({ command, version }) => processJudge(command, version))
}

function processJudge(command: string, version: string): Judge {
  const child = spawn(command, ['-I', '-u', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<string>(resolve => { child.on('close', (status, signal) => { resolve(signal ?? `status ${status}`) }) })
  // That it has ended is told where its answer is missing.
  child.stdin.on('error', () => {})
  return {
    name: `CPython ${version}`,
    target: targetOf(version)!,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`${command} ended with ${await ended} on:\n${request.original}`)
      return JSON.parse(String(value)) as Answer | null
    },
    close: () => child.stdin.end(),
  }
}

const START = `
import json, platform, sys
sys.path.insert(0, '/judge')
import run_programs
run_programs.prepare()
platform.python_version()
`

/** Needs no Python on the machine. */
export async function embeddedJudge(): Promise<Judge> {
  const python = await loadPyodide({ indexURL: dirname(createRequire(import.meta.url).resolve('pyodide')) })
  python.FS.mkdirTree('/judge')
  python.FS.writeFile('/judge/run_programs.py', readFileSync(SCRIPT))
  const version = python.runPython(START) as string
  const target = targetOf(version)
  if (target === null) throw new Error(`pyodide has an unknown Python ${version}`)
  const ask = python.runPython('lambda text: json.dumps(run_programs.answer(json.loads(text)))') as (text: string) => string
  return {
    name: `CPython ${version} (pyodide)`,
    target,
    async ask(request) {
      // It works in this process, where the test runner waits for its turn, and gives up after a minute.
      await setImmediate()
      return JSON.parse(ask(JSON.stringify(request))) as Answer | null
    },
    close: () => {},
  }
}
