/** Writing fixed files back. */
import { readFileSync, statSync } from 'node:fs'
import { sync as writeFileAtomic } from 'write-file-atomic'
import { reasonOf } from './files.ts'

export interface Change {
  /** Absolute. */
  readonly path: string
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** Replaces the files, each at once and with its permissions: all of them, or none. Null, or why they were left alone. */
export function overwrite(changes: readonly Change[]): string | null {
  const written: Change[] = []
  try {
    for (const change of changes) {
      const problem = problemOf(change)
      if (problem !== null) return changes.length === 1 ? problem : `${change.path}: ${problem}`
    }
    for (const change of changes) {
      writeFileAtomic(change.path, Buffer.from(change.after))
      written.push(change)
    }
    return null
  } catch (error) {
    return [reasonOf(error), ...takeBack(written)].join('; ')
  }
}

function problemOf({ path, before }: Change): string | null {
  if ((statSync(path).mode & 0o222) === 0) return 'the file is read-only'
  return readFileSync(path).equals(before) ? null : 'the file changed on disk while it was checked'
}

/** Says of which files that failed. */
function takeBack(written: readonly Change[]): readonly string[] {
  return written.flatMap(({ path, before }) => {
    try {
      writeFileAtomic(path, Buffer.from(before))
      return []
    } catch (error) {
      return [`${path} stays changed: ${reasonOf(error)}`]
    }
  })
}
