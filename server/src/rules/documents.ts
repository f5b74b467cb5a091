import type { ValueKind } from '../models/model.ts'
import type { Value } from '../values/value.ts'

/** Texts, documents, replies, what other programs print, and collections of what is in them: mostly a page, a configuration, a status. */
export function isDocument({ element, model }: Value, kind: ValueKind | null): boolean {
  if (kind === 'str' || kind === 'bytes') return true
  if (kind !== null && COLLECTIONS.has(kind)) return element === null || element.size.origin === 'unknown' || element.size.origin === 'known'
  return kind === null && model !== null && DOCUMENT_READERS.test(model)
}

const DOCUMENT_READERS = /^(json|ujson|simplejson|orjson|yaml|toml|tomllib|requests|httpx|aiohttp|urllib|subprocess)\./
const COLLECTIONS: ReadonlySet<ValueKind> = new Set<ValueKind>(['list', 'dict', 'set', 'tuple', 'deque'])
