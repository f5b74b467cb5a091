import { describe, expect, it } from 'vitest'
import { mangle } from '../../server/src/semantic/scope.ts'
import { dedent, find, names, printed, scopesOf } from './helpers.ts'

function expectNames(python: string, expected: string): void {
  expect(names(python), dedent(python)).toBe(dedent(expected).trimEnd())
}

describe('classes', () => {
  it('hide their names from their methods', () => {
    expectNames(`
      class C:
          limit = 1
          def method(self):
              return limit
    `, `
      module: C local assigned
        class C: limit local assigned, method local assigned
          function method: limit global-implicit read, self local parameter
    `)
  })

  it('see variables of a function around them, and so do their methods', () => {
    expectNames(`
      def outer():
          x = 1
          class C:
              y = x
              def method(self):
                  return x
    `, `
      module: outer local assigned
        function outer: C local assigned, x cell assigned
          class C: method local assigned, x free read, y local assigned
            function method: self local parameter, x free read
    `)
  })

  it('that bind a name of their own still pass the outer one to their methods', () => {
    expectNames(`
      def outer():
          x = 1
          class C:
              x = 2
              def method(self):
                  return x
    `, `
      module: outer local assigned
        function outer: C local assigned, x cell assigned
          class C: method local assigned, x local assigned
            function method: self local parameter, x free read
    `)
  })

  it('evaluate bases, keywords and decorators outside', () => {
    expectNames(`
      @register
      class C(Base, metaclass=Meta): pass
    `, `
      module: Base global-implicit read, C local assigned, Meta global-implicit read, register global-implicit read
        class C:
    `)
  })
})

describe('__class__', () => {
  it('comes from the class for methods that name it or call super', () => {
    expectNames(`
      class C:
          def a(self): return super().a()
          def b(self): return __class__
    `, `
      module: C local assigned
        class C: a local assigned, b local assigned
          function a: __class__ free read, self local parameter, super global-implicit read
          function b: __class__ free read, self local parameter
    `)
  })

  it('passes through methods to functions inside them, and stops at the class', () => {
    expectNames(`
      def around():
          class C:
              def method(self):
                  return lambda: super()
    `, `
      module: around local assigned
        function around: C local assigned
          class C: method local assigned
            function method: __class__ free, self local parameter
              lambda lambda: __class__ free read, super global-implicit read
    `)
  })

  it('is a global like any other outside classes', () => {
    expectNames(`
      def f(): return super()
    `, `
      module: f local assigned
        function f: __class__ global-implicit read, super global-implicit read
    `)
  })
})

describe('private names', () => {
  it('carry the class in all scopes inside it', () => {
    expectNames(`
      class _Stack:
          __items = []
          def push(self, __item):
              import __json
              self.__items = [__x for __x in __item]
    `, `
      module: _Stack local assigned
        class _Stack: _Stack__items local assigned, push local assigned
          function push: _Stack__item local parameter read, _Stack__json local imported, self local parameter read
            comprehension listcomp: .0 local parameter, _Stack__x local assigned read
    `)
  })

  it('belong to the innermost class', () => {
    const tree = scopesOf(`
      class A:
          class B:
              __x = 1
          __y = 2
    `)
    expect(printed(find(tree, 'B'))).toBe('class B: _B__x local assigned')
    expect(find(tree, 'A').mangler).toBe('A')
    expect(find(tree, 'B').mangler).toBe('B')
  })

  it.each([
    ['Stack', '__items', '_Stack__items'],
    ['_Stack', '__items', '_Stack__items'],
    ['Stack', '__init__', '__init__'],
    ['Stack', '_items', '_items'],
    ['___', '__items', '__items'],
    [null, '__items', '__items'],
  ])('in class %s: %s is %s', (mangler, name, expected) => expect(mangle(mangler, name)).toBe(expected))
})
