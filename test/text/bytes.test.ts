import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatByteRange, formatBytes, parseSize } from '../../server/src/text/bytes.ts'

const MiB = 2 ** 20

describe('formatBytes', () => {
  it.each([
    [0, '0 B'], [512, '512 B'], [1024, '1 KiB'], [1536, '1.5 KiB'], [400 * MiB, '400 MiB'], [2.4 * 1024 * MiB, '2.4 GiB'],
    [50 * MiB + 33, '50 MiB'], [MiB - 1, '1 MiB'], [9.97 * MiB, '10 MiB'],
    [1e15, '909 TiB'], [1e30, '888178419700125 PiB'], [-1, '0 B'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatByteRange', () => {
  it.each<[number, number | null, string]>([
    [400 * MiB, 400 * MiB, '400 MiB'], [400 * MiB, 400 * MiB + 64, '400 MiB'], [MiB, 2048 * MiB, '1 MiB to 2 GiB'],
    [MiB, null, 'at least 1 MiB'], [0, MiB, 'up to 1 MiB'], [0, null, ''], [0, 0, '0 B'],
  ])('%d to %d bytes is %j', (low, high, text) => {
    expect(formatByteRange({ low, high })).toBe(text)
  })
})

describe('parseSize', () => {
  it.each<[string | number, number]>([
    ['10MiB', 10 * MiB], ['10 MB', 10_000_000], ['500k', 500 * 1024], ['1GiB', 1024 * MiB], ['1.5 gib', 1536 * MiB], ['2T', 2 * 1024 ** 4],
    ['4096', 4096], [4096, 4096], ['12 B', 12], [' 7kb ', 7000], ['0', 0],
  ])('%j is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  it.each<[string | number]>([
    [''], ['MiB'], ['-5'], [-5], ['10 iB'], ['10 XB'], ['1e6'], ['1,000'], ['ten'], ['10MiBs'],
    ['1e400'], ['99999999 PiB'], [NaN], [Infinity],
  ])('%j is no size', text => {
    expect(parseSize(text)).toBeNull()
  })

  it('reads what formatBytes writes, within its rounding', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 50 }), bytes => {
      const read = parseSize(formatBytes(bytes))
      expect(Math.abs((read ?? NaN) - bytes)).toBeLessThanOrEqual(bytes * 0.055)
    }))
  })
})
