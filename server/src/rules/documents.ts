import type { ValueKind } from '../models/model.ts'
import type { Value } from '../values/value.ts'

/**
 * Texts, documents, replies, tables written as text, what other programs print, and collections of what is in them: mostly a page, a
 * configuration, a status, a few columns of figures.
 */
export function isDocument({ element, model, type, size }: Value, kind: ValueKind | null): boolean {
  if (kind === 'str' || kind === 'bytes') return true
  if (kind !== null && COLLECTIONS.has(kind)) {
    const isOfDocuments = element === null || element.size.origin === 'unknown' || element.size.origin === 'known' || isDocument(element, element.type as ValueKind | null)
    // A vector for each word of a language is written as text, too.
    const isOfLines = isReadAsText({ size, model }) && (element === null || element.type === null || COLLECTIONS.has(element.type as ValueKind))
    return (isOfDocuments || isOfLines) && !isReadAsData(model)
  }
  if (kind !== null && OF_NUMBERS.has(kind)) return isReadAsText({ size, model })
  // Objects of a class that no model knows work with what they were given, be it a stream.
  if (model === null) return kind === null && type !== null
  return (kind === null || MIXED.has(kind)) && READERS.test(model)
}

/** One picture, or what was recorded in one go: tens of megabytes are rare, and there are mostly many of them, worked on one by one. */
export function isOneItem({ size, model }: Value, kind: ValueKind | null): boolean {
  return (kind === null || kind === 'image' || kind === 'array' || kind === 'tensor') && readersOf({ size, model }).every(r => ITEM_READERS.test(r))
}

const ITEM_READERS = /^(PIL\.Image\.open|cv2\.(imread|imdecode|VideoCapture\.read)|imageio\.(v[23]\.)?imread|skimage\.io\.imread|matplotlib\.(image|pyplot)\.imread|soundfile\.(SoundFile\.)?read|librosa\.(core\.)?load|torchaudio\.load|scipy\.io\.wavfile\.read|torchvision\.io\.(read_image|decode_image)|tensorflow\.(io|image)\.(decode_\w+|read_file))$/

/** Who read what the object was computed from: one of these. */
export function readersOf({ size, model }: Pick<Value, 'size' | 'model'>): readonly string[] {
  return size.readers ?? [model ?? '']
}

/**
 * A table written as text, or lines of one: a matrix of a few rows, a list of settings, mostly. What may be written so, if it is not read in another form, is
 * no larger.
 */
export function isReadAsText(value: Pick<Value, 'size' | 'model'>): boolean {
  return readersOf(value).some(r => TEXT_READERS.test(r))
}

/** What a service answers. */
export function isReply(value: Pick<Value, 'size' | 'model'>): boolean {
  return readersOf(value).some(r => REPLY_READERS.test(r))
}

/** Libraries that ask services. */
const SERVICES = 'requests|httpx|aiohttp|urllib'
const REPLY_READERS = new RegExp(`(^|\\s)(${SERVICES}|urllib3)\\.`)

const TEXT_READERS = /^(numpy\.(loadtxt|genfromtxt)|astropy\.io\.ascii\.read|io\.(TextIO(Base|Wrapper)|StringIO)(\.\w+)?|pathlib\.Path\.read_text|csv\.(reader|DictReader))$/

const OF_NUMBERS: ReadonlySet<ValueKind> = new Set<ValueKind>(['array', 'tensor', 'table'])

/** By a library that reads nothing but data: weights, rows of a query. */
function isReadAsData(model: string | null): boolean {
  return model !== null && model.includes('.') && !READERS.test(model)
}

const READERS = new RegExp(`^(json|ujson|simplejson|orjson|yaml|toml|tomllib|${SERVICES}|subprocess|bs4|io|str|bytes|re|csv|lxml|xml|os|ast|list|dict)\\.`)
/** Documents as much as data, by who reads them. */
const MIXED: ReadonlySet<ValueKind> = new Set<ValueKind>(['object', 'tree', 'view'])
const COLLECTIONS: ReadonlySet<ValueKind> = new Set<ValueKind>(['list', 'dict', 'set', 'tuple', 'deque'])
