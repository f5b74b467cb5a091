import { describe, expect, it } from 'vitest'
import { dedent, names } from './helpers.ts'

function expectNames(python: string, expected: string): void {
  expect(names(python), dedent(python)).toBe(dedent(expected).trimEnd())
}

describe('functions', () => {
  it('own what they bind; everything else comes from the module or the builtins', () => {
    expectNames(`
      def area(width, height=1):
          result = width * height
          print(result)
    `, `
      module: area local assigned
        function area: height local parameter read, print global-implicit read, result local assigned read, width local parameter read
    `)
  })

  it('have all kinds of parameters', () => {
    expectNames(`
      def f(a, /, b, *c, d, **e): pass
    `, `
      module: f local assigned
        function f: a local parameter, b local parameter, c local parameter, d local parameter, e local parameter
    `)
  })

  it('evaluate defaults and decorators outside', () => {
    expectNames(`
      @decorator
      def f(x=default): pass
    `, `
      module: decorator global-implicit read, default global-implicit read, f local assigned
        function f: x local parameter
    `)
  })

  it('share a variable with an inner function as a cell', () => {
    expectNames(`
      def outer():
          x = 1
          def inner():
              return x
          return inner
    `, `
      module: outer local assigned
        function outer: inner local assigned read, x cell assigned
          function inner: x free read
    `)
  })

  it('pass a variable on to a function further inside', () => {
    expectNames(`
      def outer():
          x = 1
          def middle():
              def inner():
                  return x
    `, `
      module: outer local assigned
        function outer: middle local assigned, x cell assigned
          function middle: inner local assigned, x free
            function inner: x free read
    `)
  })

  it('do not see names of the module as their own, even if they only read them', () => {
    expectNames(`
      limit = 10
      def f():
          return limit
    `, `
      module: f local assigned, limit local assigned
        function f: limit global-implicit read
    `)
  })

  it('own a name for their whole body as soon as one statement binds it', () => {
    expectNames(`
      def f():
          print(x)
          x = 1
    `, `
      module: f local assigned
        function f: print global-implicit read, x local assigned read
    `)
  })

  it('are known by their lambdas as any other function', () => {
    expectNames(`
      def f(k):
          return lambda v, d=default: k + v
    `, `
      module: f local assigned
        function f: default global-implicit read, k cell parameter
          lambda lambda: d local parameter, k free read, v local parameter read
    `)
  })
})

describe('declarations', () => {
  it('global: the function binds the name of the module', () => {
    expectNames(`
      def f():
          global counter
          counter = 1
    `, `
      module: counter global-explicit, f local assigned
        function f: counter global-explicit assigned
    `)
  })

  it('global: hides a variable of a function around it, also from functions inside', () => {
    expectNames(`
      def outer():
          x = 1
          def middle():
              global x
              def inner():
                  return x
    `, `
      module: outer local assigned, x global-explicit
        function outer: middle local assigned, x local assigned
          function middle: inner local assigned, x global-explicit
            function inner: x global-implicit read
    `)
  })

  it('nonlocal: the function binds the variable of the function around it', () => {
    expectNames(`
      def outer():
          x = 1
          def inner():
              nonlocal x
              x = 2
    `, `
      module: outer local assigned
        function outer: inner local assigned, x cell assigned
          function inner: x free nonlocal assigned
    `)
  })

  it('nonlocal without such a variable (an error in Python) is no variable of the function', () => {
    expectNames(`
      def f():
          nonlocal missing
          return missing
    `, `
      module: f local assigned
        function f: missing global-implicit nonlocal read
    `)
  })
})

describe('what binds a name', () => {
  it('assignments of every form', () => {
    expectNames(`
      a = b = 0
      (c, [d, *e]) = x
      f += 1
      g: int = 1
      h: int
      obj.attribute = table[key] = 1
    `, `
      module: a local assigned, b local assigned, c local assigned, d local assigned, e local assigned, f local assigned, \
g local annotated assigned, h local annotated assigned, int global-implicit read, key global-implicit read, \
obj global-implicit read, table global-implicit read, x global-implicit read
    `)
  })

  it('an annotation in parentheses only binds with a value', () => {
    expectNames(`
      (a): int
      (b): int = 1
    `, `
      module: b local assigned, int global-implicit read
    `)
  })

  it('for, with, except and del', () => {
    expectNames(`
      def f(items):
          for i, j in items: pass
          with open(i) as (file, other): pass
          try: pass
          except OSError as error: pass
          del j
    `, `
      module: f local assigned
        function f: OSError global-implicit read, error local assigned, file local assigned, i local assigned read, \
items local parameter read, j local assigned, open global-implicit read, other local assigned
    `)
  })

  it('imports bind the first name, or the one after as', () => {
    expectNames(`
      import os.path
      import numpy as np, sys
      from a.b import c, d as e
      from f import *
    `, `
      module: c local imported, e local imported, np local imported, os local imported, sys local imported
    `)
  })

  it('patterns capture; dotted names, class names and keys are read', () => {
    expectNames(`
      def f(x):
          match x:
              case [first, *rest]: pass
              case {"k": value, **others}: pass
              case Point(px, y=py) as whole: pass
              case Color.RED | int(): pass
              case _: pass
    `, `
      module: f local assigned
        function f: Color global-implicit read, Point global-implicit read, first local assigned, int global-implicit read, \
others local assigned, px local assigned, py local assigned, rest local assigned, value local assigned, whole local assigned, x local parameter read
    `)
  })
})
