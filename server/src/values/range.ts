/** Closed ranges of non-negative quantities (bytes, counts). `high` null: unbounded or unknown. */
export interface Range {
  readonly low: number
  readonly high: number | null
}

export const ANY: Range = { low: 0, high: null }

export function exactly(n: number): Range {
  return { low: n, high: n }
}

export function add(a: Range, b: Range): Range {
  return { low: a.low + b.low, high: a.high === null || b.high === null ? null : a.high + b.high }
}

export function multiply(a: Range, b: Range): Range {
  const high = a.high === 0 || b.high === 0 ? 0 : a.high === null || b.high === null ? null : a.high * b.high
  return { low: a.low * b.low, high }
}

/** The smallest range that contains both. */
export function hull(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: a.high === null || b.high === null ? null : Math.max(a.high, b.high) }
}

/** From nothing up to `a`: what a filter leaves. */
export function upTo(a: Range): Range {
  return { low: 0, high: a.high }
}

export function isExact(a: Range): boolean {
  return a.high === a.low
}
