/** What CPython's own parser makes of files (`cpython_ast.py`), and how that differs from what is made of them here. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dump } from '../../server/src/syntax/dump.ts'
import { decodeSource } from '../../server/src/text/decode.ts'
import { read } from './helpers.ts'

export interface CPython {
  readonly command: string
  readonly version: string
  /** The folder of the standard library. */
  readonly library: string
  /** Before 3.12 the parts of an f-string have wrong positions (PEP 701). */
  readonly placesInFStrings: boolean
}

/** Null where there is none, or one that is too old to compare with (`match` came with 3.10). */
export function findCPython(command = process.env['REFLEAK_PYTHON'] ?? 'python3'): CPython | null {
  const asked = spawnSync(command, ['-c', 'import sys, sysconfig; print(*sys.version_info[:2]); print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' })
  if (asked.status !== 0) return null
  const [numbers = '', library = ''] = asked.stdout.trim().split(/\r?\n/)
  const [major = 0, minor = 0] = numbers.split(' ').map(Number)
  if (major < 3 || minor < 10) return null
  return { command, version: `${major}.${minor}`, library, placesInFStrings: minor >= 12 }
}

/** All Python files below a folder but installed packages. */
export function pythonFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py') && !/site-packages|__pycache__/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

export interface Difference {
  readonly path: string
  readonly expected: string
  readonly received: string
}

export interface Comparison {
  readonly compared: number
  readonly differences: readonly Difference[]
  /** Files that CPython cannot parse and that no error was found in here. */
  readonly laxer: readonly string[]
}

interface Answer {
  readonly path: string
  readonly dump?: string
  readonly error?: string
}

export function compare(python: CPython, paths: readonly string[]): Comparison {
  const differences: Difference[] = []
  const laxer: string[] = []
  let compared = 0
  for (const { path, dump: expected } of answers(python, paths)) {
    const decoded = decodeSource(readFileSync(path))
    if ('problem' in decoded) continue
    const source = read(decoded.text)
    if (expected === undefined) {
      if (!source.hasErrors) laxer.push(path)
      continue
    }
    compared++
    const difference = firstDifference(expected, dump(source, { offsets: true }), (line) => comparable(line, python, decoded.text))
    if (difference !== null) differences.push({ path, ...difference })
  }
  return { compared, differences, laxer }
}

function answers(python: CPython, paths: readonly string[]): Answer[] {
  const script = fileURLToPath(new URL('cpython_ast.py', import.meta.url))
  const run = spawnSync(python.command, ['-W', 'ignore', script], { input: paths.join('\n'), encoding: 'utf8', maxBuffer: 2 ** 30 })
  if (run.status !== 0) throw new Error(`${script} failed: ${run.stderr}`)
  return run.stdout.trim().split('\n').map((line) => JSON.parse(line) as Answer)
}

function firstDifference(expected: string, received: string, shown: (line: string) => string): Omit<Difference, 'path'> | null {
  const [wanted, got] = [expected.split('\n'), received.split('\n')]
  for (let line = 0; line < Math.max(wanted.length, got.length); line++) {
    const [one, other] = [shown(wanted[line] ?? ''), shown(got[line] ?? '')]
    if (one !== other) return { expected: one.trim(), received: other.trim() }
  }
  return null
}

/** A dumped line without what cannot be compared. */
function comparable(line: string, { placesInFStrings }: CPython, text: string): string {
  const placed = !placesInFStrings && line.includes('(JoinedStr') ? line.replace(/@\d+-\d+/g, '') : line
  // What \N{…} stands for is not known here, and a lone surrogate is no text.
  return /\\N\{|\\[uU](?:0000)?[dD][89a-fA-F]/.test(text) ? placed.replace(/"(?:[^"\\]|\\.)*"(?::\w+)?|str:\d+:\w+/g, 'str') : placed
}
