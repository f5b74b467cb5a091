import { openSource } from '../../server/src/syntax/document.ts'
import type { SourceDocument } from '../../server/src/syntax/document.ts'
import { dump } from '../../server/src/syntax/dump.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import type { Source } from '../../server/src/syntax/source.ts'

export const { engine } = await openEngine({ prefer: 'wasm' })

/** The native engine, or the reason why there is none here. */
export async function nativeEngine(): Promise<Engine | string> {
  const opened = await openEngine({ prefer: 'native' })
  return opened.nativeProblem ?? opened.engine
}

export function open(text: string, parser: Engine = engine): SourceDocument {
  return openSource(parser, text)
}

export function read(text: string): Source {
  return open(text).source
}

/** Removes the indentation and the blank lines around a text written as a template literal. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\n[ ]*$/, '\n').split('\n')
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length))
  return lines.map((line) => line.slice(margin)).join('\n')
}

export function dumped(text: string): string {
  return dump(read(text), { offsets: false })
}

/** All that can be read from a source, in one text. */
export function facts(source: Source): string {
  return [
    dump(source, { offsets: true }),
    `errors: ${source.hasErrors}`,
    ...source.directives.map(({ start, end, text }) => `directive ${start}-${end} ${text}`),
  ].join('\n')
}

/**
 * Options of a property test: the same examples each time, unless REFLEAK_RUNS asks for another number of them, which are then
 * random. A failure prints its seed.
 */
export function examples(numRuns: number): { readonly numRuns: number; readonly seed?: number } {
  const asked = process.env['REFLEAK_RUNS']
  return asked === undefined ? { numRuns, seed: 1 } : { numRuns: Number(asked) }
}
