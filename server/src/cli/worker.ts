/** The entry point of a thread that checks files. The settings of the batch come with the thread, the files one by one. */
import { workerData } from 'node:worker_threads'
import type { FileResult } from './findings.ts'
import { openAnalysis } from './installed.ts'
import type { PooledTask, WorkerData } from './pool.ts'
import { checkPooled } from './pool.ts'

// The pool passes its own data first, then what it was given for its threads.
const [, { settings, roots }] = workerData as [unknown, WorkerData]

const open = await openAnalysis(roots)

export default function check(task: PooledTask): FileResult {
  return checkPooled(task, settings, open)
}
