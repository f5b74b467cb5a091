/** The entry point of a thread. What the batch has in common comes with the thread; files to check, or to record, one task after the other. */
import { workerData } from 'node:worker_threads'
import { recordFiles, type FileRecords } from '../service/file-records.ts'
import type { FilePath } from '../workspace/files.ts'
import { createDiskReader } from './disk.ts'
import type { FileResult } from './findings.ts'
import { openAnalysis, openEngine } from './installed.ts'
import type { PooledTask, WorkerData } from './pool.ts'
import { checkPooled } from './pool.ts'

// The pool passes its own data first, then what it was given for its threads.
const [, data] = workerData as [unknown, WorkerData]

const check = data.kind === 'check' ? await openAnalysis(data.roots, { records: data.records }) : null
const engine = data.kind === 'record' ? await openEngine() : null

export default function work(task: PooledTask | readonly FilePath[]): FileResult | FileRecords {
  if (data.kind === 'record') return recordFiles(task as readonly FilePath[], engine!, createDiskReader())
  return checkPooled(task as PooledTask, data.settings, check!)
}
