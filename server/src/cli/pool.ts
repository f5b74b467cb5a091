/** Checks many files, on several threads where that pays. Results come in the order of the tasks. */
import { fileURLToPath } from 'node:url'
import type { OpenAnalysis } from '../service/document.ts'
import { asksForIndex } from '../service/analyser.ts'
import { recordedFiles, type FileRecords } from '../service/file-records.ts'
import type { Settings } from '../service/settings.ts'
import type { FilePath } from '../workspace/files.ts'
import { checkFile } from './check-file.ts'
import type { FixMode } from './check-source.ts'
import { createDiskReader, slashed } from './disk.ts'
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

/** What the threads know of the whole batch: those that check files, and those that tell what files say of globals. */
export type WorkerData =
  | { readonly kind: 'check'; readonly records: FileRecords | null } & Pick<Batch, 'settings' | 'roots'>
  | { readonly kind: 'record' }

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

async function onThreads(batch: Batch, threads: number, worker: URL): Promise<readonly FileResult[]> {
  const { tasks, settings, roots } = batch
  const records = await sharedRecords(batch, threads, worker)
  return withThreads(threads, worker, { kind: 'check', settings, roots, records }, (run) => Promise.all(tasks.map(async (task): Promise<FileResult> => {
    try {
      return await run(task) as FileResult
    } catch (error) {
      const message = `internal error, please report it: ${error instanceof Error ? error.message : String(error)}`
      return emptyResult(task.shown, { errors: [{ path: task.shown, line: null, message }] })
    }
  })))
}

/** Below this many files starting further threads takes longer than an index per thread, made when a rule asks for it. */
const FEWEST_SHARED = 256

/** Files that one task records. */
const FILES_PER_TASK = 32

/**
 * What all files of the projects say of globals, made once for all threads. Null where each had better ask for itself: there are few files,
 * most of the projects are not looked at, or fixes change the files.
 */
async function sharedRecords({ tasks, settings, roots }: Batch, threads: number, worker: URL): Promise<FileRecords | null> {
  if (tasks.length < FEWEST_SHARED || tasks.some((task) => task.fix !== null) || !settings.some(asksForIndex)) return null
  const reader = createDiskReader()
  const files = recordedFiles(roots, reader)
  if (files.length > 2 * tasks.length) return null
  const chunks = Array.from({ length: Math.ceil(files.length / FILES_PER_TASK) }, (_, index) => files.slice(index * FILES_PER_TASK, (index + 1) * FILES_PER_TASK))
  try {
    const parts = await withThreads(threads, worker, { kind: 'record' }, (run) => Promise.all(chunks.map((chunk) => run(chunk) as Promise<FileRecords>)))
    return { records: parts.flatMap(({ records }) => records), unread: parts.flatMap(({ unread }) => unread) }
  } catch {
    // Each thread comes across what is wrong, and tells it of the file it checks.
    return null
  }
}

async function withThreads<T>(threads: number, worker: URL, workerData: WorkerData, work: (run: (task: unknown) => Promise<unknown>) => Promise<T>): Promise<T> {
  const { Tinypool } = await import('tinypool')
  const pool = new Tinypool({ filename: fileURLToPath(worker), minThreads: threads, maxThreads: threads, workerData })
  try {
    return await work((task) => pool.run(task))
  } finally {
    await pool.destroy()
  }
}
