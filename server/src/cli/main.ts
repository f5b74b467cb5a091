#!/usr/bin/env node
/** The entry point of the command line. */
import { availableParallelism } from 'node:os'
import { isatty } from 'node:tty'
import { installed } from './installed.ts'
import type { Io } from './io.ts'
import { run } from './program.ts'

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  isTerminal: isatty(1),
  processors: availableParallelism(),
  now: () => performance.now(),
  out: (text) => { process.stdout.write(text) },
  err: (text) => { process.stderr.write(text) },
  readStdin,
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

// The reader of a pipe may have seen enough, as in `refleak check | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

process.exitCode = await run(process.argv.slice(2), io, installed)
