import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openDocument } from '../../server/src/service/analyser.ts'
import type { TextChange } from '../../server/src/service/document.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import type { Report } from '../../server/src/service/report.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

/** Says as much as it can, so that little can differ unnoticed. */
const settings = mergeSettings({ confidence: 'possible', assumeLarge: true })

/** Functions that depend on one another through what they return, keep and cost; methods, inheritance, nested and repeated classes. */
const WEB = `import json
import time
import numpy as np

LIMIT = 10 * 1024 * 1024

def load(path):
    return json.load(open(path))

def pick(path):
    rows = load(path)
    return rows[0]

def even(n):
    data = load(n)
    time.sleep(1)
    return odd(data)

def odd(n):
    data = load(n)
    time.sleep(2)
    return even(data)

def outer(path):
    def inner(name):
        return load(name)
    rows = inner(path)
    total = len(rows)
    time.sleep(3)
    return total

class Store:
    def keep(self, rows):
        self.rows = rows

    def read(self, path):
        rows = load(path)
        self.keep(rows)
        count = self.count(rows)
        time.sleep(1)
        return count

    def count(self, rows):
        return len(rows)

    class Part:
        def open(self, path):
            rows = self.take(path)
            size = len(rows)
            time.sleep(1)
            return size

        def take(self, path):
            return load(path)

class Child(Store):
    def read(self, path):
        rows = super().read(path)
        other = load(path)
        size = self.count(other)
        time.sleep(1)
        return size

class Twice:
    def one(self, path):
        return load(path)

class Twice:
    def one(self, path):
        rows = self.two(path)
        size = len(rows)
        time.sleep(1)
        return size

    def two(self, path):
        return np.load(path)

def use(path):
    store = Store()
    rows = load(path)
    store.keep(rows)
    n = store.count(rows)
    big = bytearray(LIMIT)
    big[0] = 1
    time.sleep(n)
    return store

def _private():
    rows = load('x')
    first = rows[0]
    time.sleep(1)
    print(first)

rows = load('a')
totals = len(rows)
time.sleep(totals)
print(use('b'))
`

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const TEXTS = [WEB, ...readdirSync(examples).filter(name => name.endsWith('.py')).map(name => readFileSync(`${examples}/${name}`, 'utf8'))]

/** Pieces of the programs themselves: what is typed in their place mostly still means something. */
const WORDS = ['load', 'pick', 'even', 'odd', 'rows', 'data', 'self', 'Store', 'Child', 'Twice', 'Part', 'keep', 'count', 'take', 'two', 'time', 'None', 'LIMIT', 'np', 'return', 'json']
const LINES = ['    rows = load(path)', '    return None', '        return load(path)', '    time.sleep(1)', 'def load(path):', '    def count(self, rows):', 'class Store:', '    del rows', 'import time', 'x = (', 'if x:', '']

type Edit =
  | { readonly kind: 'word'; readonly at: number; readonly word: string }
  | { readonly kind: 'line'; readonly at: number; readonly line: string }
  | { readonly kind: 'delete'; readonly at: number; readonly count: number }
  | { readonly kind: 'move'; readonly at: number; readonly count: number; readonly to: number }
  | { readonly kind: 'key'; readonly at: number; readonly key: string }
  | { readonly kind: 'double'; readonly at: number }

const where = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('word' as const), at: where, word: fc.constantFrom(...WORDS) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('line' as const), at: where, line: fc.constantFrom(...LINES) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: where, count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), at: where, count: fc.integer({ min: 1, max: 6 }), to: where }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('double' as const), at: where }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('key' as const), at: where, key: fc.constantFrom('(', ')', 'x', ' ', '\n', '#', '"', ':') }) },
)

/** The changes in the text that an edit means there. */
function changesOf(text: string, { at, ...what }: Edit): readonly TextChange[] {
  const lines = text.split('\n')
  const startOf = (line: number): number => lines.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0)
  const line = Math.floor(at * lines.length)
  switch (what.kind) {
    case 'word': {
      const words = [...text.matchAll(/\w+/g)]
      const found = words[Math.floor(at * words.length)]
      return found === undefined ? [] : [{ start: found.index, end: found.index + found[0].length, newText: what.word }]
    }
    case 'line': return [{ start: startOf(line), end: startOf(line), newText: `${what.line}\n` }]
    case 'double': return [{ start: startOf(line), end: startOf(line), newText: `${lines[line]!}\n` }]
    case 'delete': return [{ start: startOf(line), end: Math.min(text.length, startOf(line + what.count)), newText: '' }]
    case 'move': {
      const start = startOf(line)
      const moved = text.slice(start, startOf(line + what.count))
      const rest = text.slice(0, start) + text.slice(start + moved.length)
      const target = rest.indexOf('\n', Math.floor(what.to * rest.length)) + 1
      return [{ start, end: start + moved.length, newText: '' }, { start: target, end: target, newText: moved }]
    }
    case 'key': {
      const offset = Math.floor(at * text.length)
      return [{ start: offset, end: offset, newText: what.key }]
    }
  }
}

function fresh(text: string): Report {
  const document = openDocument(engine, text, 0, settings)
  const report = document.report()
  document.dispose()
  return report
}

test('after any edits the findings are those of a fresh analysis', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS), fc.array(edit, { minLength: 1, maxLength: 12 }), (text, edits) => {
      const document = openDocument(engine, text, 0, settings)
      document.report()
      for (const next of edits) {
        document.update(changesOf(document.text, next), 0)
        expect(document.report(), `after ${JSON.stringify(next)}:\n${document.text}`).toEqual(fresh(document.text))
      }
      document.dispose()
    }),
    { numRuns: Number(process.env['REFLEAK_RUNS'] ?? 60), interruptAfterTimeLimit: 40_000 },
  )
})

test('the programs that are edited have findings', () => {
  for (const text of TEXTS) expect(fresh(text).findings.length, text).toBeGreaterThan(0)
})

test('what stands behind a class is behind it, also when it got a method', () => {
  const before = 'import util\n\nbig = util.load("x")\n\nclass A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n\nmade = util.make(A, big)\n'
  const document = openDocument(engine, before, 0, settings)
  document.report()
  const at = before.indexOf('made =')
  document.update([{ start: at - 1, end: at - 1, newText: '    def h(self):\n        return 3\n\n' }], 0)
  const report = document.report()
  expect(report).toEqual(fresh(document.text))
  expect(report.findings.some(f => f.name === 'big'), document.text).toBe(true)
  document.dispose()
})

test('of two methods of a name the last counts, also when the first is what was typed', () => {
  const before = 'import json\nimport time\n\nclass Store:\n    def read(self, path):\n        return json.load(open(path))\n\n    def use(self, path):\n        rows = self.read(path)\n        print(len(rows))\n        time.sleep(60)\n'
  const document = openDocument(engine, before, 0, settings)
  document.report()
  for (const typed of ['    def read(self, path):\n', '        return 1\n\n']) {
    const at = document.text.lastIndexOf('    def read')
    document.update([{ start: at, end: at, newText: typed }], 0)
    expect(document.report(), document.text).toEqual(fresh(document.text))
    expect(fresh(document.text).findings.find(f => f.name === 'rows')?.size?.basis, document.text).toMatch(/json\.load/)
  }
  document.dispose()
})

test('a class that is cut in two has only the methods that are left to it', () => {
  const before = 'import json\nimport time\n\nclass Store:\n    def read(self, path):\n        return json.load(open(path))\n\n    def use(self, path):\n        rows = self.read(path)\n        print(len(rows))\n        time.sleep(60)\n'
  const document = openDocument(engine, before, 0, settings)
  const basis = (report: Report) => report.findings.find(f => f.name === 'rows')?.size?.basis ?? ''
  expect(basis(document.report())).toMatch(/json\.load/)
  const at = before.indexOf('    def use')
  document.update([{ start: at, end: at, newText: 'class User:\n' }], 0)
  expect(document.report(), document.text).toEqual(fresh(document.text))
  expect(basis(fresh(document.text))).not.toMatch(/json\.load/)
  document.dispose()
})
