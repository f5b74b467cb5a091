/** Chooses a parser engine in Node. */
import { createRequire } from 'node:module'
import type { Engine } from '../engine.ts'
import { openNative } from './native.ts'
import { openWasm } from './wasm.ts'
import type { WasmLocations } from './wasm.ts'

export interface EngineOptions {
  /** `auto`: the native binding where it loads, else wasm. */
  readonly prefer: 'wasm' | 'native' | 'auto'
  /** Where the .wasm files are; by default those in `node_modules`. A bundle must say. */
  readonly wasm?: WasmLocations
}

export interface OpenedEngine {
  readonly engine: Engine
  /** Why the native binding was wanted and not used, or null. */
  readonly nativeProblem: string | null
}

/** Throws only where the .wasm files cannot be loaded either. */
export async function openEngine(options: EngineOptions): Promise<OpenedEngine> {
  if (options.prefer === 'wasm') return { engine: await openWasm(options.wasm ?? installedWasm()), nativeProblem: null }
  const native = await openNative()
  if ('engine' in native) return { engine: native.engine, nativeProblem: null }
  return { engine: await openWasm(options.wasm ?? installedWasm()), nativeProblem: native.reason }
}

function installedWasm(): WasmLocations {
  const require = createRequire(import.meta.url)
  return {
    runtime: require.resolve('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: require.resolve('tree-sitter-python/tree-sitter-python.wasm'),
  }
}
