/** What a function gives that gives one of several values, as its arguments decide. */
import { isSmall, join, LITTLE, UNKNOWN, type Value } from './value.ts'

/** Levels of elements and items. */
const DEPTH = 3

/**
 * One of these; null: there are none. Where they are of different types, nobody knows which of them a call gives: what is in one of them says nothing of
 * the others, nor does the size of a large one where another is small.
 */
export function oneOf(values: readonly Value[], depth = 0): Value | null {
  const joined = values.reduce<Value | null>((a, b) => join(a, b), null)
  if (joined === null || values.length === 1 || depth === DEPTH) return joined
  const told = values.filter(v => !isPlaceholder(v))
  if (new Set(told.flatMap(v => v.type ?? [])).size > 1) {
    return { ...joined, element: null, key: null, items: null, size: told.some(v => isSmall(v, LITTLE)) && !isSmall(joined, LITTLE) ? UNKNOWN.size : joined.size }
  }
  const inner = (parts: readonly (Value | null | undefined)[]): Value | null => oneOf(parts.filter(p => p !== null && p !== undefined), depth + 1)
  return { ...joined, element: inner(values.map(v => v.element)), items: joined.items?.map((_, i) => inner(values.map(v => v.items?.[i]))!) ?? null }
}

/** Says that there is nothing: None, a truth value, a number or text that is written down, something empty. */
function isPlaceholder({ type, text, number, count }: Value): boolean {
  return type === 'NoneType' || type === 'bool' || text !== null || number !== null || count?.high === 0
}
