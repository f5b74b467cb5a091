import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FunctionDef, Stmt } from '../../server/src/syntax/ast.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import type { SourceDocument } from '../../server/src/syntax/document.ts'
import { dump } from '../../server/src/syntax/dump.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { applyChanges } from '../../server/src/text/changes.ts'
import type { TextChange } from '../../server/src/text/changes.ts'
import { SAMPLES, SNIPPETS } from './samples.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

/** A change in proportions of the text it meets, so that it fits any text. */
interface Stroke {
  readonly at: number
  readonly length: number
  readonly newText: string
}

const stroke: fc.Arbitrary<Stroke> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.integer({ min: 13, max: 400 })),
  newText: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...SNIPPETS) }, fc.constantFrom(...SAMPLES).map((sample) => sample.slice(0, 120))),
})

/** An LSP batch, or the replacement of the whole text. */
type Step = readonly Stroke[] | string

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.array(stroke, { minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(...SAMPLES) },
)

/** The changes of a batch, each in the text the one before left. */
function changesOf(text: string, strokes: readonly Stroke[]): TextChange[] {
  const changes: TextChange[] = []
  for (const { at, length, newText } of strokes) {
    const start = Math.floor(at * (text.length + 1))
    const change = { start: Math.min(start, text.length), end: Math.min(start + length, text.length), newText }
    changes.push(change)
    text = applyChanges(text, [change]).text
  }
  return changes
}

function apply(document: SourceDocument, next: Step): Source {
  return typeof next === 'string' ? document.replace(next) : document.update(changesOf(document.source.text, next))
}

function facts(source: Source): string {
  return [
    dump(source, { offsets: true }),
    `errors: ${source.hasErrors}`,
    ...source.directives.map(({ start, end, text }) => `directive ${start}-${end} ${text}`),
  ].join('\n')
}

test('after any edits the incremental result equals a fresh one', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SAMPLES), fc.array(step, { minLength: 1, maxLength: 8 }), (sample, steps) => {
      const document = openSource(engine, sample)
      for (const next of steps) {
        const source = apply(document, next)
        const fresh = openSource(engine, source.text).source
        expect(facts(source), `after ${JSON.stringify(next)} the text is ${JSON.stringify(source.text)}`).toBe(facts(fresh))
      }
    }),
    { numRuns: Number(process.env['REFLEAK_RUNS'] ?? 300) },
  )
})
