/** Methods of containers by what they do, and functions that keep nothing of what they are given. Names alone are looked at. */
import type { Call } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'

/** Which argument is the item, and which the key. */
export interface Adding {
  readonly value: number
  readonly key?: number
  /** Adds all items of the argument. */
  readonly all?: true
}

export const ADDING: ReadonlyMap<string, Adding> = new Map<string, Adding>([
  ['append', { value: 0 }], ['appendleft', { value: 0 }], ['add', { value: 0, key: 0 }], ['put', { value: 0 }], ['put_nowait', { value: 0 }], ['push', { value: 0 }],
  ['insert', { value: 1 }], ['setdefault', { value: 1, key: 0 }], ['__setitem__', { value: 1, key: 0 }],
  ['extend', { value: 0, all: true }], ['extendleft', { value: 0, all: true }], ['update', { value: 0, all: true }],
])

export const TAKING: ReadonlySet<string> = new Set([
  'pop', 'popitem', 'popleft', 'clear', 'discard', 'remove', '__delitem__', 'difference_update', 'intersection_update', 'symmetric_difference_update', 'subtract',
  'get_nowait', 'evict', 'expire', 'prune', 'purge', 'cull', 'delete', 'flush', 'reset', 'unregister', 'unsubscribe',
])

/** `queue.get()`, `queue.get(True, timeout)`: with a key it would be that of a dict. */
export function takesNext({ func, args }: Call): boolean {
  return func.kind === 'Attribute' && func.attr === 'get' && args.every(({ form, name, value }, i) => form === 'keyword' ? name === 'block' || name === 'timeout' : i > 0 || (value.kind === 'Constant' && (value.type === 'True' || value.type === 'False')))
}

/** Give an element of the container. */
export const ELEMENT: ReadonlySet<string> = new Set(['get', '__getitem__', 'setdefault'])

/** Give something to walk, or a copy. */
export const WALKED: ReadonlySet<string> = new Set(['values', 'items', 'keys', 'copy', '__iter__', 'elements', 'most_common'])

const LOOKING_FUNCTIONS: ReadonlySet<string> = new Set([
  'print', 'repr', 'str', 'bool', 'isinstance', 'issubclass', 'sorted', 'sum', 'min', 'max', 'any', 'all', 'list', 'tuple', 'set', 'dict', 'frozenset', 'id', 'type',
  'hasattr', 'getattr', 'enumerate', 'zip', 'map', 'filter', 'reversed', 'iter', 'next', 'format', 'hash', 'callable', 'deepcopy', 'bytes', 'jsonify',
])

/** Methods of other objects that read their argument and let go of it. */
const LOOKING_METHODS: ReadonlySet<string> = new Set([
  'join', 'extend', 'update', 'union', 'intersection', 'difference', 'issubset', 'issuperset', 'isdisjoint', 'format', 'dumps', 'dump', 'copy', 'deepcopy', 'debug', 'info',
  'warning', 'error', 'exception', 'critical', 'log', 'pprint', 'pformat', 'write', 'writelines', 'choice', 'sample', 'fromkeys', 'startswith', 'endswith', 'chain', 'from_iterable',
  'assertEqual', 'assertIn', 'assertNotIn', 'assertTrue', 'assertFalse', 'reduce', 'dict', 'islice', 'product', 'bisect', 'bisect_left', 'bisect_right',
])

const HEAP_ADDING: ReadonlySet<string> = new Set(['heappush', 'insort', 'insort_left', 'insort_right'])

/** What a call does with its positional argument number `index` (-1: by keyword). */
export function doneToArgument({ func }: Call, index: number): 'read' | 'size' | 'iterate' | 'grow' | 'shrink' | 'escape' {
  const name = lastName(func) ?? ''
  if (name === 'len') return 'size'
  if (HEAP_ADDING.has(name) && index === 0) return 'grow'
  if (name === 'heappop' && index === 0) return 'shrink'
  const looks = func.kind === 'Name' ? LOOKING_FUNCTIONS : LOOKING_METHODS
  return looks.has(name) ? 'iterate' : 'escape'
}
