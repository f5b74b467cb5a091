/**
 * Python expressions and the shapes they make. `measured`: resident bytes per element on CPython 3.8.18, 3.9.18, 3.10.13,
 * 3.11.7, 3.12.1, 3.13.0 and 3.14.10 (x86-64 Linux), the growth of a fresh process's resident memory divided by n.
 */
import { exactly, type Range } from '../../../server/src/values/range.ts'
import type { Growth, StrWidth } from '../../../server/src/values/sizes/formulas.ts'
import type { Shape } from '../../../server/src/values/sizes/shape.ts'

export interface Case {
  readonly python: string
  shape(n: number): Shape
  readonly measured?: { readonly n: number; readonly perElement: readonly number[] }
}

/** How far a measured amount lies outside an estimate, as a part of the amount. */
export function deviation(estimate: Range, measured: number): number {
  return Math.max(estimate.low - measured, measured - (estimate.high ?? Infinity), 0) / measured
}

/** Names the expressions use. "New" ints start at 1,000, so that each is an object of its own. */
export const prelude = `
import array, csv, json
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

class Plain2:
    def __init__(self): self.a = self.b = None

class Plain5:
    def __init__(self): self.a = self.b = self.c = self.d = self.e = None

class Plain40:
    def __init__(self): ${Array.from({ length: 40 }, (_, i) => `self.a${i} = `).join('')}None

class Slots2:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = self.b = None

Pair = namedtuple('Pair', 'a b')
new = range(1000, 1000 + n)
existing = list(new)
words = ['%08d' % i for i in range(n)]
text = ' '.join(words)

def grow():
    items = []
    for i in new: items.append(i)
    return items

def one_item_lists():
    groups = defaultdict(list)
    for i in existing: groups[i].append(None)
    return groups
`

const none: Shape = { kind: 'shared', name: 'None' }
const existing: Shape = { kind: 'shared' }
const float: Shape = { kind: 'float' }
const newInt = (n: number): Shape => ({ kind: 'int', range: { low: 1000, high: 999 + n }, distinct: true })
const str = (length: number, width: StrWidth = 'ascii'): Shape => ({ kind: 'str', length: exactly(length), width })
const list = (n: number, element: Shape, growth: Growth = 'appended'): Shape => (
  { kind: 'list', count: exactly(n), growth, element })
const tuple = (...items: Shape[]): Shape => ({ kind: 'tuple', items })
const dict = (n: number, key: Shape, value: Shape, strKeys: boolean): Shape => ({ kind: 'dict', count: exactly(n), key, value, strKeys })
const record = (...values: Shape[]): Shape => ({ kind: 'dict', strKeys: true, entries: values.map(value => [existing, value] as const) })
const instance = (attributes: number, slots = false): Shape => (
  { kind: 'instance', name: 'C', slots, attributes: Array.from({ length: attributes }, () => none) })
const listOf = (element: Shape) => (n: number) => list(n, element)
const at = (n: number, ...perElement: number[]) => ({ n, perElement })
const million = 1_000_000

export const cases: readonly Case[] = [
  { python: '[None] * n', shape: n => list(n, none, 'exact'), measured: at(10 * million, 8, 8, 8, 8, 8, 8, 8) },
  { python: 'list(new)', shape: n => list(n, newInt(n), 'exact'), measured: at(3 * million, 40, 40, 40, 40, 40, 40, 40) },
  { python: '[i for i in new]', shape: n => list(n, newInt(n)), measured: at(3 * million, 40, 40, 40, 40, 40, 40, 40) },
  { python: 'grow()', shape: n => list(n, newInt(n)) },
  { python: '[[None, None] * 5000] * n', shape: n => list(n, { kind: 'shared', of: list(10_000, none, 'exact') }, 'exact') },
  {
    python: '[i + 2**40 for i in new]', shape: listOf({ kind: 'int', range: { low: 2 ** 40, high: 2 ** 41 } }),
    measured: at(3 * million, 57, 57, 56, 56, 56, 56, 56),
  },
  { python: '[float(i) for i in new]', shape: listOf(float), measured: at(3 * million, 40, 40, 40, 40, 40, 40, 40) },
  { python: '[complex(i, i) for i in new]', shape: listOf({ kind: 'complex' }) },
  { python: "['%08d' % i for i in new]", shape: listOf(str(8)), measured: at(2 * million, 73, 73, 72, 72, 72, 72, 72) },
  { python: "['%050d' % i for i in new]", shape: listOf(str(50)), measured: at(2 * million, 122, 122, 121, 121, 104, 104, 104) },
  {
    python: "['%07d\\xe9' % i for i in new]", shape: listOf(str(8, 'latin1')),
    measured: at(2 * million, 106, 106, 104, 104, 88, 88, 88),
  },
  { python: "['%07d\\u20ac' % i for i in new]", shape: listOf(str(8, 'ucs2')) },
  { python: "['%07d\\U0001f600' % i for i in new]", shape: listOf(str(8, 'ucs4')) },
  {
    python: "[b'%08d' % i for i in new]", shape: listOf({ kind: 'bytes', length: exactly(8) }),
    measured: at(2 * million, 57, 57, 56, 56, 56, 56, 56),
  },
  { python: "['a' for i in new]", shape: listOf(str(1)) },
  { python: 'list(text)', shape: n => list(9 * n - 1, str(1), 'exact') },
  {
    python: '[(i, i) for i in new]', shape: n => list(n, tuple(newInt(n), existing)),
    measured: at(2 * million, 106, 106, 104, 104, 104, 104, 104),
  },
  { python: '[tuple([None] * 5) for i in new]', shape: listOf(tuple(none, none, none, none, none)) },
  { python: '[() for i in new]', shape: listOf(tuple()) },
  { python: '[[] for i in new]', shape: listOf(list(0, none)), measured: at(2 * million, 73, 73, 72, 72, 72, 72, 72) },
  {
    python: '[[None] for i in new]', shape: listOf(list(1, none, 'exact')),
    measured: at(2 * million, 89, 89, 88, 88, 88, 88, 88),
  },
  {
    python: '[[0] * 10 for i in new]', shape: listOf(list(10, none, 'exact')),
    measured: at(million, 155, 155, 153, 153, 153, 153, 152),
  },
  { python: '[[0 for _ in range(10)] for i in new]', shape: listOf(list(10, { kind: 'int', range: exactly(0) })) },
  { python: '[{} for i in new]', shape: listOf(record()), measured: at(2 * million, 73, 73, 72, 72, 72, 72, 72) },
  {
    python: "[{'a': None, 'b': None} for i in new]", shape: listOf(record(none, none)),
    measured: at(million, 251, 251, 250, 201, 201, 201, 200),
  },
  {
    python: "[dict.fromkeys('abcdef') for i in new]", shape: listOf(dict(6, existing, none, true)),
    measured: at(600_000, 388, 388, 381, 282, 282, 282, 281),
  },
  { python: '[{i: None} for i in new]', shape: n => list(n, dict(1, newInt(n), none, false)) },
  {
    python: '[set() for i in new]', shape: listOf({ kind: 'set', items: [] }),
    measured: at(million, 236, 236, 236, 236, 236, 236, 235),
  },
  {
    python: '[Plain2() for i in new]', shape: listOf(instance(2)),
    measured: at(1.5 * million, 171, 170, 169, 104, 88, 104, 104),
  },
  {
    python: '[Plain5() for i in new]', shape: listOf(instance(5)),
    measured: at(1.5 * million, 171, 170, 169, 137, 120, 121, 121),
  },
  { python: '[Plain40() for _ in range(n // 50)]', shape: n => list(n / 50, instance(40)) },
  { python: '[Slots2() for i in new]', shape: listOf(instance(2, true)), measured: at(2 * million, 57, 57, 56, 56, 56, 56, 56) },
  {
    python: '[Pair(None, None) for i in new]', shape: listOf({ kind: 'namedtuple', name: 'Pair', items: [none, none] }),
    measured: at(2 * million, 73, 73, 72, 72, 72, 72, 88),
  },
  { python: '[range(10) for i in new]', shape: listOf({ kind: 'range' }) },
  {
    python: '{i: None for i in new}', shape: n => dict(n, newInt(n), none, false),
    measured: at(2 * million, 74, 74, 74, 74, 74, 74, 74),
  },
  {
    python: "{'%08d' % i: i for i in new}", shape: n => dict(n, str(8), newInt(n), true),
    measured: at(1.5 * million, 154, 153, 152, 137, 137, 137, 137),
  },
  { python: 'dict.fromkeys(existing)', shape: n => dict(n, existing, none, false) },
  {
    python: 'Counter(existing)',
    shape: n => ({ kind: 'Counter', count: exactly(n), key: existing, value: { kind: 'int', range: exactly(1) }, strKeys: false }),
  },
  {
    python: 'OrderedDict.fromkeys(existing)',
    shape: n => ({ kind: 'OrderedDict', count: exactly(n), key: existing, value: none, strKeys: false }),
  },
  {
    python: 'one_item_lists()',
    shape: n => ({ kind: 'defaultdict', count: exactly(n), key: existing, value: list(1, none), strKeys: false }),
    measured: at(million, 140, 140, 138, 138, 138, 138, 138),
  },
  {
    python: '{i for i in new}', shape: n => ({ kind: 'set', count: exactly(n), element: newInt(n) }),
    measured: at(2 * million, 66, 66, 66, 66, 66, 66, 65),
  },
  {
    python: "{'%08d' % i for i in new}", shape: n => ({ kind: 'set', count: exactly(n), element: str(8) }),
    measured: at(1.5 * million, 110, 110, 109, 109, 109, 109, 108),
  },
  { python: 'frozenset(existing)', shape: n => ({ kind: 'frozenset', count: exactly(n), element: existing }) },
  {
    python: 'tuple(new)', shape: n => ({ kind: 'tuple', count: exactly(n), element: newInt(n) }),
    measured: at(3 * million, 40, 40, 40, 40, 40, 40, 40),
  },
  {
    python: 'deque(existing)', shape: n => ({ kind: 'deque', count: exactly(n), element: existing }),
    measured: at(10 * million, 8, 8, 8, 8, 8, 8, 8),
  },
  {
    python: "array.array('q', existing)",
    shape: n => ({ kind: 'array', type: 'array.array', dtype: 'int64', count: exactly(n), itemsize: 8 }),
  },
  { python: 'bytes(n)', shape: n => ({ kind: 'bytes', length: exactly(n) }) },
  { python: 'bytearray(n)', shape: n => ({ kind: 'bytearray', length: exactly(n) }) },
  { python: "'a' * n", shape: n => str(n) },
  { python: "'\\U0001f600' * n", shape: n => str(n, 'ucs4') },
  { python: 'text.split()', shape: listOf(str(8)), measured: at(2 * million, 73, 73, 72, 72, 72, 72, 72) },
  {
    python: "json.loads('[' + ','.join('{\"id\": %d, \"name\": \"%010d\"}' % (i, i) for i in new) + ']')",
    shape: n => list(n, record(newInt(n), str(10))),
    measured: at(500_000, 348, 345, 342, 291, 294, 292, 291),
  },
  {
    python: "list(csv.reader(','.join([word] * 5) for word in words))", shape: listOf(list(5, str(8))),
    measured: at(400_000, 464, 463, 457, 457, 457, 457, 455),
  },
]
