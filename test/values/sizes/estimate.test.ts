import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TARGET_VERSIONS } from '../../../server/src/text/target-version.ts'
import { ANY, exactly, type Range } from '../../../server/src/values/range.ts'
import { bytesOf } from '../../../server/src/values/sizes/estimate.ts'
import type { Shape } from '../../../server/src/values/sizes/shape.ts'

const version = '3.12'
const int = (low: number, high: number | null, distinct = false): Shape => ({ kind: 'int', range: { low, high }, distinct })
const list = (count: Range, element: Shape): Shape => ({ kind: 'list', growth: 'exact', count, element })
const slots = (count: number) => 64 + 8 * count
const bytes = (length: number): Shape => ({ kind: 'bytes', length: exactly(length) })

describe('objects that exist already cost only the reference', () => {
  it.each<[string, Shape]>([
    ['[None] * 1000', { kind: 'shared', name: 'None' }], ['[0] * 1000', int(0, 0)], ['[i % 200 for …]', int(0, 199)],
    ["['a', …]", { kind: 'str', length: exactly(1), width: 'latin1' }],
    ["['', …]", { kind: 'str', length: exactly(0), width: 'unknown' }],
    ["[b'x', …]", bytes(1)], ['[(), …]', { kind: 'tuple', items: [] }],
  ])('%s', (_, element) => {
    expect(bytesOf(list(exactly(1000), element), version)).toEqual(exactly(slots(1000)))
  })

  it('an int that may be small has a size from nothing', () => {
    expect(bytesOf(list(exactly(1000), int(0, 10_000)), version)).toEqual({ low: slots(1000), high: slots(1000) + 32_000 })
  })

  it('of distinct ints, list(range(10_000)), only those from 0 to 256 can be', () => {
    expect(bytesOf(list(exactly(10_000), int(0, 9999, true)), version)).toEqual(
      { low: slots(10_000) + 32 * (10_000 - 257), high: slots(10_000) + 32 * 10_000 })
  })

  it('keys and elements of sets are always distinct', () => {
    const keys = bytesOf({ kind: 'set', count: exactly(10_000), element: int(0, 9999) }, version)
    const none = bytesOf({ kind: 'set', count: exactly(10_000), element: int(0, 0) }, version)
    expect(keys.low - none.low).toBe(32 * (10_000 - 257))
  })
})

describe('one object behind many references is counted once', () => {
  const row = list(exactly(1000), { kind: 'float' })
  const size = bytesOf(row, version).low

  it('[row] * 1000, where nothing else holds row', () => {
    expect(bytesOf(list(exactly(1000), { kind: 'shared', of: row }), version)).toEqual(exactly(slots(1000) + size))
  })

  it('[row] * n, where n may be 0', () => {
    expect(bytesOf(list({ low: 0, high: 1000 }, { kind: 'shared', of: row }), version)).toEqual({ low: 64, high: slots(1000) + size })
  })

  it('[row.copy() for …] holds a thousand', () => {
    expect(bytesOf(list(exactly(1000), row), version)).toEqual(exactly(slots(1000) + 1000 * size))
  })
})

describe('what is not known stays open', () => {
  it('an unknown count', () => {
    expect(bytesOf(list(ANY, { kind: 'float' }), version)).toEqual({ low: 64, high: null })
  })

  it('an unknown int', () => {
    expect(bytesOf(int(-Infinity, null), version)).toEqual(ANY)
    expect(bytesOf(int(2 ** 70, null), version)).toEqual({ low: 48, high: null })
  })

  it('a str of unknown width takes one to four bytes a character', () => {
    const { low, high } = bytesOf({ kind: 'str', length: exactly(1e6), width: 'unknown' }, version)
    expect([low, high].map(bytes => Math.round((bytes ?? NaN) / 1e6))).toEqual([1, 4])
  })

  it('one of two', () => {
    expect(bytesOf({ kind: 'either', of: [bytes(100), { kind: 'float' }] }, version)).toEqual({ low: 32, high: 144 })
    expect(bytesOf({ kind: 'either', of: [] }, version)).toEqual(exactly(0))
  })
})

describe('items one by one', () => {
  it('{"rows": …, "name": …}, a tuple and an instance hold what they hold', () => {
    const parts = [bytes(1e6), bytes(2e6)]
    const content = parts.reduce((sum, part) => sum + bytesOf(part, version).low, 0)
    const empty: Shape = { kind: 'shared' }
    const overhead = (shape: Shape) => bytesOf(shape, version).low - content
    expect(overhead({ kind: 'dict', strKeys: true, entries: parts.map(part => [empty, part]) })).toBe(192)
    expect(overhead({ kind: 'tuple', items: parts })).toBe(64)
    expect(overhead({ kind: 'namedtuple', name: 'Pair', items: parts })).toBe(64)
    expect(overhead({ kind: 'instance', name: 'Pair', slots: false, attributes: parts })).toBe(80)
    expect(overhead({ kind: 'list', growth: 'exact', items: parts })).toBe(80)
  })

  it('arrays of numbers and of objects', () => {
    const array = { kind: 'array', type: 'ndarray', dtype: 'float64', count: exactly(1e6), itemsize: 8 } as const
    expect(bytesOf(array, version)).toEqual(exactly(112 + 8e6))
    expect(bytesOf({ ...array, dtype: 'object', element: { kind: 'float' } }, version)).toEqual(exactly(112 + 8e6 + 32e6))
  })
})

describe('no count is too large, too odd or too deep', () => {
  const atMost2to53 = { low: Number.MAX_SAFE_INTEGER, high: null }

  it('[0.0] * 10**400 is at least 8 PiB', () => {
    expect(bytesOf(list(exactly(Infinity), { kind: 'float' }), version)).toEqual(atMost2to53)
    expect(bytesOf(list(exactly(1e300), list(exactly(1e300), { kind: 'float' })), version)).toEqual(atMost2to53)
  })

  it('four billion floats need no 32-bit arithmetic', () => {
    expect(bytesOf(list(exactly(2 ** 32), { kind: 'float' }), version)).toEqual(exactly(64 + 40 * 2 ** 32))
  })

  it('negative counts, as in [0.0] * -1, are empty', () => {
    expect(bytesOf(list(exactly(-1), { kind: 'float' }), version)).toEqual(exactly(64))
    expect(bytesOf(list(exactly(NaN), { kind: 'float' }), version)).toEqual({ low: 64, high: null })
  })

  it('a list nested 100,000 deep is answered', () => {
    let shape: Shape = { kind: 'float' }
    for (let depth = 0; depth < 100_000; depth += 1) shape = { kind: 'list', growth: 'exact', items: [shape] }
    expect(bytesOf(shape, version).high).toBeNull()
  })

  it('x = (x, x), sixty times, takes no exponential time', () => {
    let shape: Shape = { kind: 'float' }
    for (let depth = 0; depth < 60; depth += 1) shape = { kind: 'tuple', items: [shape, shape] }
    expect(bytesOf(shape, version)).toEqual(atMost2to53)
  })
})

describe('properties', () => {
  const amount = fc.oneof(fc.integer({ min: -10, max: 1000 }), fc.double({ min: 0, max: 1e18, noNaN: true }), fc.double())
  const range: fc.Arbitrary<Range> = fc.tuple(amount, fc.option(amount)).map(([low, high]) => ({ low, high }))
  const { shape } = fc.letrec<{ shape: Shape }>(tie => ({
    shape: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<Shape>({ kind: 'float' }, { kind: 'shared' }, { kind: 'range' }),
      range.map((range): Shape => ({ kind: 'int', range })),
      fc.record({ kind: fc.constant('str'), length: range, width: fc.constantFrom('ascii', 'latin1', 'ucs2', 'ucs4', 'unknown') }),
      fc.record({ kind: fc.constantFrom('set', 'tuple', 'deque'), count: range, element: tie('shape') }),
      fc.record({
        kind: fc.constantFrom('dict', 'Counter', 'OrderedDict'), count: range, key: tie('shape'), value: tie('shape'), strKeys: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('list'), growth: fc.constantFrom('exact', 'appended'), items: fc.array(tie('shape'), { maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant('either'), of: fc.array(tie('shape'), { maxLength: 3 }) }),
    ) as fc.Arbitrary<Shape>,
  }))

  it('the size of any shape is a sound range of bytes', () => {
    fc.assert(fc.property(shape, fc.constantFrom(...TARGET_VERSIONS), (shape, version) => {
      const { low, high } = bytesOf(shape, version)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThanOrEqual(high ?? Number.MAX_SAFE_INTEGER)
      expect(high ?? 0).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
    }))
  })

  it('a container with one more element is never smaller', () => {
    fc.assert(fc.property(fc.nat(200_000), fc.constantFrom(...TARGET_VERSIONS), (count, version) => {
      const shapes = (count: number): Shape[] => [
        { kind: 'list', growth: 'appended', count: exactly(count), element: { kind: 'float' } },
        { kind: 'set', count: exactly(count), element: { kind: 'float' } },
        { kind: 'OrderedDict', strKeys: true, count: exactly(count), key: { kind: 'shared' }, value: { kind: 'shared' } },
      ]
      const fewer = shapes(count).map(shape => bytesOf(shape, version).low)
      const more = shapes(count + 1).map(shape => bytesOf(shape, version).low)
      expect(more.filter((bytes, index) => bytes < (fewer[index] ?? NaN))).toEqual([])
    }))
  })
})
