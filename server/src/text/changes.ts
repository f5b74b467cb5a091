/** Applying a batch of text changes at once. */

/** Replaces [start, end), UTF-16 offsets in the text before this change. */
export interface TextChange {
  readonly start: number
  readonly end: number
  readonly newText: string
}

/** A stretch of the old text and what stands in its place; what lies between regions is unchanged. */
export interface Region {
  readonly oldStart: number
  readonly oldEnd: number
  readonly newStart: number
  readonly newEnd: number
}

export interface Changed {
  readonly text: string
  /** In order, not touching one another. */
  readonly regions: readonly Region[]
}

/** A stretch kept from the old text, or one inserted. */
type Fragment = { readonly from: number; readonly to: number } | string

/**
 * Applies changes one after the other, each to the text the one before left, as LSP does. Offsets outside the text
 * are moved to its ends.
 */
export function applyChanges(text: string, changes: readonly TextChange[]): Changed {
  let fragments: readonly Fragment[] = text === '' ? [] : [{ from: 0, to: text.length }]
  for (const { start, end, newText } of changes) {
    const from = Math.max(0, Math.min(start, end))
    const before = cut(fragments, 0, from)
    const after = cut(fragments, Math.max(from, start, end), Number.POSITIVE_INFINITY)
    fragments = newText === '' ? [...before, ...after] : [...before, newText, ...after]
  }
  return { text: spell(text, fragments), regions: regionsOf(text, fragments) }
}

/** One change that turns `before` into `after`: all but their common beginning and end. None where they are equal. */
export function difference(before: string, after: string): readonly TextChange[] {
  if (before === after) return []
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let tail = 0
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++
  return [{ start, end: before.length - tail, newText: after.slice(start, after.length - tail) }]
}

/** Concatenation, not `join`: V8 copies the characters once, when the result is first read. */
function spell(text: string, fragments: readonly Fragment[]): string {
  let spelt = ''
  for (const fragment of fragments) spelt += typeof fragment === 'string' ? fragment : text.slice(fragment.from, fragment.to)
  return spelt
}

function lengthOf(fragment: Fragment): number {
  return typeof fragment === 'string' ? fragment.length : fragment.to - fragment.from
}

/** The part of the text that `fragments` spell from offset `start` to offset `end`. */
function cut(fragments: readonly Fragment[], start: number, end: number): Fragment[] {
  const kept: Fragment[] = []
  let at = 0
  for (const fragment of fragments) {
    const length = lengthOf(fragment)
    const from = Math.max(0, start - at)
    const to = Math.min(length, end - at)
    if (from < to) kept.push(from === 0 && to === length ? fragment : part(fragment, from, to))
    at += length
  }
  return kept
}

function part(fragment: Fragment, from: number, to: number): Fragment {
  return typeof fragment === 'string' ? fragment.slice(from, to) : { from: fragment.from + from, to: fragment.from + to }
}

function regionsOf(text: string, fragments: readonly Fragment[]): Region[] {
  const regions: Region[] = []
  let oldAt = 0
  let newAt = 0
  let newStart = 0
  const close = (oldEnd: number): void => {
    if (oldEnd > oldAt || newAt > newStart) regions.push({ oldStart: oldAt, oldEnd, newStart, newEnd: newAt })
  }
  for (const fragment of fragments) {
    if (typeof fragment === 'string') newAt += fragment.length
    else {
      close(fragment.from)
      oldAt = fragment.to
      newAt += fragment.to - fragment.from
      newStart = newAt
    }
  }
  close(text.length)
  return regions
}
