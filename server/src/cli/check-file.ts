/** Checks a file on disk: reads it, checks its text, and writes it back where fixes are wanted. */
import type { OpenAnalysis } from '../service/document.ts'
import type { SourceResult, SourceTask } from './check-source.ts'
import { checkSource } from './check-source.ts'
import type { FileResult } from './findings.ts'
import { emptyResult, uncheckedResult } from './findings.ts'
import { overwrite } from './overwrite.ts'
import { decodeBytes, readBytes } from './read-file.ts'

export interface FileTask extends SourceTask {
  /** Absolute. */
  readonly path: string
}

/** Never throws: whatever is wrong with the file is in the result. */
export function checkFile(task: FileTask, open: OpenAnalysis): FileResult {
  const read = readBytes(task.path)
  if ('problem' in read) return unchecked(task, read.problem)
  const { result, fixedBytes } = checkBytes(read.bytes, task, open)
  if (fixedBytes === null) return result
  if (task.fix?.action !== 'write') return { ...result, draft: fixedBytes }
  const problem = overwrite([{ path: task.path, before: read.bytes, after: fixedBytes }])
  return problem === null ? result : failure(task, `fixes not written: ${problem}`)
}

export interface BytesResult {
  readonly result: FileResult
  /** The file after fixes, in its own encoding; null where there were none. */
  readonly fixedBytes: Uint8Array | null
}

/** Checks the content of a file that is not, or not only, on disk. Never throws. */
export function checkBytes(bytes: Uint8Array, task: SourceTask, open: OpenAnalysis): BytesResult {
  const decoded = decodeBytes(bytes, task.shown)
  if ('problem' in decoded) return { result: unchecked(task, decoded.problem), fixedBytes: null }
  const { result, fixedText }: SourceResult = checkSource(decoded.text, task, open)
  if (fixedText === null) return { result, fixedBytes: null }
  const fixedBytes = decoded.encode(fixedText)
  if (fixedBytes !== null) return { result, fixedBytes }
  return { result: failure(task, `fixes not written: the text cannot be written in its encoding, ${decoded.encoding}`), fixedBytes: null }
}

function unchecked(task: SourceTask, message: string): FileResult {
  return uncheckedResult(task.shown, message, task.given)
}

function failure(task: SourceTask, message: string): FileResult {
  return emptyResult(task.shown, { errors: [{ path: task.shown, line: null, message }] })
}
