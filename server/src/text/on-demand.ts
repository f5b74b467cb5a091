/** What is made when it is first asked for, and then kept. */
export function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** As `onDemand`, for each object by itself, and for as long as that is there. */
export function perObject<K extends object, T>(make: (object: K) => T): (object: K) => T {
  const known = new WeakMap<K, { readonly value: T }>()
  return object => {
    let made = known.get(object)
    if (!made) known.set(object, made = { value: make(object) })
    return made.value
  }
}

/** As `onDemand`, for each key of the cache. */
export function remembered<K, V>(cache: Map<K, V>, key: K, make: () => V): V {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  return made
}
