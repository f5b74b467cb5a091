import { describe, expect, it } from 'vitest'
import { resolveScopes } from '../../server/src/semantic/scopes.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { dedent, names, open, printed } from './helpers.ts'

function expectNames(python: string, expected: string, target: TargetVersion): void {
  expect(names(python, target), dedent(python)).toBe(dedent(expected).trimEnd())
}

describe('type parameters (PEP 695)', () => {
  it('of a function live in a scope around it and are seen inside', () => {
    expectNames(`
      def first[T: Sized](items: list[T], default=None) -> T:
          x: T = items[0]
    `, `
      module: first local assigned
        type-parameters first: .defaults local parameter, T cell assigned read, list global-implicit read
          type-variable T: Sized global-implicit read
          function first: T free read, default local parameter, items local parameter read, x local annotated assigned
    `, '3.13')
  })

  it('of a class are seen by its body and its methods', () => {
    expectNames(`
      class Box[T](Base[T]):
          def get(self):
              return T
    `, `
      module: Box local assigned
        type-parameters Box: .generic_base local assigned read, .type_params cell assigned read, Base global-implicit read, T cell assigned read
          class Box: .type_params free read, T free, __type_params__ local assigned, get local assigned
            function get: T free read, self local parameter
    `, '3.13')
  })

  it('of a method see the names of its class', () => {
    expectNames(`
      class C:
          Item = int
          def m[T](self, x: Item): pass
    `, `
      module: C local assigned
        class C: Item local assigned, int global-implicit read, m local assigned
          type-parameters m: .defaults local parameter, Item global-implicit read, T local assigned, __classdict__ free read
            function m: self local parameter, x local parameter
    `, '3.13')
  })

  it('of an alias are seen by its value, which has a scope of its own', () => {
    expectNames(`
      type Pair[T] = tuple[T, T]
    `, `
      module: Pair local assigned
        type-parameters Pair: T cell assigned
          type-alias Pair: T free read, tuple global-implicit read
    `, '3.13')
  })

  it('with private names are mangled with the class they belong to; other names of its header are not', () => {
    expectNames(`
      class C[__T](__Base):
          x = __T
    `, `
      module: C local assigned
        type-parameters C: .generic_base local assigned read, .type_params cell assigned read, _C__T cell assigned, __Base global-implicit read
          class C: .type_params free read, _C__T free read, __type_params__ local assigned, x local assigned
    `, '3.13')
  })
})

describe('defaults of type parameters (PEP 696)', () => {
  // The parser does not know them yet: the tree is made by hand.
  it('have a scope of their own, as bounds have', () => {
    const [alias, other] = open('type A[T: int] = T\nDefault\n').source.body
    if (alias?.kind !== 'TypeAlias' || other?.kind !== 'ExprStmt') throw new Error('not what was written')
    const typeParams = alias.typeParams.map((parameter) => ({ ...parameter, default: other.value }))
    expect(printed(resolveScopes([{ ...alias, typeParams }], '3.13').module)).toBe(dedent(`
      module: A local assigned
        type-parameters A: T cell assigned
          type-variable T: int global-implicit read
          type-variable T: Default global-implicit read
          type-alias A: T free read
    `).trimEnd())
  })
})

describe('annotations', () => {
  const SIGNATURE = `
    def f(x: A) -> B:
        y: C = x
  `

  it('up to 3.13 are evaluated in the scope around the function; those of locals are not, but count as uses', () => {
    expectNames(SIGNATURE, `
      module: A global-implicit read, B global-implicit read, f local assigned
        function f: C global-implicit read, x local parameter read, y local annotated assigned
    `, '3.13')
  })

  it('since 3.14 have scopes of their own; those of locals are left out (PEP 649)', () => {
    expectNames(SIGNATURE, `
      module: f local assigned
        annotation __annotate__: .format local parameter read, A global-implicit read, B global-implicit read
        function f: x local parameter read, y local annotated assigned
          annotation __annotate__: .format local parameter read
    `, '3.14')
  })

  const FUTURE = `
    from __future__ import annotations
    class C:
        x: A
    def f(x: B): pass
  `

  it('after the future import were still read in 3.9', () => {
    expectNames(FUTURE, `
      module: B global-implicit read, C local assigned, annotations local imported, f local assigned
        class C: A global-implicit read, x local annotated assigned
        function f: x local parameter
    `, '3.9')
  })

  it('after the future import are text since 3.10', () => {
    expectNames(FUTURE, `
      module: C local assigned, annotations local imported, f local assigned
        class C: x local annotated assigned
        function f: x local parameter
    `, '3.10')
  })

  it('a future import that does not come first changes nothing', () => {
    expectNames(`
      x = 1
      from __future__ import annotations
      y: A = x
    `, `
      module: A global-implicit read, annotations local imported, x local assigned read, y local annotated assigned
    `, '3.13')
  })

  it('since 3.14 the variable annotations of a body share one scope, which sees the names of the class', () => {
    expectNames(`
      class C:
          T = int
          a: T
          if a:
              b: U
    `, `
      module: C local assigned
        class C: T local assigned, __conditional_annotations__ global-implicit read, a local annotated assigned read, \
b local annotated assigned, int global-implicit read
          annotation __annotate__: .format local parameter read, T global-implicit read, U global-implicit read, __classdict__ free read
    `, '3.14')
  })
})
