import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SourceDocument } from '../../server/src/syntax/document.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { applyChanges } from '../../server/src/text/changes.ts'
import type { TextChange } from '../../server/src/text/changes.ts'
import { examples, facts, open, read } from './helpers.ts'
import { SAMPLES, SNIPPETS } from './samples.ts'

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
    const start = Math.min(Math.floor(at * (text.length + 1)), text.length)
    const change = { start, end: Math.min(start + length, text.length), newText }
    changes.push(change)
    text = applyChanges(text, [change]).text
  }
  return changes
}

function apply(document: SourceDocument, next: Step): Source {
  return typeof next === 'string' ? document.replace(next) : document.update(changesOf(document.source.text, next))
}

test('after any edits the incremental result equals a fresh one', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SAMPLES), fc.array(step, { minLength: 1, maxLength: 8 }), (sample, steps) => {
      const document = open(sample)
      for (const next of steps) {
        const source = apply(document, next)
        expect(facts(source), `after ${JSON.stringify(next)} the text is ${JSON.stringify(source.text)}`).toBe(facts(read(source.text)))
      }
    }),
    examples(120),
  )
})

test('an earlier version can still be read after later edits', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SAMPLES), fc.array(step, { minLength: 2, maxLength: 5 }), (sample, steps) => {
      const document = open(sample)
      const versions = [document.source, ...steps.map((next) => apply(document, next))]
      for (const version of versions) expect(facts(version)).toBe(facts(read(version.text)))
    }),
    examples(30),
  )
})

test('pressing each key in turn, then deleting it all again, comes back to the beginning', () => {
  for (const sample of SAMPLES.slice(0, 3)) {
    const document = open('')
    for (let at = 0; at < sample.length; at++) document.update([{ start: at, end: at, newText: sample[at] as string }])
    expect(facts(document.source)).toBe(facts(read(sample)))
    for (let at = sample.length - 1; at >= 0; at--) document.update([{ start: at, end: at + 1, newText: '' }])
    expect(document.source.body).toEqual([])
  }
})
