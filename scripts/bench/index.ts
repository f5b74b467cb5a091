/** How long the index of a workspace takes to build, against bare parsing of the same files; what it holds in memory; what one edit costs. */
import { readFileSync, statSync } from 'node:fs'
import { createDiskReader, slashed } from '../../server/src/cli/disk.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { timed } from './statistics.ts'

export interface Indexed {
  readonly files: number
  readonly lines: number
  /** Milliseconds: bare parsing of all files, and reading, parsing and indexing them. */
  readonly parsing: number
  readonly building: number
  readonly ratio: number
  /** Megabytes: the heap that the finished index adds, and the most the process had. */
  readonly held: number
  readonly peak: number
  /** Milliseconds from a change of one file of common size on disk to the answer of who uses one of its globals. */
  readonly edit: number
}

export function measureIndex(engine: Engine, folders: readonly string[]): Indexed {
  const reader = createDiskReader()
  const roots = folders.map(slashed)
  const paths = roots.flatMap(root => reader.list(root))
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const workspace = createWorkspace(engine, reader, roots)
  const steps = workspace.indexing()
  let [lines, peak, parsing, building, isOver] = [0, 0, 0, 0, false]
  // Turn by turn, so that both get the same share of whatever else the machine does.
  for (let index = 0; !isOver; index++) {
    const path = paths[index]
    parsing += timed(() => {
      const text = path === undefined ? '' : reader.read(path) ?? ''
      lines += text.split('\n').length
      engine.parse(text, ({ hasError }) => hasError)
    })
    building += timed(() => { isOver = steps.next().done === true })
    if (index % 100 === 0) peak = Math.max(peak, process.memoryUsage().rss)
  }
  globalThis.gc?.()
  const held = process.memoryUsage().heapUsed - before
  const edited = paths.find(path => statSync(path).size > 30_000)!
  const text = readFileSync(edited, 'utf8')
  const edit = timed(() => {
    workspace.filesChanged([edited], false)
    workspace.usesOf(edited, /^(\w+) = /m.exec(text)?.[1] ?? '__name__')
  })
  return { files: paths.length, lines, parsing, building, ratio: building / parsing, held: held / 1e6, peak: peak / 1e6, edit }
}
