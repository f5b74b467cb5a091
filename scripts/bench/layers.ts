/** Which layer the time of some work goes to, by a sampling profile. Works on a bundle that is not minified: it tells where each module begins. */
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import type { Profiler } from 'node:inspector'
import { fileURLToPath } from 'node:url'

/** Share of the samples by layer, largest first; `parser` is tree-sitter itself, `collector` the garbage collector. */
export type Shares = Readonly<Record<string, number>>

/** Microseconds. */
const INTERVAL = 250

export async function layerShares(work: () => void): Promise<Shares> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL })
  await session.post('Profiler.start')
  work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  return sharesOf(profile)
}

function sharesOf(profile: Profiler.Profile): Shares {
  const layerOfLine = layersOf(readFileSync(fileURLToPath(import.meta.url), 'utf8'))
  const counts = new Map<string, number>()
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const count = (id: number, caller: string): void => {
    const node = nodes.get(id)
    if (node === undefined) return
    const layer = layerOf(node.callFrame, layerOfLine) ?? caller
    if (layer !== 'idle') counts.set(layer, (counts.get(layer) ?? 0) + (node.hitCount ?? 0))
    for (const child of node.children ?? []) count(child, layer)
  }
  count(profile.nodes[0]?.id ?? 0, 'other')
  const total = [...counts.values()].reduce((a, b) => a + b, 0)
  return Object.fromEntries([...counts].filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]).map(([layer, n]) => [layer, n / total]))
}

type CallFrame = Profiler.ProfileNode['callFrame']

/** Null for functions of the engine (`Map.get`), which count for their caller. */
function layerOf({ functionName, url, lineNumber }: CallFrame, layerOfLine: readonly string[]): string | null {
  if (functionName === '(garbage collector)') return 'collector'
  if (functionName === '(idle)' || functionName === '(program)') return 'idle'
  if (url.startsWith('wasm:') || url.includes('tree-sitter')) return 'parser'
  return url === import.meta.url ? layerOfLine[lineNumber] ?? null : null
}

/** The bundler names each module in a comment before its code. */
function layersOf(bundle: string): readonly string[] {
  let layer = 'other'
  return bundle.split('\n').map((line) => {
    const path = /^\/\/ (?:\S*\/)?(server\/src\/\S+|node_modules\/\S+|scripts\/\S+)$/.exec(line)?.[1]
    if (path !== undefined) layer = path.startsWith('server/src/syntax/engines/') ? 'parser' : /^server\/src\/(\w+)\//.exec(path)?.[1] ?? 'other'
    return layer
  })
}
