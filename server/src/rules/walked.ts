/** What a loop's iterator keeps until the loop is over: what it walks, be it a part of something larger (facts 40, 41). */
import type { Call, Expr, Name } from '../syntax/ast.ts'

/** The names of what it walks, all of it or what may be most of it: `rows`, `store[key]`, `store[key].items()`, `zip(left.rows, right)`. */
export function walkedNames(iterable: Expr): readonly Name[] {
  switch (iterable.kind) {
    case 'Name': return [iterable]
    case 'Attribute':
    case 'Subscript': return walkedNames(iterable.value)
    case 'Call': return walkedByCall(iterable)
    default: return []
  }
}

function walkedByCall({ func, args }: Call): readonly Name[] {
  if (func.kind === 'Attribute') return SHOWING.has(func.attr) && args.length === 0 ? walkedNames(func.value) : []
  return func.kind === 'Name' && WALKING.has(func.id) ? args.flatMap(a => walkedNames(a.value)) : []
}

/** Methods that show what is in a mapping, or give it as they go (fact 57). */
const SHOWING: ReadonlySet<string> = new Set(['items', 'values', 'keys', 'iteritems', 'itervalues', 'itertuples', 'iterrows'])

const WALKING: ReadonlySet<string> = new Set(['iter', 'enumerate', 'zip', 'reversed', 'filter', 'map', 'islice', 'chain', 'tqdm'])
