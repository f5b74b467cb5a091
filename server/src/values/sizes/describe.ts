/** Shapes in words: the basis of a size, for a person. */
import { formatByteRange, formatRange } from '../../text/bytes.ts'
import type { Range } from '../range.ts'
import { sizeOfComplex, sizeOfFloat } from './formulas.ts'
import { sizeOfFreshInt } from './ints.ts'
import { countOf, entryCountOf } from './own.ts'
import type { Entries, Shape } from './shape.ts'

/** Deeper parts, and further items of a tuple, are left out. */
const DEEPEST = 3
const MOST_ITEMS = 4

/** `list of 10,000,000 int, 8 B slots + 32 B objects`, `dict of 1,000,000 str → int`, `bytes of 50 MiB`. */
export function describe(shape: Shape): string {
  return phrase(shape, false, 0) + costs(shape)
}

function phrase(shape: Shape, plural: boolean, depth: number): string {
  if (depth > DEEPEST) return 'objects'
  switch (shape.kind) {
    case 'opaque': return shape.basis
    case 'shared':
      return shape.of ? phrase(shape.of, plural, depth) : shape.name ?? (plural ? 'shared objects' : 'a shared object')
    case 'str': return withAmount('str', amount(shape.length, 'character'))
    case 'bytes': case 'bytearray': return withAmount(shape.kind, formatByteRange(shape.length))
    case 'instance': case 'namedtuple': return shape.name
    case 'array': return withAmount(noun(shape.type, plural), `${amount(shape.count)} ${shape.dtype}`.trim())
    case 'either': return shape.of.map(part => phrase(part, plural, depth + 1)).join(' or ')
    case 'dict': case 'defaultdict': case 'Counter': case 'OrderedDict':
      return withAmount(noun(shape.kind, plural), entriesPhrase(shape, depth))
    case 'list': case 'tuple': case 'set': case 'frozenset': case 'deque':
      if ('items' in shape) return `${noun(shape.kind, plural)} (${itemsPhrase(shape.items, depth)})`
      return withAmount(noun(shape.kind, plural), `${amount(countOf(shape))} ${phrase(shape.element, true, depth + 1)}`.trim())
    default: return shape.kind
  }
}

function entriesPhrase(shape: Entries, depth: number): string {
  if ('entries' in shape) return amount(entryCountOf(shape), 'key')
  return `${amount(shape.count)} ${phrase(shape.key, true, depth + 1)} → ${phrase(shape.value, true, depth + 1)}`.trim()
}

function itemsPhrase(items: readonly Shape[], depth: number): string {
  const shown = items.slice(0, MOST_ITEMS).map(item => phrase(item, false, depth + 1))
  return [...shown, ...(items.length > MOST_ITEMS ? [`… ${grouped(items.length)} items`] : [])].join(', ')
}

/** What a slot and an object cost, where that is the same for all elements and on all versions. */
function costs(shape: Shape): string {
  if (shape.kind === 'shared' && shape.of) return costs(shape.of)
  if (shape.kind !== 'list' && shape.kind !== 'tuple' && shape.kind !== 'deque' || 'items' in shape) return ''
  const { element } = shape
  if (element.kind === 'shared' && !element.of) return ', 8 B slots'
  const object = bytesPerObject(element)
  if (object === null) return costs(element)
  return object === 0 ? ', 8 B slots' : `, 8 B slots + ${object} B objects`
}

function bytesPerObject(element: Shape): number | null {
  if (element.kind === 'float') return sizeOfFloat()
  if (element.kind === 'complex') return sizeOfComplex()
  if (element.kind !== 'int') return null
  const { low, high } = sizeOfFreshInt(element.range)
  return low === high ? high : null
}

function withAmount(name: string, amount: string): string {
  return amount ? `${name} of ${amount}` : name
}

function noun(type: string, plural: boolean): string {
  return plural ? `${type}s` : type
}

/** `1,000 characters`, `at least 1,000`, `1 to 5`; empty where nothing is known. */
function amount(range: Range, unit = ''): string {
  const words = formatRange(range, grouped)
  return words && unit ? `${words} ${noun(unit, range.high !== 1)}` : words
}

function grouped(n: number): string {
  // The language's own grouping takes a microsecond, and most numbers have none.
  return Number.isInteger(n) && n > 0 && n < 1000 ? String(n) : n.toLocaleString('en-US')
}
