/** What a module does with its globals, attributes and mutable defaults, occurrence by occurrence. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { Use } from '../../server/src/semantic/uses/use.ts'
import { usesOf } from '../../server/src/semantic/uses/uses.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

let engine: Engine
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())

function usesIn(text: string) {
  const document = openSource(engine, text)
  const uses = usesOf(document, document.source.body, resolveScopes(document.source.body))
  document.dispose()
  return uses
}

/** `deed`, with `'` for an element; the method or operator of a growth; the place. */
function told(uses: readonly Use[]): readonly string[] {
  return uses.map(u => `${u.deed}${u.depth === 1 ? "'" : ''}${u.growth ? ` ${u.growth.how}` : ''} in ${u.place.scope}`)
}

const globalX = (text: string) => told(usesIn(text).ofGlobal('X'))

describe('what is done with a global', () => {
  it.each([
    ['X = []', ['bind in <module>']],
    ['X: list = []', ['bind in <module>']],
    ['def X(): pass', ['bind in <module>']],
    ['class X:\n  def X(self): pass', ['bind in <module>']],
    ['try: pass\nexcept E as X: pass', ['bind in <module>']],
    ['match m:\n  case [X, *_]: pass', ['bind in <module>']],
    ['class C:\n  X = X + [1]', ['read in C']],
    ['def f(a: X) -> list[X]: pass', ['escape in <module>', 'escape in <module>']],
    ['def f():\n  a: "X | None" = 1', ['escape in f']],
    ['class C:\n  a: X', ['escape in C']],
    ['type A = X', ['escape in <module>']],
    ['def f[T: X](a: T): pass', ['escape in <module>']],
    ['X.append(1)', ['grow append in <module>']],
    ['def f(k, v): X[k] = v', ['grow […] = in f']],
    ['def f(k, v): X[k] += v', ["grow […] += in f", "grow' += in f"]],
    ['def f(k): del X[k]', ['shrink in f']],
    ['def f(k): return X.pop(k, None)', ['shrink in f']],
    ['def f(k): X[:] = []', ['shrink in f']],
    ['def f(v):\n  global X\n  X |= {v}', ['grow |= in f']],
    ['def f():\n  global X\n  X = {}', ['bind in f']],
    ['def f():\n  global X\n  del X', ['delete in f']],
    ['def f(k, v): X.setdefault(k, []).append(v)', ['grow setdefault in f', "grow' append in f"]],
    ['def f(k, v): X[k].append(v)', ['read in f', "grow' append in f"]],
    ['def f(k, v): X[k].discard(v)', ['read in f', "shrink' in f"]],
    ['def f():\n  for v in X.values():\n    v.clear()', ['iterate in f', "shrink' in f"]],
    ['def f():\n  for k, v in list(X.items()):\n    v.pop()', ['iterate in f', "shrink' in f"]],
    ['def f():\n  x = X\n  x.pop()', ['read in f', 'shrink in f']],
    ['def f():\n  x = X\n  x = []\n  x.pop()', ['read in f']],
    ['def f():\n  a, x = g, X\n  x.remove(1)', ['read in f', 'shrink in f']],
    ['def f(k):\n  x = X[k] = []\n  x.append(1)', ['grow […] = in f', "grow' append in f"]],
    ['def f(): return X', ['escape in f']],
    ['def f(): return list(X)', ['iterate in f']],
    ['def f(g): g(X)', ['escape in f']],
    ['def f(self): self.x = X', ['escape in f']],
    ['def f(): return len(X) > 3', ['size in f']],
    ['def f():\n  if not X: return', ['test in f']],
    ['def f(k): return k in X', ['read in f']],
    ['def f(): return [x for x in X]', ['iterate in f', "escape' in f"]],
    ['def f(): heapq.heappush(X, 1)', ['grow heappush in f']],
    ['def f(): add = X.append', ['escape in f']],
    ['def f(): X()', ['call in f']],
    ['@X\ndef f(): pass', ['decorate in <module>']],
    ['class C(X): pass', ['escape in <module>']],
    ['def f():\n  def g(): X.append(1)', ['grow append in f.g']],
    ['f = lambda: X.pop()', ['shrink in <module>']],
    ['def f(X): X.append(1)', []],
    ['def f():\n  X = []\n  X.append(1)', []],
    ['class C:\n  X = []', []],
    ['def f():\n  return X or {}', ['test in f', 'escape in f']],
    ['a, X = 1, 2', ['bind in <module>']],
    ['for X in y: pass', ['bind in <module>']],
  ] as const)('%s', (text, expected) => expect(globalX(text)).toEqual(expected))
})

describe('what is done with an attribute', () => {
  const owners = (text: string) => usesIn(text).ofAttribute('x').map(u => `${u.deed} of ${u.owner.kind}${'cls' in u.owner ? ` ${u.owner.cls}` : 'path' in u.owner ? ` ${u.owner.path}` : ''}`)
  it.each([
    ['class C:\n  x = []\n  def m(self): self.x.append(1)', ['bind of own C', 'grow of own C']],
    ['class C:\n  def m(self): type(self).x.append(1)', ['grow of own C']],
    ['class C:\n  def m(self):\n    def g(): self.x.clear()', ['shrink of own C']],
    ['class C:\n  @classmethod\n  def m(cls): cls.x.clear()', ['shrink of own C']],
    ['class C:\n  @staticmethod\n  def m(a): a.x.clear()', ['shrink of other']],
    ['C.x.clear()', ['shrink of path C']],
    ['def f(c): c.x.clear()', ['shrink of other']],
    ['class A:\n  class B:\n    def m(self): self.x = 1', ['bind of own A.B']],
    ['if a:\n  class C:\n    x = []', ['bind of own C']],
  ] as const)('%s', (text, expected) => expect(owners(text)).toEqual(expected))
})

it('follows parameters with a container as default', () => {
  expect(told(usesIn('def f(a, seen=[], n=1):\n  seen.append(a)\n  return len(seen)').ofDefault('seen'))).toEqual(['grow append in f', 'size in f'])
})

it('tells what runs at import from what runs later', () => {
  const uses = usesIn('X.a\nY = [X for _ in y]\nZ = (X for _ in y)\nW = any(X for _ in y)\nV = lambda: X\nclass C:\n  v = X\n')
  expect(uses.ofGlobal('X').map(u => u.place.atImport)).toEqual([true, true, false, true, false, true, true])
})

it('keeps what it has read off statements that an edit leaves alone, and sees what a class body binds now', () => {
  const document = openSource(engine, 'def f(): X.pop()\nclass C:\n  y = X\n  def m(self): X.pop()\n')
  const first = usesOf(document, document.source.body, resolveScopes(document.source.body)).ofGlobal('X')
  document.update([{ start: document.source.text.indexOf('  def m'), end: document.source.text.indexOf('  def m'), newText: '  X = []\n' }])
  const second = usesOf(document, document.source.body, resolveScopes(document.source.body)).ofGlobal('X')
  document.dispose()
  expect(told(first)).toEqual(['shrink in f', 'read in C', 'escape in C', 'shrink in C.m'])
  expect(told(second)).toEqual(['shrink in f', 'read in C', 'shrink in C.m'])
  expect(second[0]).toBe(first[0])
})
