/** Expressions that make a container which can grow without end. */
import type { Call, Expr } from '../../syntax/ast.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'

export type CollectionKind = 'list' | 'dict' | 'set' | 'deque' | 'defaultdict' | 'Counter' | 'OrderedDict' | 'queue'

const CONSTRUCTORS: ReadonlyMap<string, CollectionKind> = new Map<string, CollectionKind>([
  ['list', 'list'], ['dict', 'dict'], ['set', 'set'], ['collections.deque', 'deque'], ['collections.defaultdict', 'defaultdict'], ['collections.Counter', 'Counter'],
  ['collections.OrderedDict', 'OrderedDict'], ['queue.Queue', 'queue'], ['queue.LifoQueue', 'queue'], ['queue.PriorityQueue', 'queue'], ['queue.SimpleQueue', 'queue'],
  ['asyncio.Queue', 'queue'], ['multiprocessing.Queue', 'queue'],
])

/** Null: no container that is known, or one with a bound of its own. */
export function collectionOf(expr: Expr, facts: ModuleFacts): CollectionKind | null {
  switch (expr.kind) {
    case 'List': return 'list'
    case 'Dict': return 'dict'
    case 'Set': return 'set'
    case 'Comprehension': return expr.form === 'generator' ? null : expr.form
    case 'Call': return madeBy(expr, facts)
    default: return null
  }
}

/** Some such expression, told without knowing what names mean. */
export function mayHold({ kind }: Expr): boolean {
  return kind === 'List' || kind === 'Dict' || kind === 'Set' || kind === 'Comprehension' || kind === 'Call'
}

function madeBy(call: Call, facts: ModuleFacts): CollectionKind | null {
  const dotted = dottedOf(call.func, facts)
  const kind = dotted === null ? null : CONSTRUCTORS.get(dotted) ?? null
  return kind !== null && isBounded(kind, call) ? null : kind
}

function isBounded(kind: CollectionKind, { args }: Call): boolean {
  if (kind === 'deque') return args.length > 1 || args.some(a => a.name === 'maxlen')
  return kind === 'queue' && args.length > 0
}

/** What a name of the module's stands for by its imports: `deque` for `collections.deque`; null for anything but imports and builtins. */
export function dottedOf(expr: Expr, facts: ModuleFacts): string | null {
  if (expr.kind === 'Attribute') {
    const base = dottedOf(expr.value, facts)
    return base === null ? null : `${base}.${expr.attr}`
  }
  if (expr.kind !== 'Name') return null
  const fact = facts.get(expr.id)
  if (fact === undefined) return expr.id
  return fact.kind === 'import' ? fact.dotted : null
}
