import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, difference } from '../../server/src/text/changes.ts'
import type { Changed, TextChange } from '../../server/src/text/changes.ts'

const changes = fc.array(fc.record({ start: fc.nat(30), end: fc.nat(30), newText: fc.string({ maxLength: 5 }) }).map(({ start, end, newText }): TextChange => (
  { start: Math.min(start, end), end: Math.max(start, end), newText })), { maxLength: 6 })

/** One change after the other. */
function oneByOne(text: string, batch: readonly TextChange[]): string {
  return batch.reduce((before, { start, end, newText }) => before.slice(0, start) + newText + before.slice(end), text)
}

/** The new text, put together from the old text and the regions. */
function fromRegions(before: string, { text, regions }: Changed): string {
  let spelt = ''
  let at = 0
  for (const { oldStart, oldEnd, newStart, newEnd } of regions) {
    spelt += before.slice(at, oldStart) + text.slice(newStart, newEnd)
    at = oldEnd
  }
  return spelt + before.slice(at)
}

test('a batch is applied in order, each change to the text the one before left', () => {
  expect(applyChanges('abc', [{ start: 1, end: 2, newText: 'XY' }, { start: 2, end: 3, newText: '' }])).toEqual({
    text: 'aXc', regions: [{ oldStart: 1, oldEnd: 2, newStart: 1, newEnd: 2 }],
  })
  fc.assert(fc.property(fc.string({ maxLength: 20 }), changes, (text, batch) => {
    expect(applyChanges(text, batch).text).toBe(oneByOne(text, batch))
  }), { seed: 1 })
})

test('the regions say what changed, in order and apart from each other', () => {
  fc.assert(fc.property(fc.string({ maxLength: 20 }), changes, (text, batch) => {
    const changed = applyChanges(text, batch)
    expect(fromRegions(text, changed)).toBe(changed.text)
    changed.regions.forEach((region, index) => {
      const next = changed.regions[index + 1]
      if (next !== undefined) expect(next.oldStart - region.oldEnd).toBeGreaterThan(0)
      if (next !== undefined) expect(next.oldStart - region.oldEnd).toBe(next.newStart - region.newEnd)
    })
  }), { seed: 1 })
})

test('no change, no region', () => {
  expect(applyChanges('abc', [])).toEqual({ text: 'abc', regions: [] })
  expect(applyChanges('', [{ start: 0, end: 0, newText: 'x' }]).regions).toEqual([{ oldStart: 0, oldEnd: 0, newStart: 0, newEnd: 1 }])
})

test('the difference of two texts turns one into the other', () => {
  expect(difference('abc', 'abc')).toEqual([])
  expect(difference('one two three', 'one 2 three')).toEqual([{ start: 4, end: 7, newText: '2' }])
  expect(difference('aa', 'aaa')).toEqual([{ start: 2, end: 2, newText: 'a' }])
  fc.assert(fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (before, after) => {
    expect(applyChanges(before, difference(before, after)).text).toBe(after)
  }), { seed: 1 })
})
