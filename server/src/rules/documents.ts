import type { ValueKind } from '../models/model.ts'
import type { Value } from '../values/value.ts'

/** Texts, documents, replies and what other programs print: mostly a page, a configuration, a status. */
export function isDocument({ element, model }: Value, kind: ValueKind | null): boolean {
  if (kind === 'str' || kind === 'bytes') return true
  if (kind === 'list') return element?.type === 'str' || element?.type === 'bytes'
  return kind === null && model !== null && DOCUMENT_READERS.test(model)
}

const DOCUMENT_READERS = /^(json|ujson|simplejson|orjson|yaml|toml|tomllib|requests|httpx|aiohttp|urllib|subprocess)\./
