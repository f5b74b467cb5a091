/** Ranges that stay exact: counts and bytes above 2**53 lose precision, so a low end stops there and a high end becomes null. */
import type { Range } from '../range.ts'

/** The range made sound: no NaN, nothing negative, nothing above 2**53, ends in order. */
export function sound(range: Range): Range {
  const low = range.low > 0 ? Math.min(range.low, Number.MAX_SAFE_INTEGER) : 0
  const bounded = range.high !== null && range.high <= Number.MAX_SAFE_INTEGER
  return { low, high: bounded ? Math.max(range.high, low) : null }
}

/** The image of a range of counts under a formula that never falls. */
export function over(count: Range, formula: (count: number) => number): Range {
  const { low, high } = sound(count)
  return { low: formula(low), high: high === null ? null : formula(high) }
}
