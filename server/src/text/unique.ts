/** The items, each once, in the order of the first; of those with the same key the last. */
export function uniqueBy<T>(items: readonly T[], key: (item: T) => unknown): readonly T[] {
  return [...new Map(items.map(item => [key(item), item])).values()]
}
