/** The entry point of a thread that checks files. The settings of the batch come with the thread, the files one by one. */
import { workerData } from 'node:worker_threads'
import type { Settings } from '../service/settings.ts'
import type { FileResult } from './findings.ts'
import { openAnalysis } from './installed.ts'
import type { PooledTask } from './pool.ts'
import { checkPooled } from './pool.ts'

// The pool passes its own data first, then what it was given for its threads.
const [, settings] = workerData as [unknown, readonly Settings[]]

const open = await openAnalysis()

export default function check(task: PooledTask): FileResult {
  return checkPooled(task, settings, open)
}
