/** Where the server says what it does and what went wrong. A message names what failed and where. */
export interface Log {
  error(message: string): void
  warn(message: string): void
  info(message: string): void
  debug(message: string): void
}

/**
 * Runs one piece of work; an error in it is logged with its name and place, and `fallback` is the answer.
 * This keeps one failure from taking the server down.
 */
export function guarded<T>(log: Log, what: string, fallback: T, work: () => T): T {
  try {
    return work()
  } catch (error) {
    log.error(`${what} failed: ${describeError(error)}`)
    return fallback
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error)
}
