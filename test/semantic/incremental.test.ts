import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ScopeTree } from '../../server/src/semantic/scope.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import { TARGET_VERSIONS, type TargetVersion } from '../../server/src/text/target-version.ts'
import { dedent, find, open, printed, USUAL } from './helpers.ts'

/** A file that is edited: its scopes before and after. */
function edit(python: string, search: string, replacement: string, target: TargetVersion = USUAL) {
  const text = dedent(python)
  const document = open(text)
  const before = resolveScopes(document.source.body, target)
  const start = text.indexOf(search)
  if (start === -1) throw new Error(`no ${search} in\n${text}`)
  const source = document.update([{ start, end: start + search.length, newText: replacement }])
  const after = resolveScopes(source.body, target, before)
  return { before, after, fresh: freshly(source.text, target) }
}

function freshly(text: string, target: TargetVersion): ScopeTree {
  return resolveScopes(open(text).source.body, target)
}

/** All that a tree says, for comparison. */
function facts(tree: ScopeTree): string {
  return `${printed(tree.module)}\nused inside: ${[...tree.globalsUsedInside].sort().join(', ')}\nsees frames: ${tree.module.seesFrames}`
}

const FILE = `
  limit = 10
  class Stack:
      def push(self, item):
          self.__items.append(item)
      def pop(self):
          return __hidden, limit
  def outer():
      return limit
  def other(x):
      return x + 1
`

describe('after an edit in one function', () => {
  const { before, after, fresh } = edit(FILE, 'x + 1', 'x + limit')

  it('the result is that of the whole file', () => expect(facts(after)).toBe(facts(fresh)))

  it('scopes of other functions are the same objects', () => {
    expect(find(after, 'outer')).toBe(find(before, 'outer'))
    expect(find(after, 'Stack')).toBe(find(before, 'Stack'))
    expect(find(after, 'other')).not.toBe(find(before, 'other'))
  })

  it('names of the module and globals used inside are the same objects', () => {
    expect(after.module.symbols).toBe(before.module.symbols)
    expect(after.globalsUsedInside).toBe(before.globalsUsedInside)
  })
})

describe('after an edit in one method', () => {
  const { before, after, fresh } = edit(FILE, 'append(item)', 'append(limit)')

  it('the result is that of the whole file', () => expect(facts(after)).toBe(facts(fresh)))

  it('the scopes of the other methods are the same objects', () => {
    expect(find(after, 'pop')).toBe(find(before, 'pop'))
    expect(find(after, 'push')).not.toBe(find(before, 'push'))
  })

  it('also where Python 3.14 has annotation scopes that see the class', () => {
    const lazy = edit(FILE, 'append(item)', 'append(limit)', '3.14')
    expect(facts(lazy.after)).toBe(facts(lazy.fresh))
    expect(find(lazy.after, 'pop')).toBe(find(lazy.before, 'pop'))
  })
})

describe('an edit elsewhere changes what an untouched function means', () => {
  it.each([
    ['the class gets another name', 'Stack', 'Heap'],
    ['the class gets a type parameter', 'Stack:', 'Stack[limit]:'],
    ['a function declares a global', 'x + 1', 'x\n    global limit'],
    ['the last use inside goes away', 'return limit\n', 'pass\n'],
    ['a binding of the module goes away', 'limit = 10', 'pass'],
    ['the class moves into a function', 'class Stack:', 'def around(limit):\n  class Stack:'],
    ['annotations become text', 'limit = 10', 'from __future__ import annotations'],
    ['a call sees the frame of the module', 'limit = 10', 'locals()'],
  ])('%s', (_, search, replacement) => {
    for (const target of ['3.8', '3.13', '3.14'] as const) {
      const { after, fresh } = edit(FILE, search, replacement, target)
      expect(facts(after), target).toBe(facts(fresh))
    }
  })

  it('a name that an annotation of a method sees becomes one of the class', () => {
    const { before, after, fresh } = edit(`
      class C[T]:
          x = 1
          def m(self, a: T): pass
    `, 'x = 1', 'T = 1', '3.14')
    expect(facts(after)).toBe(facts(fresh))
    expect(facts(before)).not.toBe(facts(after))
  })
})

it('a version can have two successors', () => {
  const document = open('a = 1\ndef f(): return a\n')
  const first = resolveScopes(document.source.body, USUAL)
  const update = (newText: string) => {
    const { source } = document
    return resolveScopes(document.update([{ start: source.text.length, end: source.text.length, newText }]).body, USUAL, first)
  }
  const second = facts(update('b = 2\n'))
  const third = facts(update('c = 3\n'))
  expect([second, third]).toEqual([
    facts(freshly('a = 1\ndef f(): return a\nb = 2\n', USUAL)),
    facts(freshly('a = 1\ndef f(): return a\nb = 2\nc = 3\n', USUAL)),
  ])
})

const FOLDER = fileURLToPath(new URL('samples/', import.meta.url))
const SAMPLES = readdirSync(FOLDER).filter((file) => file.endsWith('.py')).map((file) => readFileSync(FOLDER + file, 'utf8'))
const INSERTED = [
  'x', ' ', '\n', '    ', '(', ')', ':', '"', 'global x\n', 'def f(x): return x\n', 'class C:\n', 'limit = 1\n', 'del counter\n', '\n    y: T = limit\n',
  'from __future__ import annotations\n', 'lambda: limit', '[limit for x in y]', 'nonlocal x\n', 'import limit\n',
]

it('after any edits the scopes are those of the whole file', () => {
  const change = fc.record({ at: fc.nat(), removed: fc.nat({ max: 30 }), newText: fc.constantFrom('', ...INSERTED) })
  const edits = fc.array(change, { minLength: 1, maxLength: 6 })
  fc.assert(fc.property(fc.constantFrom(...SAMPLES), fc.constantFrom(...TARGET_VERSIONS), edits, (sample, target, changes) => {
    const document = open(sample)
    let tree = resolveScopes(document.source.body, target)
    for (const { at, removed, newText } of changes) {
      const { text } = document.source
      const start = at % (text.length + 1)
      const source = document.update([{ start, end: Math.min(text.length, start + removed), newText }])
      tree = resolveScopes(source.body, target, tree)
      // Copies of all statements: nothing is known of them.
      expect(facts(tree), source.text).toBe(facts(resolveScopes(structuredClone(source.body), target)))
      expect(facts(resolveScopes(source.body, target)), source.text).toBe(facts(tree))
    }
    document.dispose()
  }), { numRuns: 150 })
}, 120_000)
