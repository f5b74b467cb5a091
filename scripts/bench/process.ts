/** What the built program takes as a whole: its start, and the use it makes of several cores. Milliseconds. */
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { startClient } from './client.ts'
import { quantile, timed, timedAsync } from './statistics.ts'

const STARTS = 5

export interface StartUp {
  /** From the start of the server's process to the first findings of a file. */
  readonly server: number
  /** Of `refleak check` on the same file, as a whole. */
  readonly check: number
  /** Of Node itself, doing nothing. */
  readonly node: number
}

/** The best of a few starts each: the first fills the system's caches. `file` has the text. */
export async function measureStartUp(program: string, file: string, text: string): Promise<StartUp> {
  const server: number[] = []
  const check: number[] = []
  const node: number[] = []
  for (let i = 0; i < STARTS; i++) {
    let stop = async (): Promise<void> => {}
    server.push(await timedAsync(async () => {
      const client = await startClient(program, false)
      stop = client.stop
      await client.open(text)
      await client.published
    }))
    await stop()
    check.push(timed(() => run(program, ['check', '--no-config', '--exit-zero', file])))
    node.push(timed(() => spawnSync(process.execPath, ['-e', '0'])))
  }
  return { server: quantile(server, 0), check: quantile(check, 0), node: quantile(node, 0) }
}

export interface Parallel {
  readonly jobs: number
  readonly alone: number
  readonly together: number
}

/** `refleak check` on a folder, with one thread and with one for each core. */
export function measureParallel(program: string, folder: string): Parallel {
  const jobs = availableParallelism()
  const check = (threads: number): number =>
    timed(() => run(program, ['check', '--no-config', '--exit-zero', '--jobs', String(threads), '--output', process.platform === 'win32' ? 'NUL' : '/dev/null', folder]))
  return { jobs, alone: check(1), together: check(jobs) }
}

/** Files that cannot be read are named and make the status 2; that is no failure here. */
function run(program: string, args: readonly string[]): void {
  const { error, signal } = spawnSync(process.execPath, [program, ...args], { stdio: 'ignore' })
  if (error !== undefined || signal !== null) throw error ?? new Error(`ended by ${signal}`)
}
