/** What the commands that run real suites take for a failure. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { broken, type Cases } from '../../scripts/suites/cases.ts'
import { compareParts, type Side } from '../../scripts/suites/comparison.ts'
import { changesOf } from '../../scripts/suites/copies.ts'

describe('broken cases', () => {
  it.each<[string, Cases, Cases, readonly string[]]>([
    ['all as before', { a: 'passed', b: 'failed', c: 'skipped' }, { a: 'passed', b: 'failed', c: 'skipped' }, []],
    ['one fails', { a: 'passed' }, { a: 'failed' }, ['a failed']],
    ['one is gone', { a: 'passed', b: 'passed' }, { b: 'passed' }, ['a missing']],
    ['one is skipped', { a: 'passed' }, { a: 'skipped' }, ['a skipped']],
    ['what failed before', { a: 'failed', b: 'skipped' }, { b: 'failed' }, []],
  ])('%s', (_name, before, after, expected) => {
    expect(broken(before, after).map(({ name, now }) => `${name} ${now}`)).toEqual(expected)
  })
})

describe('parts of a suite', () => {
  const lines: string[] = []
  beforeEach(() => { vi.spyOn(console, 'log').mockImplementation((line: string) => { lines.push(line) }) })
  afterEach(() => {
    vi.restoreAllMocks()
    lines.length = 0
  })

  /** The answers of each side, one for each run; the last one again and again. */
  const answers = (given: Readonly<Record<Side, readonly Cases[]>>) => {
    const taken = { before: 0, after: 0 }
    return (_part: string, side: Side): Promise<Cases> => Promise.resolve(given[side][Math.min(taken[side]++, given[side].length - 1)]!)
  }

  it('is well where all passes as before', async () => {
    expect(await compareParts(['p'], 1, answers({ before: [{ a: 'passed' }], after: [{ a: 'passed' }] }))).toBe(true)
  })
  it('is not well where no test ran', async () => {
    expect(await compareParts(['p'], 1, answers({ before: [{}], after: [{}] }))).toBe(false)
  })
  it('is not well where something fails twice, and names it', async () => {
    expect(await compareParts(['p'], 1, answers({ before: [{ a: 'passed' }], after: [{ a: 'failed' }] }))).toBe(false)
    expect(lines).toContain('  passed before, failed after: a')
  })
  it('leaves out what fails now and then, on either side', async () => {
    expect(await compareParts(['p'], 1, answers({ before: [{ a: 'passed' }], after: [{ a: 'failed' }, { a: 'passed' }] }))).toBe(true)
    expect(await compareParts(['p'], 1, answers({ before: [{ a: 'passed' }, { a: 'failed' }], after: [{ a: 'failed' }] }))).toBe(true)
  })
})

it('counts the lines that came and went', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refleak-test-'))
  try {
    const texts = { before: { 'a.py': 'x\ny\n', 'b.py': 'same\n' }, after: { 'a.py': 'x\ndel x\ndel x\n', 'b.py': 'same\n' } }
    for (const [side, files] of Object.entries(texts)) {
      mkdirSync(join(folder, side))
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, side, name), text)
    }
    expect(changesOf(join(folder, 'before'), join(folder, 'after'))).toEqual({ files: ['a.py'], inserted: 2, removed: 1 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
