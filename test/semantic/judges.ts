/** CPythons that say what their own symbol tables hold (see `cpython_scopes.py`): those of the machine, and the one in `pyodide`. */
import { execFile, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadPyodide } from 'pyodide'
import type { DumpedScope } from '../../server/src/semantic/dump.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { targetOf } from '../values/sizes/pythons.ts'

export type Answer = { readonly scopes: readonly DumpedScope[] } | { readonly error: string }

export interface Judge {
  /** `CPython 3.11.7`. */
  readonly name: string
  readonly target: TargetVersion
  /** The Python files of its standard library, tests included where they are installed. */
  library(): readonly string[]
  read(path: string): Uint8Array
  ask(path: string): Promise<Answer>
  close(): void
}

const SCRIPT = fileURLToPath(new URL('cpython_scopes.py', import.meta.url))
const PROBE = 'import platform, sysconfig; print(platform.python_version(), sysconfig.get_paths()["stdlib"])'

/** The commands that start a Python of a target version, one per patch release. */
export async function findJudges(commands: readonly string[]): Promise<Judge[]> {
  const found = new Map<string, Judge>()
  for (const command of commands) {
    const { stdout } = await promisify(execFile)(command, ['-I', '-c', PROBE]).catch(() => ({ stdout: '' }))
    const [version = '', folder = ''] = stdout.trim().split(' ')
    const target = targetOf(version)
    if (target !== null && !found.has(version)) found.set(version, processJudge(command, version, target, folder))
  }
  return [...found.values()]
}

function processJudge(command: string, version: string, target: TargetVersion, folder: string): Judge {
  const child = spawn(command, ['-I', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    name: `CPython ${version}`,
    target,
    library: () => readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.py') && !path.includes('site-packages')).sort().map((path) => join(folder, path)),
    read: (path) => readFileSync(path),
    async ask(path) {
      child.stdin.write(`${path}\n`)
      const { value, done } = await lines.next()
      if (done === true) throw new Error(`${command} ended on ${path}`)
      return JSON.parse(String(value)) as Answer
    },
    close: () => child.stdin.end(),
  }
}

const START = `
import json, platform, sys, zipfile
sys.path.insert(0, '/judge')
from cpython_scopes import answer
platform.python_version()
`
const UNPACK = `
archive = zipfile.ZipFile(next(path for path in sys.path if path.endswith('.zip')))
archive.extractall('/library')
json.dumps(sorted('/library/' + name for name in archive.namelist() if name.endswith('.py')))
`

/** Needs no Python on the machine. Reads files of the machine as well as its own library (which comes without tests). */
export async function embeddedJudge(): Promise<Judge> {
  const python = await loadPyodide({ indexURL: dirname(createRequire(import.meta.url).resolve('pyodide')) })
  python.FS.mkdirTree('/judge')
  python.FS.writeFile('/judge/cpython_scopes.py', readFileSync(SCRIPT))
  const version = python.runPython(START) as string
  const target = targetOf(version)
  if (target === null) throw new Error(`pyodide has an unknown Python ${version}`)
  const read = (path: string): Uint8Array => path.startsWith('/library/') ? python.FS.readFile(path) as Uint8Array : readFileSync(path)
  const ask = python.runPython('lambda path: json.dumps(answer(path))') as (path: string) => string
  return {
    name: `CPython ${version} (pyodide)`,
    target,
    library: () => JSON.parse(python.runPython(UNPACK) as string) as string[],
    read,
    ask: (path) => {
      python.FS.writeFile('/judge/asked.py', read(path))
      return Promise.resolve(JSON.parse(ask('/judge/asked.py')) as Answer)
    },
    close: () => {},
  }
}
