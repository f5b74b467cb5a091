/** How long the analysis of files takes, none seen before, against bare parsing of the same files with the same engine. */
import { openDocument } from '../../server/src/service/analyser.ts'
import type { Settings } from '../../server/src/service/settings.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { timed } from './statistics.ts'

export interface Cold {
  readonly files: number
  readonly lines: number
  /** Milliseconds. */
  readonly parsing: number
  readonly analysis: number
  readonly ratio: number
  readonly slowest: readonly { readonly lines: number; readonly milliseconds: number }[]
}

/** Turn by turn, file by file, so that both get the same share of whatever else the machine does. */
export function measureCold(engine: Engine, texts: readonly string[], settings: Settings): Cold {
  let parsing = 0
  let analysis = 0
  let lines = 0
  const each: { lines: number; milliseconds: number }[] = []
  for (const text of texts) {
    parsing += timed(() => engine.parse(text, ({ hasError }) => hasError))
    const milliseconds = timed(() => analyse(engine, text, settings))
    analysis += milliseconds
    const own = text.split('\n').length
    lines += own
    each.push({ lines: own, milliseconds })
  }
  const slowest = each.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 3)
  return { files: texts.length, lines, parsing, analysis, ratio: analysis / parsing, slowest }
}

export function analyseAll(engine: Engine, texts: readonly string[], settings: Settings): void {
  for (const text of texts) analyse(engine, text, settings)
}

function analyse(engine: Engine, text: string, settings: Settings): void {
  const document = openDocument(engine, text, 0, settings)
  document.report()
  document.dispose()
}
