import { describe, expect, test } from 'vitest'
import type { ClassDef, Name, Node } from '../../server/src/syntax/ast.ts'
import type { Source } from '../../server/src/syntax/source.ts'
import { forEachChild } from '../../server/src/syntax/walk.ts'
import { open, read } from './helpers.ts'
import { SAMPLES } from './samples.ts'

function namesIn(source: Source): Name[] {
  const names: Name[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'Name') names.push(node)
    forEachChild(node, visit)
  }
  source.body.forEach(visit)
  return names
}

test('a name stands where its position says', () => {
  for (const sample of SAMPLES) {
    const source = read(sample)
    expect(namesIn(source).filter(({ id }) => id !== '').map((name) => source.text.slice(...source.rangeOf(name)))).toEqual(
      namesIn(source).filter(({ id }) => id !== '').map(({ id }) => id))
  }
})

test('offsets are UTF-16 units, whatever the characters', () => {
  const source = read('a = "😀é"; b\nclass C:\n    d = "😀"\n    e\n')
  const placed = namesIn(source).map((name) => [name.id, ...source.rangeOf(name)]).sort(([, a], [, b]) => Number(a) - Number(b))
  expect(placed).toEqual([['a', 0, 1], ['b', 11, 12], ['C', 19, 20], ['d', 26, 27], ['e', 39, 40]])
})

describe('the statement at an offset', () => {
  const text = 'x = 1; y = 2\n\n# comment\nclass A:\n    def f(self):\n        pass\n    class B:\n        z = 1\n'
  const source = read(text)
  const at = (offset: number): string | null => {
    const found = source.segmentAt(offset)
    return found && [...found.classes.map((around) => around.name.id), text.slice(...source.rangeOf(found.statement)).split('\n', 1)[0]].join(' > ')
  }

  test.each([
    [0, 'x = 1'], [5, 'x = 1'], [7, 'y = 2'], [12, 'y = 2'], [15, null], [text.indexOf('class A'), 'class A:'],
    [text.indexOf('pass'), 'A > def f(self):'], [text.indexOf('z'), 'A > B > z = 1'], [text.indexOf('class B') + 3, 'A > class B:'], [text.length, null],
  ])('%i', (offset, expected) => expect(at(offset)).toBe(expected))

  test('a class is the finished one', () => {
    const found = source.segmentAt(text.indexOf('class B'))
    expect(found?.classes[0]).toBe(source.body[2])
    expect(found?.statement).toBe((source.body[2] as ClassDef).body[1])
  })
})

describe('directives', () => {
  const text = [
    '# refleak: ignore-file', 'x = "# refleak: no"  # refleak: ignore[useless-del]  ', 'y = """', '# refleak: no', '"""', 'f(a,  # refleak: inner', '  b)',
    "z = f'{x}# refleak: no'", '    # see refleak: there', 'refleak: int',
  ].join('\n')

  test('are comments, not text that looks like one', () => {
    expect(read(text).directives.map((directive) => directive.text)).toEqual([
      '# refleak: ignore-file', '# refleak: ignore[useless-del]', '# refleak: inner', '# see refleak: there',
    ])
  })

  test('have absolute offsets', () => {
    const source = read(text.replaceAll('\n', '\r\n'))
    for (const { start, end, text: comment } of source.directives) expect(source.text.slice(start, end)).toBe(comment)
  })

  test('move with the text', () => {
    const document = open(text)
    const { directives } = document.update([{ start: 0, end: 0, newText: 'import os\n' }])
    expect(directives.map(({ start }) => document.source.text.slice(start, start + 9))).toEqual(Array.from({ length: 4 }, (_, k) => (k === 3 ? '# see ref' : '# refleak')))
  })
})

test('a position of a segment that is gone has no offset', () => {
  const document = open('x = 1\ny = 2\n')
  const [x] = document.source.body
  const later = document.update([{ start: 0, end: 6, newText: '' }])
  expect(later.offsetOf(x?.start ?? 0)).toBeNaN()
})
