import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClassDef, FunctionDef, Stmt } from '../../server/src/syntax/ast.ts'
import { offsetInSegment, segmentOf } from '../../server/src/syntax/position.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { examples, open } from './helpers.ts'
import { SAMPLES, SNIPPETS } from './samples.ts'

const MODULE = `import os
x = 1; y = 2

@cached
def first(a, b=1):
    return a

class Shape(Base):
    sides = 0

    def area(self):
        return 0

    class Inner:
        def deep(self):
            pass

    def name(self):
        return 'shape'

def last():
    pass
`

/** Types `newText` in place of the only occurrence of `old`. */
function edit(old: string, newText: string, text = MODULE): { before: Source; after: Source } {
  const document = open(text)
  const before = document.source
  const start = text.indexOf(old)
  return { before, after: document.update([{ start, end: start + old.length, newText }]) }
}

function functionNamed(source: Source, name: string): FunctionDef {
  const found = statementsOf(source.body).find((statement) => statement.kind === 'FunctionDef' && statement.header.name.id === name)
  if (found?.kind !== 'FunctionDef') throw new Error(`no function ${name}`)
  return found
}

function classNamed(source: Source, name: string): ClassDef {
  const found = statementsOf(source.body).find((statement) => statement.kind === 'ClassDef' && statement.name.id === name)
  if (found?.kind !== 'ClassDef') throw new Error(`no class ${name}`)
  return found
}

/** The statements of the module and of its classes, which live and die alone. */
function statementsOf(body: readonly Stmt[]): Stmt[] {
  return body.flatMap((statement) => (statement.kind === 'ClassDef' ? [statement, ...statementsOf(statement.body)] : [statement]))
}

describe('an edit in the body of a function', () => {
  const { before, after } = edit('return a', 'return a + b')

  test('makes a new function of it, with the same header in the same segment', () => {
    const [old, now] = [functionNamed(before, 'first'), functionNamed(after, 'first')]
    expect(now).not.toBe(old)
    expect(now.header).toBe(old.header)
    expect(segmentOf(now.start)).toBe(segmentOf(old.start))
    expect(after.text.slice(...after.rangeOf(now))).toBe('@cached\ndef first(a, b=1):\n    return a + b')
  })

  test('leaves every other statement as it is, and moves those behind', () => {
    expect(after.body.filter((statement) => !before.body.includes(statement))).toEqual([functionNamed(after, 'first')])
    expect(after.text.slice(...after.rangeOf(functionNamed(after, 'last')))).toBe('def last():\n    pass')
  })

  test('leaves the earlier version readable', () => {
    expect(before.text.slice(...before.rangeOf(functionNamed(before, 'last')))).toBe('def last():\n    pass')
  })
})

test('an edit in a method makes new objects of the method and the classes around it only', () => {
  const { before, after } = edit('pass\n\n    def name', 'return 1\n\n    def name')
  for (const name of ['Shape', 'Inner']) expect(classNamed(after, name)).not.toBe(classNamed(before, name))
  for (const name of ['area', 'name', 'last', 'first']) expect(functionNamed(after, name)).toBe(functionNamed(before, name))
  expect(functionNamed(after, 'deep').header).toBe(functionNamed(before, 'deep').header)
  expect(classNamed(after, 'Shape').args).toBe(classNamed(before, 'Shape').args)
})

test('an edit in the header of a class keeps the statements of its body', () => {
  const { before, after } = edit('(Base)', '(Base, Other)')
  expect(classNamed(after, 'Shape').body).toHaveLength(4)
  for (const name of ['area', 'deep', 'name']) expect(functionNamed(after, name)).toBe(functionNamed(before, name))
})

test('an edit in the header of a function gives it a new header', () => {
  const { before, after } = edit('b=1', 'b=2')
  expect(functionNamed(after, 'first').header).not.toBe(functionNamed(before, 'first').header)
  expect(functionNamed(after, 'area')).toBe(functionNamed(before, 'area'))
})

test('a comment or blank line between statements changes none of them', () => {
  const { before, after } = edit('import os\n', 'import os\n\n# why\n')
  expect(after.body).toEqual(before.body)
  after.body.forEach((statement, index) => expect(statement).toBe(before.body[index]))
})

test('half a statement typed into a function breaks that function alone', () => {
  const { before, after } = edit('return a', 'return (a')
  expect(functionNamed(after, 'first').broken).toBe(true)
  expect(functionNamed(after, 'first').header).toBe(functionNamed(before, 'first').header)
  for (const name of ['area', 'deep', 'name', 'last']) expect(functionNamed(after, name)).toBe(functionNamed(before, name))
})

test('replacing the whole text keeps the statements at both ends that are the same', () => {
  const document = open(MODULE)
  const before = document.source
  const after = document.replace(MODULE.replace('sides = 0', 'sides = 4').replace('import os', 'import os'))
  for (const name of ['first', 'area', 'deep', 'name', 'last']) expect(functionNamed(after, name)).toBe(functionNamed(before, name))
})

test('a function inserted between others leaves them and their headers alone', () => {
  const { before, after } = edit('    def name(self):\n', '    def extra(self):\n        pass\n\n    def name(self):\n        x = 1\n')
  expect(functionNamed(after, 'area')).toBe(functionNamed(before, 'area'))
  expect(functionNamed(after, 'name').header).toBe(functionNamed(before, 'name').header)
})

test('the table of segments stays small however often a header is edited', () => {
  const document = open(MODULE)
  for (let round = 0; round < 2_500; round++) {
    const at = document.source.text.indexOf('b=')
    document.update([{ start: at + 2, end: at + 3, newText: String(round % 10) }])
  }
  expect(Math.max(...statementsOf(document.source.body).map((statement) => segmentOf(statement.start)))).toBeLessThan(2_000)
})

test('after any edit, statements outside of the edited lines that mean the same are the same objects', () => {
  const change = fc.record({ at: fc.nat(), length: fc.nat({ max: 30 }), newText: fc.constantFrom(...SNIPPETS) })
  fc.assert(
    fc.property(fc.constantFrom(MODULE, ...SAMPLES), change, (text, { at, length, newText }) => {
      const start = at % (text.length + 1)
      const end = Math.min(start + length, text.length)
      const document = open(text)
      const before = placed(document.source, (offset) => (offset > end ? offset + newText.length - (end - start) : offset))
      const after = placed(document.update([{ start, end, newText }]), (offset) => offset)
      const edited = linesAround(document.source.text, start, start + newText.length)
      for (const [place, statement] of after) {
        const old = before.get(place)
        if (old === undefined || statement.kind === 'ClassDef' || statement.kind === 'ErrorStmt' || overlaps(place, edited) || !sameMeaning(old, statement)) continue
        expect(statement, `${place} in ${JSON.stringify(document.source.text)}`).toBe(old)
      }
    }),
    examples(150),
  )
})

/** Statements that are all there is in their segment, by where they, and the ones after them, lie in the text after an edit. */
function placed(source: Source, moved: (offset: number) => number): Map<string, Stmt> {
  const segments = statementsOf(source.body).map((statement) => segmentOf(statement.start))
  const isAlone = (index: number): boolean => segments[index] !== segments[index - 1] && segments[index] !== segments[index + 1]
  const first = statementsOf(source.body).filter(({ start }, index) => offsetInSegment(start) === 0 && isAlone(index))
  const startOf = (statement: Stmt | undefined): number => (statement === undefined ? source.text.length : source.offsetOf(statement.start))
  return new Map(first.map((statement, index) => {
    const end = source.offsetOf(statement.end)
    return [[startOf(statement), end, startOf(first[index + 1])].map(moved).join('-'), statement]
  }))
}

/** From the beginning of the line with `from` in it to the end of the line with `to`. */
function linesAround(text: string, from: number, to: number): readonly [number, number] {
  const end = /[\r\n]/.exec(text.slice(to))
  return [Math.max(text.lastIndexOf('\n', from - 1), text.lastIndexOf('\r', from - 1)), end === null ? text.length : to + end.index + 1]
}

function overlaps(place: string, [from, to]: readonly [number, number]): boolean {
  const [start = 0, end = 0] = place.split('-').map(Number)
  return start <= to && end >= from
}

/** Equal but for the numbers of their segments. */
function sameMeaning(a: Stmt, b: Stmt): boolean {
  const plain = (statement: Stmt): string => JSON.stringify(statement, (key, value: unknown) => (key === 'start' || key === 'end' || key === 'keyword' ? undefined : value))
  return plain(a) === plain(b)
}
