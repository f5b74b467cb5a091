/** What the commands of this folder share: their ends, and processes that they wait for. */
import { spawn } from 'node:child_process'

/** Something without which the command cannot run, in words for who started it. */
export class Missing extends Error {}

/** Ends the process: 0 all is well, 1 it is not, 2 it could not be found out. */
export async function main(run: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = await run() ? 0 : 1
  } catch (error) {
    if (!(error instanceof Missing) && !isWrongOption(error)) throw error
    console.error((error as Error).message)
    process.exitCode = 2
  }
}

function isWrongOption(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

export interface Ended {
  /** Null: it was stopped because it took too long, or died of a signal. */
  readonly status: number | null
  readonly out: string
  readonly err: string
}

export interface Start {
  readonly cwd?: string
  /** On top of this process's own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Milliseconds, after which it is stopped with all it started. */
  readonly limit?: number
  /** What it reads. */
  readonly input?: string
}

/** Rejects where the command cannot be started. */
export function run(command: string, args: readonly string[], { cwd, env, limit, input }: Start = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    // That it has ended before it read all is told by how it ended.
    child.stdin?.on('error', () => {}).end(input)
    const out: Buffer[] = []
    const err: Buffer[] = []
    const timer = limit === undefined ? undefined : setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), limit)
    child.stdout!.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr!.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', error => reject(new Missing(`cannot run ${command}: ${error.message}`)))
    child.on('exit', () => {
      clearTimeout(timer)
      // What it leaves behind may hold its pipes open for ever.
      setTimeout(() => { child.stdout!.destroy(); child.stderr!.destroy() }, 1000).unref()
    })
    child.on('close', status => resolve({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
  })
}
