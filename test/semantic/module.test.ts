import { describe, expect, it } from 'vitest'
import { dumpScopes } from '../../server/src/semantic/dump.ts'
import { isBoundHere } from '../../server/src/semantic/scope.ts'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { Expr, FunctionDef } from '../../server/src/syntax/ast.ts'
import { dedent, find, linesOf, open, scopesOf } from './helpers.ts'

describe('globals used inside', () => {
  const used = (python: string): string[] => [...scopesOf(python).globalsUsedInside].sort()

  it('are those of the module that functions, lambdas, class bodies and generator expressions use', () => {
    expect(used(`
      a = b = c = d = e = 1
      def f(): return a
      g = lambda: b
      class C:
          x = c
          def m(self): return [d for _ in ()]
      (e for _ in ())
    `)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('are not those that only the module itself uses, in comprehensions too', () => {
    expect(used(`
      a = b = 1
      print(a, [b for _ in ()])
      def f(): pass
    `)).toEqual([])
  })

  it('are counted where a function inside a comprehension of the module uses them', () => {
    expect(used(`
      a = 1
      [lambda: a for _ in ()]
    `)).toEqual(['a'])
  })

  it('include those a function binds by a global declaration', () => {
    expect(used(`
      def f():
          global a
          a = 1
    `)).toEqual(['a'])
  })

  it('do not include builtins and names the module never binds', () => {
    expect(used(`
      def f(): return len(missing)
    `)).toEqual([])
  })
})

describe('scopes that see frames', () => {
  const sees = (body: string, before = ''): boolean => find(scopesOf(`${before}\ndef f(x):\n    ${body}\n`), 'f').seesFrames

  it.each([
    'locals()', 'vars()', 'dir()', 'globals()["x"]', 'eval("x")', 'exec(x)',
    'sys._getframe(1)', 'inspect.currentframe()', 'inspect.stack()', 'currentframe()',
  ])('%s sees the frame', (call) => expect(sees(call)).toBe(true))

  it.each(['vars(x)', 'dir(x)', 'x.eval("a")', 'x.locals()', 'stack()', 'print(x)'])('%s does not', (call) => expect(sees(call)).toBe(false))

  it('a local of the same name is no builtin', () => expect(sees('locals = x; locals()')).toBe(false))

  it('a comprehension runs in the frame around it', () => expect(sees('[locals() for _ in x]')).toBe(true))

  it('a function inside has a frame of its own', () => {
    const tree = scopesOf(`
      def f():
          def g(): return locals()
    `)
    expect([find(tree, 'f').seesFrames, find(tree, 'g').seesFrames]).toEqual([false, true])
  })

  it('the module too', () => expect(scopesOf('vars()\n').module.seesFrames).toBe(true))
})

describe('looking scopes up', () => {
  it('answers the scope a node opens; for a generic function that of its body', () => {
    const { source } = open('def f[T](x): return [y for y in x]\n')
    const tree = resolveScopes(source.body)
    const def = source.body[0] as FunctionDef
    const returned = def.body[0] as { readonly value: Extract<Expr, { kind: 'Comprehension' }> }
    expect([tree.scopeOf(def).kind, tree.scopeOf(def).name]).toEqual(['function', 'f'])
    expect(tree.scopeOf(returned.value).name).toBe('listcomp')
  })

  it('knows what is bound in a scope: parameters, imports and assignments', () => {
    const scope = find(scopesOf('def f(a):\n    import b\n    c = d\n'), 'f')
    expect([...scope.symbols.values()].filter(isBoundHere).map((symbol) => symbol.name)).toEqual(['a', 'b', 'c'])
  })
})

describe('the dump', () => {
  it('is plain data with lines as in symtable', () => {
    const { source } = open(dedent(`
      import os

      @decorator
      def f(x):
          return os
    `))
    expect(dumpScopes(resolveScopes(source.body, '3.13'), linesOf(source))).toEqual({
      scopes: [
        {
          name: 'top', kind: 'module', line: 0,
          symbols: {
            os: { scope: 'local', parameter: false, assigned: false, referenced: false, imported: true },
            decorator: { scope: 'global-implicit', parameter: false, assigned: false, referenced: true, imported: false },
            f: { scope: 'local', parameter: false, assigned: true, referenced: false, imported: false },
          },
        },
        {
          name: 'f', kind: 'function', line: 4,
          symbols: {
            x: { scope: 'local', parameter: true, assigned: false, referenced: false, imported: false },
            os: { scope: 'global-implicit', parameter: false, assigned: false, referenced: true, imported: false },
          },
        },
      ],
    })
  })

  it('lists names in alphabetical order, whatever edits brought them in', () => {
    const { source } = open('b = 1\na = 2\nc = 3\n')
    expect(Object.keys(dumpScopes(resolveScopes(source.body), linesOf(source)).scopes[0]?.symbols ?? {})).toEqual(['a', 'b', 'c'])
  })
})

describe('deep nesting', () => {
  it.each([
    ['operators', `x = ${'1 + '.repeat(20_000)}y\n`],
    ['lambdas', `x = ${'lambda: '.repeat(2_000)}y\n`],
    ['comprehensions', `x = ${'['.repeat(1_000)}y${' for z in q]'.repeat(1_000)}\n`],
    ['elif', `if a: pass\n${'elif y: pass\n'.repeat(3_000)}`],
    ['functions', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}def f():\n`).join('') + `${' '.repeat(300)}y\n`],
    ['classes', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}class C:\n`).join('') + `${' '.repeat(300)}y\n`],
  ])('of %s is no problem', (_, python) => expect(() => resolveScopes(open(python).source.body)).not.toThrow())
})
