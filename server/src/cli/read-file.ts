/** Files as texts, and why there is none: what cannot be read, is no text, or is longer than the analysis takes. */
import { readFileSync, statSync } from 'node:fs'
import type { OpenAnalysis } from '../service/document.ts'
import { LONGEST_TEXT, tooLarge } from '../service/oversized.ts'
import type { Settings } from '../service/settings.ts'
import { slashed } from './disk.ts'
import { reasonOf } from './files.ts'
import { decodeFile, isNotebook, MOST_NOTEBOOK_BYTES, openSubject, type Subject } from './subject.ts'

/** One line for a person, without the file's name. */
export interface ReadProblem {
  readonly problem: string
}

/** Larger files need not be read to know that their text is too long: no encoding takes more bytes for a UTF-16 unit than UTF-8. */
const MAX_BYTES = 3 * LONGEST_TEXT

export function readBytes(path: string): { readonly bytes: Buffer } | ReadProblem {
  try {
    const { size } = statSync(path)
    return size > mostBytes(path) ? tooManyBytes(size, path) : { bytes: readFileSync(path) }
  } catch (error) {
    return { problem: reasonOf(error) }
  }
}

/** `path`: its end tells what is in the bytes. */
export function decodeBytes(bytes: Uint8Array, path: string): ReturnType<typeof decodeFile> {
  if (bytes.length > mostBytes(path)) return tooManyBytes(bytes.length, path)
  const decoded = decodeFile(path, bytes)
  return 'text' in decoded && decoded.text.length > LONGEST_TEXT && !isNotebook(path) ? { problem: tooLarge(decoded.text.length) } : decoded
}

/** Opens a file as it lies on disk. */
export function openFile(path: string, settings: Settings, open: OpenAnalysis): Subject | ReadProblem {
  const read = readBytes(path)
  if ('problem' in read) return read
  const decoded = decodeBytes(read.bytes, path)
  return 'problem' in decoded ? decoded : openSubject(decoded.text, { shown: path, module: slashed(path), settings }, open)
}

function tooManyBytes(size: number, path: string): ReadProblem {
  return { problem: tooLarge(size, isNotebook(path) ? MOST_NOTEBOOK_BYTES : LONGEST_TEXT) }
}

function mostBytes(path: string): number {
  return isNotebook(path) ? MOST_NOTEBOOK_BYTES : MAX_BYTES
}
