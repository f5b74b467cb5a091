import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FunctionDef, Stmt } from '../../server/src/syntax/ast.ts'
import { forEachChild } from '../../server/src/syntax/walk.ts'
import { dedent, dumped, examples, read } from './helpers.ts'
import { SAMPLES, SNIPPETS } from './samples.ts'

/** Checks what is made of text that Python rejects. */
function recovers(name: string, python: string, expected: string): void {
  test(name, () => {
    expect(read(dedent(python)).hasErrors).toBe(true)
    expect(`\n${dumped(dedent(python))}\n`).toBe(`\n${dedent(expected).trimEnd()}\n`)
  })
}

describe('an error breaks the function it is in, and nothing else', () => {
  recovers('an unclosed bracket', `
    def f(a):
        x = g(a, [1
    def g(b):
        return b
    `, `
    FunctionDef f [(positional a - -)] -> - broken
      ErrorStmt
    FunctionDef g [(positional b - -)] -> -
      Return b
    `)
  recovers('an unclosed bracket before a decorated method', `
    class A:
        def f(self):
            return (1,
        @property
        def g(self):
            return 2
    `, `
    ClassDef A []
      FunctionDef f [(positional self - -)] -> - broken
        ErrorStmt
      FunctionDef @property g [(positional self - -)] -> -
        Return int:2
    `)
  recovers('half a call, the closing bracket added by the editor', `
    def f(a):
        a.
        return a
    def g(): pass
    `, `
    FunctionDef f [(positional a - -)] -> - broken
      ErrorStmt
    FunctionDef g [] -> -
      Pass
    `)
  recovers('a nested function', `
    def f():
        def g():
            x = = 1
        def h():
            return 1
    `, `
    FunctionDef f [] -> - broken
      FunctionDef g [] -> - broken
        ErrorStmt
      FunctionDef h [] -> -
        Return int:1
    `)
  recovers('no body yet', `
    def f():

    def g():
        if x:
    class A:
    y = 1
    `, `
    FunctionDef f [] -> - broken
    FunctionDef g [] -> - broken
      If x
    ClassDef A []
    Assign [y] int:1
    `)
  recovers('a header that is being typed keeps the name', `
    class Shape(Base, key=
        def area(self):
            return 1
    def f(a, b=
        return a
    `, `
    ClassDef Shape []
      FunctionDef area [(positional self - -)] -> -
        Return int:1
    FunctionDef f [] -> - broken
      ErrorStmt
    `)
  recovers('a quote that is not closed ends with its line', `
    x = "abc
    def f():
        return 'x
    y = 1
    `, `
    ErrorStmt
    FunctionDef f [] -> - broken
      ExprStmt x
      ErrorStmt
    Assign [y] int:1
    `)
})

describe('what the parser would let pass', () => {
  recovers('a statement that goes on in the next line', `
    x =
    y = 1
    import a.
    b()
    `, `
    ErrorStmt
    Assign [y] int:1
    ErrorStmt
    ExprStmt (Call b)
    `)
  recovers('a header that goes on in the next line', `
    def f(a):
        for x in
            y:
            pass
    `, `
    FunctionDef f [(positional a - -)] -> - broken
      For x y
        Pass
    `)
  recovers('backquotes', 'def f(): return `x`\ny = 1', `
    FunctionDef f [] -> - broken
      ErrorStmt
    Assign [y] int:1
    `)
  recovers('parameters that are patterns', 'def f(a, (b, c)): pass', `
    FunctionDef f [(positional a - -)] -> - broken
      Pass
    `)
})

describe('lines whose place is doubtful', () => {
  recovers('indentation that fits nothing around it', `
    class A:
        def f(self):
            pass
      x = 1
        y = 2
    z = 3
    `, `
    ClassDef A []
      FunctionDef f [(positional self - -)] -> - broken
        Pass
    ErrorStmt
    Assign [z] int:3
    `)
  recovers('a conflict that git left', `
    def f():
        a
    <<<<<<< HEAD
        b
    =======
        c
    >>>>>>> branch
    def g():
        d
    def h():
        e
    `, `
    FunctionDef f [] -> - broken
      ExprStmt a
    ErrorStmt
    ErrorStmt
    ErrorStmt
    FunctionDef g [] -> - broken
      ExprStmt d
    FunctionDef h [] -> -
      ExprStmt e
    `)
  recovers('a clause of nothing', 'else:\n    x = 1\ny = 2', `
    ErrorStmt
    Assign [y] int:2
    `)
  recovers('an indented first line', '  x = 1\ny = 2', `
    ErrorStmt
    Assign [y] int:2
    `)
})

describe('depth', () => {
  const n = 10_000
  const deep: Readonly<Record<string, string>> = {
    'brackets': `x = ${'('.repeat(n)}1${')'.repeat(n)}\n`,
    'lists': `x = ${'['.repeat(n)}${']'.repeat(n)}\n`,
    'brackets that are not closed': `x = ${'['.repeat(n)}\n`,
    'calls': `x = ${'f('.repeat(n)}${')'.repeat(n)}\n`,
    'a sum': `x = ${'a + '.repeat(n)}a\n`,
    'a power': `x = ${'a ** '.repeat(n)}a\n`,
    'attributes': `x = a${'.b'.repeat(n)}\n`,
    'and': `x = ${'a and b or '.repeat(n)}a\n`,
    'not': `x = ${'not '.repeat(n)}a\n`,
    'conditional expressions': `x = ${'a if b else '.repeat(n)}c\n`,
    'lambdas': `x = ${'lambda: '.repeat(n)}c\n`,
    'elif': `if a: pass\n${'elif b: pass\n'.repeat(n)}`,
    'f-strings': `x = ${'f"{'.repeat(n)}\n`,
    'patterns': `match x:\n    case ${'['.repeat(n)}${']'.repeat(n)}: pass\n`,
    'blocks': `${Array.from({ length: 400 }, (_, k) => `${' '.repeat(k)}if x:\n`).join('')}${' '.repeat(400)}pass\n`,
    'classes': `${Array.from({ length: 400 }, (_, k) => `${' '.repeat(k)}class A:\n`).join('')}${' '.repeat(400)}pass\n`,
    'functions': `${Array.from({ length: 400 }, (_, k) => `${' '.repeat(k)}def f():\n`).join('')}${' '.repeat(400)}pass\n`,
  }
  for (const [name, text] of Object.entries(deep)) {
    test(`${name}, thousands deep, cost no more than the statement`, () => {
      const source = read(`${text}def f(): pass\n`)
      expect(source.hasErrors).toBe(true)
      expect(source.body.at(-1)).toMatchObject({ kind: 'FunctionDef', broken: false })
      expect(Math.max(...source.body.map(depthOf))).toBeLessThan(600)
    })
  }

  test('a function with more in it than is lowered is broken', () => {
    const [f] = read(`def f(a):\n    return ${'a + '.repeat(n)}a\n`).body as [FunctionDef]
    expect(f.broken).toBe(true)
  })

  test('a chain as long as people write them is lowered', () => {
    expect(read(`x = ${'a + '.repeat(450)}a\ny = a${'.b(1)[c]'.repeat(150)}\n`).hasErrors).toBe(false)
  })
})

function depthOf(statement: Stmt): number {
  let deepest = 0
  const visit = (node: Parameters<typeof forEachChild>[0], depth: number): void => {
    deepest = Math.max(deepest, depth)
    forEachChild(node, (child) => visit(child, depth + 1))
  }
  visit(statement, 1)
  return deepest
}

test('no text makes it fail', () => {
  const soup = fc.array(fc.oneof(fc.constantFrom(...SNIPPETS), fc.constantFrom(...SAMPLES).map((sample) => sample.slice(0, 40)), fc.string({ maxLength: 4, unit: 'binary' })), { maxLength: 30 })
  fc.assert(fc.property(soup, (parts) => {
    const source = read(parts.join(''))
    for (const statement of source.body) {
      const [start, end] = source.rangeOf(statement)
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeGreaterThanOrEqual(start)
      expect(end).toBeLessThanOrEqual(source.text.length)
    }
  }), examples(300))
})
