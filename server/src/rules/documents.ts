import type { ValueKind } from '../models/model.ts'
import type { Value } from '../values/value.ts'

/**
 * Texts, documents, replies, tables written as text, what other programs print, and collections of what is in them: mostly a page, a
 * configuration, a status, a few columns of figures.
 */
export function isDocument({ element, model, type, count, size }: Value, kind: ValueKind | null): boolean {
  if (kind === 'str' || kind === 'bytes') return true
  if (kind !== null && COLLECTIONS.has(kind)) {
    return (element === null || element.size.origin === 'unknown' || element.size.origin === 'known' || (isFew(count) && isDocument(element, element.type as ValueKind | null))) && !isReadAsData(model)
  }
  // Objects of a class that no model knows work with what they were given, be it a stream.
  if (kind === 'array') return TEXT_TABLES.test(readerOf({ size, model }))
  if (model === null) return kind === null && type !== null
  return (kind === null || MIXED.has(kind)) && READERS.test(model)
}

/** One picture, or what was recorded in one go: tens of megabytes are rare, and there are mostly many of them, worked on one by one. */
export function isOneItem({ size, model }: Value, kind: ValueKind | null): boolean {
  return (kind === 'image' || kind === 'array' || kind === 'tensor') && ITEM_READERS.test(readerOf({ size, model }))
}

const ITEM_READERS = /^(PIL\.Image\.open|cv2\.(imread|imdecode|VideoCapture\.read)|imageio\.(v[23]\.)?imread|skimage\.io\.imread|matplotlib\.(image|pyplot)\.imread|soundfile\.read|librosa\.(core\.)?load|torchaudio\.load|scipy\.io\.wavfile\.read|torchvision\.io\.(read_image|decode_image)|tensorflow\.(io|image)\.(decode_\w+|read_file))$/

/** Who read what the object was computed from. */
export function readerOf({ size, model }: Pick<Value, 'size' | 'model'>): string {
  return size.reader ?? model ?? ''
}

/** Tables written as text: matrices of a few rows, lists of settings, mostly. */
export const TEXT_TABLES = /^numpy\.(loadtxt|genfromtxt)$/

/** A few that are written down one by one, as the headers of a request. */
function isFew(count: Value['count']): boolean {
  return count !== null && count.high !== null && count.high <= FEW
}

const FEW = 16

/** By a library that reads nothing but data: weights, rows of a query. */
function isReadAsData(model: string | null): boolean {
  return model !== null && model.includes('.') && !READERS.test(model)
}

const READERS = /^((json|ujson|simplejson|orjson|yaml|toml|tomllib|requests|httpx|aiohttp|urllib|subprocess|bs4|io|str|bytes|re|csv|lxml|xml|os|ast|list|dict)\.)/
/** Documents as much as data, by who reads them. */
const MIXED: ReadonlySet<ValueKind> = new Set<ValueKind>(['object', 'tree', 'view'])
const COLLECTIONS: ReadonlySet<ValueKind> = new Set<ValueKind>(['list', 'dict', 'set', 'tuple', 'deque'])
