/** Decorators that by their name keep what the function gives, to give it again. */
import type { Expr } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'

/** `memoize`, `lru_cache_df`, `st.cache_data`, `memory.cache`, called or not; not `never_cache`. */
export function isNamedCache(decorator: Expr): boolean {
  const name = lastName(decorator.kind === 'Call' ? decorator.func : decorator)
  const words = name === null ? [] : name.split(/_+|(?<=[a-z])(?=[A-Z])/).map(word => word.toLowerCase())
  return words.some(word => CACHES.test(word)) && !words.some(word => DENIALS.has(word))
}

const CACHES = /^(a?lru|ttl|lfu)?cach(e|es|ed|ing|er|eit)$|^(a?lru|memo|memoi[sz]ed?|memoi[sz]er|memoi[sz]ing)$/

/** It keeps others from caching, empties a cache, or tells browsers what to do. */
const DENIALS: ReadonlySet<string> = new Set([
  'no', 'not', 'never', 'non', 'without', 'clear', 'clears', 'empty', 'invalidate', 'invalidates', 'flush', 'disable', 'reset', 'control', 'bust', 'purge', 'delete', 'skip', 'bypass', 'evict',
])
