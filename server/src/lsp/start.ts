/** Starts the language server of this process. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node'
import { describeError } from './log.ts'
import { realTime } from './scheduler.ts'
import { serve, type ServerInput } from './server.ts'

export interface StartOptions extends Pick<ServerInput, 'loadAnalysis' | 'version'> {
  /** How the client talks to this process: over its standard streams, or over the channel of Node's `fork`. */
  readonly transport: 'stdio' | 'ipc'
  /** The folder with the rules' pages, by absolute path. */
  readonly pages: string
}

/** Serves until the client ends the connection; then the process exits, with status 0 after an orderly shutdown, else 1. */
export function startServer({ transport, pages, ...rest }: StartOptions): void {
  // Standard output belongs to the protocol: whatever a library prints goes to standard error.
  if (transport === 'stdio') console.log = console.info = console.debug = console.error
  const connection = transport === 'stdio'
    ? createConnection(process.stdin, process.stdout)
    : createConnection(new IPCMessageReader(process), new IPCMessageWriter(process))
  process.on('uncaughtException', (error) => connection.console.error(`internal error: ${describeError(error)}`))
  process.on('unhandledRejection', (reason) => connection.console.error(`internal error: ${describeError(reason)}`))
  // Without a client there is nobody to tell.
  if (transport === 'ipc') process.on('disconnect', () => process.exit(1))
  else process.stdout.on('error', () => process.exit(1))
  serve({
    ...rest,
    connection,
    readText,
    pageOf: (rule) => {
      const page = join(pages, `${rule}.md`)
      return existsSync(page) ? pathToFileURL(page).href : null
    },
    scheduler: realTime,
  })
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
