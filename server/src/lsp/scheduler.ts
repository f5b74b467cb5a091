/** Timers, injected so that tests decide when time passes. */
export interface Scheduler {
  /** Runs the task after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, task: () => void): () => void
}

export const realTime: Scheduler = {
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds)
    return () => clearTimeout(timer)
  },
}
