/** A CPython that runs generated programs (see `run_programs.py`), where there is one. */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Seen = readonly [tag: number, serial: number]
export type TraceEvent =
  | readonly ['probe', number, Readonly<Record<string, Seen>>]
  | readonly ['use', number, ...Seen]

export interface CPython {
  readonly version: readonly [number, number]
  run(source: string, tapes: readonly (readonly number[])[]): Promise<readonly (readonly TraceEvent[])[]>
  close(): void
}

/** `match` needs 3.10. Null where there is none. */
export function findCPython(): CPython | null {
  const asked = spawnSync('python3', ['-c', 'import sys; print(*sys.version_info[:2])'], { encoding: 'utf8' })
  const [major = 0, minor = 0] = (asked.stdout ?? '').trim().split(' ').map(Number)
  if (asked.status !== 0 || major < 3 || minor < 10) return null
  return start([major, minor])
}

function start(version: readonly [number, number]): CPython {
  const child = spawn('python3', ['-W', 'ignore', fileURLToPath(new URL('run_programs.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    version,
    async run(source, tapes) {
      child.stdin.write(`${JSON.stringify({ source, tapes })}\n`)
      const { value, done } = await answers.next()
      if (done === true) throw new Error(`python3 ended on:\n${source}`)
      return JSON.parse(String(value)) as TraceEvent[][]
    },
    close: () => child.kill(),
  }
}
