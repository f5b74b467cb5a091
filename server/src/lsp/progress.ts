/** How far long work is, shown by clients that show such things; the user may cancel it there. */
import type { Connection } from 'vscode-languageserver'
import { describeError } from './log.ts'

export interface Progress {
  /** `part`: of all the work, from 0 to 1. */
  report(part: number, message: string): void
  end(): void
}

const NOBODY: Progress = { report: () => {}, end: () => {} }

/** `isShown`: the client shows progress; else nobody is told. */
export function showProgress(connection: Connection, isShown: boolean, title: string, cancel: () => void): Progress {
  if (!isShown) return NOBODY
  let shown: Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>> | null = null
  let isOver = false
  let percentage = 0
  connection.window.createWorkDoneProgress().then((created) => {
    if (isOver) return
    shown = created
    created.begin(title, 0, undefined, true)
    created.token.onCancellationRequested(cancel)
  }, (error: unknown) => connection.console.warn(`progress is not shown: ${describeError(error)}`))
  return {
    report(part, message) {
      const next = Math.floor(100 * part)
      if (next === percentage) return
      percentage = next
      shown?.report(next, message)
    },
    end() {
      isOver = true
      shown?.done()
      shown = null
    },
  }
}
