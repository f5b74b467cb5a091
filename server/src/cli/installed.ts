/** The program as it lies on disk: as bundles in `dist/`, or as source. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import manifest from '../../../package.json' with { type: 'json' }
import { indexOfRecords } from '../service/file-records.ts'
import { createWorkspace, withOpenTexts } from '../service/workspace.ts'
import type { Engine } from '../syntax/engine.ts'
import { openEngine as openAnyEngine } from '../syntax/engines/open.ts'
import type { FilePath } from '../workspace/files.ts'
import type { OpenAnalysis } from '../service/document.ts'
import { createDiskReader } from './disk.ts'
import type { AnalysisOptions, Installation } from './installation.ts'

export const installed: Installation = {
  version: manifest.version,
  pageOf,
  openEngine,
  openAnalysis,
  worker: beside('worker.mjs'),
  serve,
}

/** A file beside this bundle; null when this is not a bundle, or the file is not there. */
function beside(name: string): URL | null {
  const url = new URL(name, import.meta.url)
  return existsSync(url) ? url : null
}

/** The folder with the rules' pages. */
function pages(): URL {
  return beside('rules/') ?? new URL('../rules/', import.meta.url)
}

function pageOf(rule: string): string | null {
  const url = new URL(`${rule}.md`, pages())
  return existsSync(url) ? readFileSync(url, 'utf8') : null
}

export async function openEngine(): Promise<Engine> {
  const [runtime, grammar] = [beside('web-tree-sitter.wasm'), beside('tree-sitter-python.wasm')]
  const wasm = runtime === null || grammar === null ? {} : { wasm: { runtime: fileURLToPath(runtime), grammar: fileURLToPath(grammar) } }
  return (await openAnyEngine({ prefer: 'auto', ...wasm })).engine
}

export async function openAnalysis(roots: readonly FilePath[], { records = null, textOf = () => null }: AnalysisOptions = {}): Promise<OpenAnalysis> {
  const reader = withOpenTexts(createDiskReader(), textOf)
  const index = records === null ? {} : { index: indexOfRecords(records, roots, reader) }
  return createWorkspace(await openEngine(), reader, roots, { isBatch: true, ...index }).open
}

/** The language server is another face of the same service: it is loaded only where it is asked for. */
async function serve(): Promise<void> {
  const { startServer } = await import('../lsp/start.ts')
  startServer({ transport: 'stdio', pages: fileURLToPath(pages()), loadAnalysis: async () => createWorkspace(await openEngine(), createDiskReader(), []), version: manifest.version })
}
