/** Builds the index of the workspace in the background: in short steps, so that nobody waits for it, with progress that can be cancelled. */
import type { Connection } from 'vscode-languageserver'
import type { Workspace } from '../service/workspace.ts'
import { describeError } from './log.ts'
import { showProgress } from './progress.ts'
import type { Scheduler } from './scheduler.ts'

export interface Indexing {
  /** Starts, again if it runs already. */
  start(): void
  stop(): void
}

export interface IndexingInput {
  readonly workspace: Workspace
  readonly connection: Connection
  readonly scheduler: Scheduler
  readonly showsProgress: boolean
  /** Called when all files are in the index. */
  readonly done: () => void
}

/** Milliseconds of work between two looks at what else there is to do, and of rest. */
const STEP = 8
const REST = 4

export function createIndexing({ workspace, connection, scheduler, showsProgress, done }: IndexingInput): Indexing {
  let cancel: (() => void) | null = null

  function stop(): void {
    cancel?.()
    cancel = null
  }

  function start(): void {
    stop()
    const steps = workspace.indexing()
    const progress = showProgress(connection, showsProgress, 'Reference leaks: reading the workspace', stop)

    const work = (): void => {
      cancel = null
      const until = performance.now() + STEP
      try {
        for (let step = steps.next(); ; step = steps.next()) {
          if (step.done === true) {
            progress.end()
            return done()
          }
          if (performance.now() < until) continue
          progress.report(step.value.done / step.value.all, `${step.value.done} of ${step.value.all} files`)
          return wait(work, REST)
        }
      } catch (error) {
        progress.end()
        connection.console.error(`the workspace could not be read: ${describeError(error)}`)
      }
    }
    const wait = (task: () => void, milliseconds: number): void => {
      const unschedule = scheduler.after(milliseconds, task)
      cancel = () => {
        unschedule()
        progress.end()
      }
    }
    wait(work, REST)
  }

  return { start, stop }
}
