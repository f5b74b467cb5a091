import { describe, expect, test } from 'vitest'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { openNative } from '../../server/src/syntax/engines/native.ts'
import { engine, facts, nativeEngine, open } from './helpers.ts'
import { SAMPLES } from './samples.ts'

const native = await nativeEngine()

describe('opening an engine', () => {
  test('wasm is always there', async () => {
    expect(await openEngine({ prefer: 'wasm' })).toMatchObject({ engine: { name: 'wasm' }, nativeProblem: null })
  })

  test('where the native one is wanted and cannot be had, wasm takes its place and the reason is given', async () => {
    const opened = await openEngine({ prefer: 'auto' })
    const answer = await openNative()
    if ('reason' in answer) expect(opened).toMatchObject({ engine: { name: 'wasm' }, nativeProblem: answer.reason })
    else expect(opened).toMatchObject({ engine: { name: 'native' }, nativeProblem: null })
  })

  test('a .wasm file that is not there is an error', async () => {
    await expect(openEngine({ prefer: 'wasm', wasm: { runtime: '/none.wasm', grammar: '/none.wasm' } })).rejects.toThrow(/none\.wasm/)
  })

  test('an engine outlives the use of another', async () => {
    const { engine: other } = await openEngine({ prefer: 'wasm' })
    expect(open('x = 1', other).source.body).toHaveLength(1)
    other.dispose()
    expect(open('x = 1\ny = 2').source.body).toHaveLength(2)
  })
})

test('what the reader of a tree throws comes out, and the next parse works', () => {
  expect(() => engine.parse('x = 1', () => { throw new Error('from the reader') })).toThrow('from the reader')
  expect(open('x = 1').source.body).toHaveLength(1)
})

test('memory stays flat over a thousand edits', () => {
  const document = open(SAMPLES.join('\n'))
  const edit = (): void => {
    document.update([{ start: 700, end: 700, newText: 'x' }])
    document.update([{ start: 700, end: 701, newText: '' }])
  }
  for (let round = 0; round < 100; round++) edit()
  const before = process.memoryUsage().external + process.memoryUsage().arrayBuffers
  for (let round = 0; round < 500; round++) edit()
  expect(process.memoryUsage().external + process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6)
})

describe.skipIf(typeof native === 'string')(`both engines (${typeof native === 'string' ? `the native one is not built, see npm run native: ${native}` : 'native and wasm'})`, () => {
  test.each(SAMPLES.map((sample) => [sample.slice(0, 30), sample] as const))('%j', (_, sample) => {
    if (typeof native !== 'string') expect(facts(open(sample, native).source)).toBe(facts(open(sample).source))
  })
})
