import { describe, expect, it } from 'vitest'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { dedent, find, names, scopesOf, USUAL } from './helpers.ts'

function expectNames(python: string, expected: string, target: TargetVersion = USUAL): void {
  expect(names(python, target), dedent(python)).toBe(dedent(expected).trimEnd())
}

describe('comprehensions', () => {
  it('own their targets; the first iterable is evaluated outside, the others inside', () => {
    expectNames(`
      def f(rows):
          return [cell for row in rows for cell in row if cell > low]
    `, `
      module: f local assigned
        function f: rows local parameter read
          comprehension listcomp: .0 local parameter, cell local assigned read, low global-implicit read, row local assigned read
    `)
  })

  it('of every form are scopes', () => {
    expectNames(`
      [a for a in x]; {b for b in x}; {c: d for c, d in x}; (e for e in x)
    `, `
      module: x global-implicit read
        comprehension listcomp: .0 local parameter, a local assigned read
        comprehension setcomp: .0 local parameter, b local assigned read
        comprehension dictcomp: .0 local parameter, c local assigned read, d local assigned read
        comprehension genexpr: .0 local parameter, e local assigned read
    `)
  })

  it('in a class body see nothing of the class but their first iterable', () => {
    expectNames(`
      class C:
          sizes = [1, 2]
          unit = 2
          scaled = [s * unit for s in sizes]
    `, `
      module: C local assigned
        class C: scaled local assigned, sizes local assigned read, unit local assigned
          comprehension listcomp: .0 local parameter, s local assigned read, unit global-implicit read
    `)
  })

  const USES_A_LOCAL = `
    def f(k):
        return [k * x for x in data]
  `

  it('up to 3.11 make a variable they use a cell, for they are functions', () => {
    expectNames(USES_A_LOCAL, `
      module: f local assigned
        function f: data global-implicit read, k cell parameter
          comprehension listcomp: .0 local parameter, k free read, x local assigned read
    `, '3.11')
  })

  it('since 3.12 run in the frame around them and share its variables (PEP 709)', () => {
    expectNames(USES_A_LOCAL, `
      module: f local assigned
        function f: data global-implicit read, k local parameter
          comprehension listcomp: .0 local parameter, k free read, x local assigned read
    `, '3.12')
  })

  it('since 3.12 still make a cell of what a function inside them uses', () => {
    const tree = scopesOf(`
      def f(k):
          return [[lambda: k for y in x] for x in data]
    `, '3.12')
    expect(find(tree, 'f').symbols.get('k')?.scope).toBe('cell')
  })

  it('generator expressions are functions in all versions', () => {
    const tree = scopesOf(`
      def f(k):
          return (k * x for x in data)
    `, '3.14')
    expect(find(tree, 'f').symbols.get('k')?.scope).toBe('cell')
  })
})

describe('the walrus', () => {
  it('binds in the function', () => {
    expectNames(`
      def f():
          if (n := read()): return n
    `, `
      module: f local assigned
        function f: n local assigned read, read global-implicit read
    `)
  })

  it('in comprehensions binds in the function around all of them', () => {
    expectNames(`
      def f(rows):
          return [[last := cell for cell in row] for row in rows]
    `, `
      module: f local assigned
        function f: last cell assigned, rows local parameter read
          comprehension listcomp: .0 local parameter, last free, row local assigned read
            comprehension listcomp: .0 local parameter, cell local assigned read, last free nonlocal assigned
    `, '3.11')
  })

  it('in a comprehension of the module binds a global', () => {
    expectNames(`
      [last := x for x in data]
    `, `
      module: data global-implicit read, last global-explicit
        comprehension listcomp: .0 local parameter, last global-explicit assigned, x local assigned read
    `)
  })

  it('in a comprehension honours a global declaration of the function', () => {
    expectNames(`
      def f():
          global last
          [last := x for x in data]
    `, `
      module: f local assigned, last global-explicit
        function f: data global-implicit read, last global-explicit assigned
          comprehension listcomp: .0 local parameter, last global-explicit assigned, x local assigned read
    `)
  })

  it('in a lambda belongs to the lambda', () => {
    expectNames(`
      f = lambda: (y := 1)
    `, `
      module: f local assigned
        lambda lambda: y local assigned
    `)
  })
})
