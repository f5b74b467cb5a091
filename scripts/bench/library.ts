/** The Python standard library, the text that everything is measured on: nothing of it is in the repository. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSource } from '../../server/src/text/decode.ts'

/** The folder given, or the library of the `python3` on the path. Throws where there is none. */
export function libraryFolder(given: string | null): string {
  if (given !== null) return given
  const { stdout, status } = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_paths()["stdlib"])'], { encoding: 'utf8' })
  if (status !== 0) throw new Error('no python3 found: name the folder of a standard library with --lib')
  return stdout.trim()
}

/** Not the library itself: tests, data of tests, what was installed beside it. */
const LEFT_OUT = new Set(['test', 'tests', 'idle_test', 'site-packages', 'dist-packages', '__pycache__'])

/** Absolute paths of the Python files of the library, sorted. */
export function libraryFiles(folder: string): readonly string[] {
  const found: string[] = []
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) visit(join(path, entry.name))
      else if (entry.isFile() && entry.name.endsWith('.py')) found.push(join(path, entry.name))
    }
  }
  visit(folder)
  return found.sort()
}

/** The texts of the files that can be decoded. */
export function readTexts(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const decoded = decodeSource(readFileSync(file))
    return 'problem' in decoded ? [] : [decoded.text]
  })
}
