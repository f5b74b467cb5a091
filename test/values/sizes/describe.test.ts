import { describe as suite, expect, it } from 'vitest'
import { ANY, exactly } from '../../../server/src/values/range.ts'
import { describe } from '../../../server/src/values/sizes/describe.ts'
import type { Shape } from '../../../server/src/values/sizes/shape.ts'

const int: Shape = { kind: 'int', range: { low: 0, high: 9_999_999 }, distinct: true }
const str: Shape = { kind: 'str', length: ANY, width: 'unknown' }
const float: Shape = { kind: 'float' }
const list = (count: number, element: Shape): Shape => ({ kind: 'list', growth: 'exact', count: exactly(count), element })

suite('a shape in words', () => {
  it.each<[string, Shape]>([
    ['list of 10,000,000 int, 8 B slots + 32 B objects', list(10_000_000, int)],
    ['list of 1,000 None, 8 B slots', list(1000, { kind: 'shared', name: 'None' })],
    ['list of 1,000 shared objects, 8 B slots', list(1000, { kind: 'shared' })],
    ['list of 1,000 int, 8 B slots', list(1000, { kind: 'int', range: exactly(0) })],
    ['list of 1,000 int', list(1000, { kind: 'int', range: { low: -Infinity, high: null } })],
    ['list of 1,000 lists of 10,000 float, 8 B slots + 32 B objects', list(1000, list(10_000, float))],
    ['list of 1,000 str of 8 characters', list(1000, { kind: 'str', length: exactly(8), width: 'ascii' })],
    ['list of 1,000 tuples (int, str, float, float, … 5 items)',
      list(1000, { kind: 'tuple', items: [int, str, float, float, float] })],
    ['list of 500,000 dicts of 2 keys', list(500_000, { kind: 'dict', strKeys: true, entries: [[str, int], [str, str]] })],
    ['list of 1,000 Point', list(1000, { kind: 'instance', name: 'Point', slots: false, attributes: [float, float] })],
    ['list of 3 int or str', list(3, { kind: 'either', of: [int, str] })],
    ['dict of 1,000,000 str → int', { kind: 'dict', strKeys: true, count: exactly(1_000_000), key: str, value: int }],
    ['dict of 10 str → lists of 5 float', { kind: 'dict', strKeys: true, count: exactly(10), key: str, value: list(5, float) }],
    ['set of up to 100 str', { kind: 'set', count: { low: 0, high: 100 }, element: str }],
    ['deque of at least 5 float, 8 B slots + 32 B objects', { kind: 'deque', count: { low: 5, high: null }, element: float }],
    ['tuple of float, 8 B slots + 32 B objects', { kind: 'tuple', count: ANY, element: float }],
    ['bytes of 50 MiB', { kind: 'bytes', length: exactly(50 * 2 ** 20) }],
    ['str of 1,000 to 2,000 characters', { kind: 'str', length: { low: 1000, high: 2000 }, width: 'ascii' }],
    ['str', str],
    ['ndarray of 1,000,000 float64', { kind: 'array', type: 'ndarray', dtype: 'float64', count: exactly(1_000_000), itemsize: 8 }],
    ["the file's content", { kind: 'opaque', bytes: ANY, basis: "the file's content" }],
    ['list of 2 lists of 2 lists of 2 lists of 2 objects', list(2, list(2, list(2, list(2, list(2, str)))))],
  ])('%s', (text, shape) => {
    expect(describe(shape)).toBe(text)
  })
})
