/** What it costs that files know one another: a folder checked as the command line checks it on one thread, against its files one by one. */
import { createDiskReader, slashed } from '../../server/src/cli/disk.ts'
import { openDocument } from '../../server/src/service/analyser.ts'
import type { AnalysedDocument } from '../../server/src/service/document.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import { createWorkspace } from '../../server/src/service/workspace.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { timed } from './statistics.ts'

export interface Together {
  /** Milliseconds. */
  readonly alone: number
  readonly together: number
  readonly ratio: number
}

/** Turn by turn, so that both get the same share of whatever else the machine does. */
export function measureTogether(engine: Engine, folder: string, files: readonly string[], settings: Settings): Together {
  const paths = files.map(slashed)
  const reader = { ...createDiskReader(), list: () => paths }
  const workspace = createWorkspace(engine, reader, [slashed(folder)], { isBatch: true })
  let alone = 0
  let together = 0
  for (const path of paths) {
    const text = reader.read(path)
    if (text === null) continue
    alone += timed(() => report(openDocument(engine, text, 0, settings)))
    together += timed(() => report(workspace.open(text, 0, settings, path)))
  }
  return { alone, together, ratio: together / alone }
}

function report(document: AnalysedDocument): void {
  document.report()
  document.dispose()
}
