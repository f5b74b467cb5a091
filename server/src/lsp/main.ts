/** The entry point of the server that the editor extension starts: a bundle with the parser's files and the rules' pages beside it. */
import { fileURLToPath } from 'node:url'
import manifest from '../../../package.json' with { type: 'json' }
import { createDiskReader } from '../cli/disk.ts'
import { createWorkspace } from '../service/workspace.ts'
import { openWasm } from '../syntax/engines/wasm.ts'
import { startServer } from './start.ts'

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

startServer({
  transport: process.argv.includes('--stdio') ? 'stdio' : 'ipc',
  version: manifest.version,
  pages: beside('rules'),
  loadAnalysis: async () => {
    const engine = await openWasm({ runtime: beside('web-tree-sitter.wasm'), grammar: beside('tree-sitter-python.wasm') })
    return createWorkspace(engine, createDiskReader(), [])
  },
})
