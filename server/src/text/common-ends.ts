export interface CommonEnds {
  /** Items that are the same at the beginning, and at the end of what is left. */
  readonly head: number
  readonly tail: number
}

/** Compares by identity. */
export function commonEnds<T>(a: readonly T[], b: readonly T[]): CommonEnds {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return { head, tail }
}
