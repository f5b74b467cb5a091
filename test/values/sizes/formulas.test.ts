/**
 * The formulas against figures measured on CPython 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1, 3.13.0, 3.13.18 and 3.14.10
 * (x86-64 Linux, GIL, default allocator) with `sys.getsizeof` and `tracemalloc`.
 */
import { describe, expect, it } from 'vitest'
import { TARGET_VERSIONS, type TargetVersion } from '../../../server/src/text/target-version.ts'
import { bytesOf } from '../../../server/src/values/sizes/estimate.ts'
import {
  digitsOf, sizeOfArray, sizeOfBytearray, sizeOfBytes, sizeOfDeque, sizeOfDict, sizeOfInstance, sizeOfInt, sizeOfList, sizeOfNamedTuple,
  sizeOfSet, sizeOfSlotted, sizeOfStr, sizeOfTuple, type StrWidth,
} from '../../../server/src/values/sizes/formulas.ts'
import { cases, deviation } from './cases.ts'

/** Blocks as the allocator rounds them, from the requested bytes of each. */
const rounded = (...requested: number[]) => requested.reduce((sum, bytes) => sum + Math.ceil(bytes / 16) * 16, 0)

describe('scalars', () => {
  it.each<[StrWidth, TargetVersion, number]>([
    ['ascii', '3.8', 49], ['ascii', '3.11', 49], ['ascii', '3.12', 41], ['ascii', '3.14', 41],
    ['latin1', '3.11', 73], ['latin1', '3.12', 57], ['ucs2', '3.11', 74], ['ucs2', '3.12', 58], ['ucs4', '3.11', 76], ['ucs4', '3.12', 60],
  ])('a str of %s characters on %s has a header of %i bytes', (width, version, header) => {
    const perCharacter = { ascii: 1, latin1: 1, ucs2: 2, ucs4: 4 }[width]
    for (const length of [2, 8, 50, 1_000_000]) expect(sizeOfStr(length, width, version)).toBe(rounded(header + perCharacter * length))
  })

  it.each([
    [0, 1], [2 ** 30 - 1, 1], [2 ** 30, 2], [2 ** 60 - 2 ** 10, 2], [2 ** 60, 3], [2 ** 90, 4],
  ])('the int %d has %i digits', (value, digits) => {
    expect(digitsOf(value)).toBe(digits)
  })

  it('ints, bytes and bytearrays', () => {
    expect([1, 2, 3].map(sizeOfInt)).toEqual([rounded(28), rounded(32), rounded(36)])
    expect([8, 50 * 2 ** 20].map(sizeOfBytes)).toEqual([rounded(33 + 8), rounded(33 + 50 * 2 ** 20)])
    expect([0, 8].map(sizeOfBytearray)).toEqual([rounded(56), rounded(56, 9)])
  })
})

describe('sequences', () => {
  it('tuples grew by the hash in 3.14', () => {
    expect((['3.8', '3.13', '3.14'] as const).map(version => sizeOfTuple(5, version))).toEqual([rounded(80), rounded(80), rounded(88)])
    expect((['3.8', '3.13', '3.14'] as const).map(version => sizeOfNamedTuple(2, version))).toEqual([rounded(64), rounded(64), rounded(72)])
  })

  it('appended lists keep spare slots: [0 for _ in range(n)]', () => {
    expect([1, 5, 10, 17].map(n => sizeOfList(n, 'appended', '3.11'))).toEqual([4, 8, 16, 24].map(slots => rounded(56, 8 * slots)))
    expect([1, 5, 10, 17].map(n => sizeOfList(n, 'appended', '3.8'))).toEqual([4, 8, 16, 25].map(slots => rounded(56, 8 * slots)))
    expect([0, 1, 10].map(n => sizeOfList(n, 'exact', '3.11'))).toEqual([56, 64, 136].map(bytes => rounded(56, bytes - 56)))
  })

  it('deques and arrays', () => {
    expect(sizeOfDeque(0, '3.10')).toBe(rounded(96, 528))
    expect(sizeOfDeque(65, '3.11')).toBe(rounded(232, 528, 528))
    expect(sizeOfArray(1000, 8, '3.9')).toBe(rounded(64, 8000))
    expect(sizeOfArray(1000, 8, '3.10')).toBe(rounded(80, 8000))
  })
})

describe('dict tables, by sys.getsizeof', () => {
  /** Most keys of the step; 3.8 to 3.10; 3.11 and later with str keys only; 3.11 and later with other keys. */
  const steps = [
    [5, 232, 184, 224], [10, 360, 272, 352], [21, 640, 464, 632], [42, 1176, 832, 1168], [85, 2272, 1584, 2264], [170, 4696, 3328, 4688],
    [341, 9312, 6576, 9304], [682, 18520, 13056, 18512], [1365, 36960, 26032, 36952], [2730, 73816, 51968, 73808],
    [5461, 147552, 103856, 147544], [10922, 295000, 207616, 294992], [21845, 589920, 415152, 589912], [43690, 1310808, 961280, 1310800],
    [87381, 2621536, 1922480, 2621528], [174762, 5242968, 3844864, 5242960], [349525, 10485856, 7689648, 10485848],
  ] as const

  it.each(steps)('%i keys fill a step', (keys, old, strOnly, other) => {
    const previous = steps.findLast(step => step[0] < keys)?.[0] ?? 0
    for (const n of [previous + 1, keys]) {
      expect(sizeOfDict('dict', n, true, '3.10')).toBe(rounded(64, old - 64))
      expect(sizeOfDict('dict', n, false, '3.8')).toBe(rounded(64, old - 64))
      expect(sizeOfDict('dict', n, true, '3.11')).toBe(rounded(64, strOnly - 64))
      expect(sizeOfDict('dict', n, false, '3.14')).toBe(rounded(64, other - 64))
    }
  })

  it('an empty dict has no table', () => {
    expect(sizeOfDict('dict', 0, true, '3.13')).toBe(64)
  })

  it('an OrderedDict takes 105.4 requested bytes per key where a dict takes 52.4 (n = 100,000)', () => {
    expect(sizeOfDict('OrderedDict', 100_000, false, '3.13') / 100_000).toBeCloseTo(105.4, 1)
    expect(sizeOfDict('dict', 100_000, false, '3.13') / 100_000).toBeCloseTo(52.4, 1)
  })
})

describe('set tables, by sys.getsizeof', () => {
  it.each([
    [0, 4, 216], [5, 18, 728], [19, 76, 2264], [77, 306, 8408], [307, 1228, 32984], [1229, 4914, 131288], [4915, 19660, 524504],
    [19661, 78642, 2097368], [78643, 157285, 4194520], [157286, 314572, 8388824],
  ])('%i to %i elements', (fewest, most, bytes) => {
    for (const n of [fewest, most]) expect(sizeOfSet(n)).toBe(rounded(216, bytes - 216))
  })
})

describe('instances', () => {
  it.each<[TargetVersion, number, number[]]>([
    ['3.8', 0, [48]], ['3.10', 5, [48, 64, 40]], ['3.9', 10, [48, 64, 80]], ['3.10', 21, [48, 64, 168]], ['3.8', 42, [48, 64, 336]],
    ['3.11', 29, [56, 264]], ['3.11', 30, [56, 64, 1520]], ['3.12', 29, [48, 264]], ['3.12', 30, [48, 64, 1520]],
    ['3.13', 2, [88]], ['3.13', 29, [320]], ['3.13', 30, [320, 64, 1520]], ['3.14', 31, [328, 64, 768]],
  ])('on %s with %i attributes, requested blocks %j', (version, attributes, blocks) => {
    expect(sizeOfInstance(attributes, version)).toBe(rounded(...blocks))
  })

  it('slots cost a reference each', () => {
    expect(sizeOfSlotted(2)).toBe(rounded(48))
  })
})

describe('resident bytes per element, container and elements', () => {
  const figures = cases.flatMap(({ python, shape, measured }) => (measured ? [{ python, shape, measured }] : []))

  it.each(figures)('$python', ({ shape, measured: { n, perElement } }) => {
    const off = TARGET_VERSIONS.map((version, index) => deviation(bytesOf(shape(n), version), n * (perElement[index] ?? NaN)))
    expect(Math.max(...off), `deviation by version: ${off.map(part => part.toFixed(3)).join(' ')}`).toBeLessThan(0.04)
  })
})
