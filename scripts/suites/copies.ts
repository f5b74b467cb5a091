/** Copies of real code, and what fixes have changed in them. */
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** A new folder, away from any project whose settings would count. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'refleak-suites-'))
}

/** Left out of copies: what Python or others made, and what is not text. */
const LEFT_OUT: ReadonlySet<string> = new Set(['__pycache__', 'site-packages', '.git', 'node_modules'])

export function copyTree(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: path => path === from || !(LEFT_OUT.has(basename(path)) || path.endsWith('.a')) })
}

export interface Changes {
  readonly files: readonly string[]
  /** Lines. */
  readonly inserted: number
  readonly removed: number
}

/** Of the Python files of two copies of one tree. */
export function changesOf(before: string, after: string): Changes {
  const files = pythonFiles(before).filter(path => !readFileSync(join(before, path)).equals(readFileSync(join(after, path))))
  const moved = files.map(path => [linesOnly(join(after, path), join(before, path)), linesOnly(join(before, path), join(after, path))] as const)
  return { files, inserted: moved.reduce((sum, [more]) => sum + more, 0), removed: moved.reduce((sum, [, less]) => sum + less, 0) }
}

/** Relative to the folder. */
export function pythonFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.py')).sort()
}

/** How many lines of the one file are more than the other has of the same text. */
function linesOnly(path: string, other: string): number {
  const left = new Map<string, number>()
  const lines = (file: string) => readFileSync(file, 'latin1').split('\n')
  for (const line of lines(other)) left.set(line, (left.get(line) ?? 0) + 1)
  let more = 0
  for (const line of lines(path)) {
    const count = left.get(line) ?? 0
    if (count === 0) more++
    else left.set(line, count - 1)
  }
  return more
}
