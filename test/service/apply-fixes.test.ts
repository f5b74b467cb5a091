import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate, TextEdit } from '../../server/src/fixes/apply.ts'
import { applyEdits, choosePass } from '../../server/src/fixes/apply.ts'

const insert = (start: number, newText: string): TextEdit => ({ start, end: start, newText })
const replace = (start: number, end: number, newText: string): TextEdit => ({ start, end, newText })

/** The text after one pass of the fixes, each about a subject of its own. */
function pass(text: string, ...fixes: readonly (readonly TextEdit[])[]): { text: string; taken: readonly number[] } {
  const chosen = choosePass(fixes.map((edits, index) => ({ subjects: [String(index)], edits })))
  return { text: applyEdits(text, chosen.edits), taken: chosen.taken }
}

describe('fixes that go together in one pass', () => {
  const text = '    use(a, b)\n    work()\n'
  const at = text.indexOf('    work')

  it('become one del at one place', () => {
    expect(pass(text, [insert(at, '    del a\n')], [insert(at, '    del b\n')])).toEqual({ text: '    use(a, b)\n    del a, b\n    work()\n', taken: [0, 1] })
  })

  it('delete a name once', () => {
    expect(pass(text, [insert(at, '    del a, c\n')], [insert(at, '    del a\n')]).text).toBe('    use(a, b)\n    del a, c\n    work()\n')
  })

  it('keep other statements one after the other', () => {
    expect(pass(text, [insert(at, '    del a\n')], [insert(at, '    b = None\n')]).text).toBe('    use(a, b)\n    del a\n    b = None\n    work()\n')
  })

  it('merge behind semicolons too', () => {
    expect(pass('f(a); g()\n', [insert(4, '; del a')], [insert(4, '; del b')]).text).toBe('f(a); del a, b; g()\n')
  })

  it('merge names of any alphabet', () => {
    expect(pass('x\n', [insert(0, 'del größe\n')], [insert(0, 'del 数据\n')]).text).toBe('del größe, 数据\nx\n')
  })

  it('do not mix blocks: another indentation waits for the next pass', () => {
    expect(pass(text, [insert(at, '        del a\n')], [insert(at, '    del b\n')]).taken).toEqual([0])
  })

  it('do not overlap', () => {
    expect(pass('abcdef', [replace(0, 3, 'x')], [replace(2, 5, 'y')], [replace(3, 5, 'z')])).toEqual({ text: 'xzf', taken: [0, 2] })
  })

  it('do not touch an insertion', () => {
    expect(pass('abcdef', [replace(0, 3, 'x')], [insert(3, 'del a\n')]).taken).toEqual([0])
  })

  it('are whole or not at all', () => {
    expect(pass('abcdef', [replace(0, 1, 'x')], [replace(0, 1, 'y'), replace(4, 5, 'y')])).toEqual({ text: 'xbcdef', taken: [0] })
  })

  it('are about different names', () => {
    const candidates: Candidate[] = [{ subjects: ['f b', 'f a'], edits: [insert(0, 'del b, a\n')] }, { subjects: ['f a'], edits: [insert(3, 'del a\n')] }]
    expect(choosePass(candidates).taken).toEqual([0])
  })
})

it('a pass is what the taken fixes say, for any fixes', () => {
  const edit = fc.record({ start: fc.nat(20), length: fc.nat(5), newText: fc.constantFrom('', 'x', 'del a\n', 'del b\n', '  del c\n') })
    .map(({ start, length, newText }) => replace(start, Math.min(20, start + length), newText))
  fc.assert(fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 8 }), (fixes) => {
    const chosen = choosePass(fixes.map((edits, index) => ({ subjects: [String(index)], edits })))
    chosen.edits.forEach((each, index) => {
      const next = chosen.edits[index + 1]
      expect(next === undefined || each.end < next.start || (each.end === next.start && each.end > each.start && next.end > next.start), 'edits in order, apart').toBe(true)
    })
    const replaced = chosen.taken.flatMap((index) => fixes[index] ?? []).filter((each) => each.end > each.start)
    for (const each of replaced) expect(chosen.edits).toContainEqual(each)
  }))
})
