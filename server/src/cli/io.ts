/** The world around a run, so that tests can stand in for it. */

export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Standard output is a terminal. */
  readonly isTerminal: boolean
  /** Number of processors. */
  readonly processors: number
  /** Milliseconds from any fixed point. */
  now(): number
  out(text: string | Uint8Array): void
  err(text: string): void
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>
}

/** One line on standard error: what was wrong, without line breaks whatever the message holds. */
export function complain(io: Io, message: string): void {
  io.err(`refleak: ${message.replace(/\s*[\r\n]+\s*/g, ' ')}\n`)
}

/** Exit statuses: nothing found, findings, could not do what was asked. */
export const EXIT = { clean: 0, findings: 1, failed: 2 } as const
