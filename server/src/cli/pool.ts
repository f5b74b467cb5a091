/** Checks many files, on several threads where that pays. Results come in the order of the tasks. */
import { fileURLToPath } from 'node:url'
import type { OpenAnalysis } from '../service/document.ts'
import type { Settings } from '../service/settings.ts'
import type { FilePath } from '../workspace/files.ts'
import { checkFile } from './check-file.ts'
import type { FixMode } from './check-source.ts'
import { slashed } from './disk.ts'
import type { FileResult } from './findings.ts'
import { emptyResult } from './findings.ts'
import type { Installation } from './installation.ts'

export interface PooledTask {
  readonly path: string
  readonly shown: string
  readonly given: boolean
  /** Index into the settings of the batch: few settings serve many files. */
  readonly settings: number
  readonly fix: FixMode | null
}

export interface Batch {
  readonly tasks: readonly PooledTask[]
  readonly settings: readonly Settings[]
  /** The folders of the projects that the files belong to. */
  readonly roots: readonly FilePath[]
}

/** What the threads know of the whole batch. */
export type WorkerData = Pick<Batch, 'settings' | 'roots'>

/** A thread has to load the parser and warm up, which takes as long as this many files of common size. */
const FILES_PER_THREAD = 16

/** `jobs` null: as many threads as processors, fewer for few files. */
export async function checkAll(batch: Batch, jobs: number | null, processors: number, installation: Installation): Promise<readonly FileResult[]> {
  const threads = jobs === null ? Math.min(processors, Math.ceil(batch.tasks.length / FILES_PER_THREAD)) : Math.min(jobs, batch.tasks.length)
  if (batch.tasks.length === 0) return []
  if (threads <= 1 || installation.worker === null) {
    const open = await installation.openAnalysis(batch.roots)
    return batch.tasks.map((task) => checkPooled(task, batch.settings, open))
  }
  return onThreads(batch, threads, installation.worker)
}

/** One file of a batch. */
export function checkPooled(task: PooledTask, settings: readonly Settings[], open: OpenAnalysis): FileResult {
  const own = settings[task.settings]
  if (own === undefined) throw new Error(`no settings ${task.settings}`)
  return checkFile({ path: task.path, module: slashed(task.path), shown: task.shown, given: task.given, settings: own, fix: task.fix }, open)
}

async function onThreads({ tasks, settings, roots }: Batch, threads: number, worker: URL): Promise<readonly FileResult[]> {
  const { Tinypool } = await import('tinypool')
  const pool = new Tinypool({ filename: fileURLToPath(worker), minThreads: threads, maxThreads: threads, workerData: { settings, roots } satisfies WorkerData })
  try {
    return await Promise.all(tasks.map(async (task): Promise<FileResult> => {
      try {
        return await pool.run(task) as FileResult
      } catch (error) {
        const message = `internal error, please report it: ${error instanceof Error ? error.message : String(error)}`
        return emptyResult(task.shown, { errors: [{ path: task.shown, line: null, message }] })
      }
    }))
  } finally {
    await pool.destroy()
  }
}
