/** Checks a file on disk: reads it, checks its text, and writes it back where fixes are wanted. */
import { readFileSync, statSync } from 'node:fs'
import { sync as writeFileAtomic } from 'write-file-atomic'
import { LONGEST_TEXT, tooLarge } from '../service/oversized.ts'
import type { OpenAnalysis } from '../service/document.ts'
import type { SourceResult, SourceTask } from './check-source.ts'
import { checkSource } from './check-source.ts'
import type { FileResult } from './findings.ts'
import { emptyResult, uncheckedResult } from './findings.ts'
import { reasonOf } from './files.ts'
import { decodeFile, isNotebook, MOST_NOTEBOOK_BYTES } from './subject.ts'

export interface FileTask extends SourceTask {
  /** Absolute. */
  readonly path: string
}

/** Larger files need not be read to know that their text is too long: no encoding takes more bytes for a UTF-16 unit than UTF-8. */
const MAX_BYTES = 3 * LONGEST_TEXT

/** Never throws: whatever is wrong with the file is in the result. */
export function checkFile(task: FileTask, open: OpenAnalysis): FileResult {
  let bytes: Buffer
  try {
    const { size } = statSync(task.path)
    if (size > mostBytes(task)) return unchecked(task, tooManyBytes(size, task))
    bytes = readFileSync(task.path)
  } catch (error) {
    return unchecked(task, reasonOf(error))
  }
  const { result, fixedBytes } = checkBytes(bytes, task, open)
  if (fixedBytes === null || task.fix?.action !== 'write') return result
  const problem = overwrite(task.path, bytes, fixedBytes)
  return problem === null ? result : failure(task, `fixes not written: ${problem}`)
}

export interface BytesResult {
  readonly result: FileResult
  /** The file after fixes, in its own encoding; null where there were none. */
  readonly fixedBytes: Uint8Array | null
}

/** Checks the content of a file that is not, or not only, on disk. Never throws. */
export function checkBytes(bytes: Uint8Array, task: SourceTask, open: OpenAnalysis): BytesResult {
  const decoded = bytes.length > mostBytes(task) ? { problem: tooManyBytes(bytes.length, task) } : decodeFile(task.shown, bytes)
  if ('problem' in decoded) return { result: unchecked(task, decoded.problem), fixedBytes: null }
  if (decoded.text.length > LONGEST_TEXT && !isNotebook(task.shown)) return { result: unchecked(task, tooLarge(decoded.text.length)), fixedBytes: null }
  const { result, fixedText }: SourceResult = checkSource(decoded.text, task, open)
  if (fixedText === null) return { result, fixedBytes: null }
  const fixedBytes = decoded.encode(fixedText)
  if (fixedBytes !== null) return { result, fixedBytes }
  return { result: failure(task, `fixes not written: the text cannot be written in its encoding, ${decoded.encoding}`), fixedBytes: null }
}

/** Replaces the file at once, with its permissions; null, or why it was left alone. */
function overwrite(path: string, before: Uint8Array, after: Uint8Array): string | null {
  try {
    const { mode } = statSync(path)
    if ((mode & 0o222) === 0) return 'the file is read-only'
    if (!readFileSync(path).equals(before)) return 'the file changed on disk while it was checked'
    writeFileAtomic(path, Buffer.from(after))
    return null
  } catch (error) {
    return reasonOf(error)
  }
}

function unchecked(task: SourceTask, message: string): FileResult {
  return uncheckedResult(task.shown, message, task.given)
}

function failure(task: SourceTask, message: string): FileResult {
  return emptyResult(task.shown, { errors: [{ path: task.shown, line: null, message }] })
}

function tooManyBytes(size: number, { shown }: SourceTask): string {
  return tooLarge(size, isNotebook(shown) ? MOST_NOTEBOOK_BYTES : LONGEST_TEXT)
}

/** Larger files are not read. */
function mostBytes({ shown }: SourceTask): number {
  return isNotebook(shown) ? MOST_NOTEBOOK_BYTES : MAX_BYTES
}
