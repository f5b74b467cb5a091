/** Sizes of ints whose value is known as a range. */
import { exactly, type Range } from '../range.ts'
import { digitsOf, sizeOfInt } from './formulas.ts'

/** CPython makes the ints from -5 to 256 once (`_PY_NSMALLPOSINTS`, `_PY_NSMALLNEGINTS`). */
const SMALLEST = -5
const LARGEST = 256

/** Bytes of an int of this range; nothing where it may be one of the small ints that exist already. */
export function sizeOfIntShape(range: Range): Range {
  const fresh = sizeOfFreshInt(range)
  return smallIntsIn(range) > 0 ? { low: 0, high: fresh.high } : fresh
}

/** Bytes of an int of this range that is made anew. Addition leaves a spare digit in ints of several digits. */
export function sizeOfFreshInt({ low, high }: Range): Range {
  if (high !== null && low >= SMALLEST && high <= LARGEST) return exactly(0)
  const largest = high === null ? Infinity : Math.max(Math.abs(low), Math.abs(high))
  const smallest = low > 0 ? low : high !== null && high < 0 ? -high : 0
  const digits = Number.isFinite(largest) ? digitsOf(largest) : null
  return {
    low: sizeOfInt(digitsOf(Math.min(smallest, Number.MAX_VALUE))),
    high: digits === null ? null : sizeOfInt(digits === 1 ? 1 : digits + 1),
  }
}

/** How many of the small ints lie in the range. */
export function smallIntsIn({ low, high }: Range): number {
  return Math.max(0, Math.min(high ?? LARGEST, LARGEST) - Math.max(low, SMALLEST) + 1)
}
