/** The test of the test: what a page may get wrong is noticed, and said so that a person can decide who is right. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { explain, runCase } from './outcome.ts'
import { readPage } from './page.ts'

let engine: Engine
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())

const HELD = ['import numpy as np', 'def f(path, send):', '    volume = np.load(path)', '    mean = volume.mean()', '    other = np.load("other.npy")', '    send(mean, other)']

function page(lines: readonly string[], options = '', fixed: readonly string[] | null = null): string {
  return ['# held-after-last-use', `\`\`\`python ${options}`.trim(), ...lines, '```', ...(fixed ? ['```python fixed', ...fixed, '```'] : [])].join('\n')
}

function marked(comment: string): string[] {
  return HELD.map((line, i) => (i === 3 ? `${line}  # <- ${comment}` : line))
}

function problemsOf(markdown: string): string {
  const [first] = readPage(markdown)
  const outcome = runCase(engine, first!)
  return outcome.problems.length === 0 ? '' : explain(first!, outcome)
}

describe('a case', () => {
  it.each([
    ['with the right expectation passes', marked('held-after-last-use: volume (likely)'), ''],
    ['whose finding is not expected fails', HELD, 'line 4: found held-after-last-use: volume (likely), not expected'],
    ['whose expectation is not found fails', marked('held-after-last-use: volume; useless-del: mean'), 'line 4: expected useless-del: mean, not found'],
    ['with another name fails', marked('held-after-last-use: mean'), 'line 4: expected held-after-last-use: mean, not found'],
    ['with another confidence fails', marked('held-after-last-use: volume (certain)'), 'line 4: expected held-after-last-use: volume (certain), not found'],
    ['with a syntax error fails', ['def f(:', '    pass'], 'the analyser remarks'],
  ])('%s', (_, lines, problem) => {
    const problems = problemsOf(page(lines))
    if (problem === '') expect(problems).toBe('')
    else expect(problems).toContain(problem)
  })

  it('is shown with line numbers, what was expected and what was found', () => {
    expect(problemsOf(page(HELD))).toMatch(/ {3}4 {6}mean = volume\.mean\(\)[\s\S]*expected:\n {2}nothing\nfound:\n {2}line 4: held-after-last-use: volume \(likely\): /)
  })

  it('fails on another fixed text', () => {
    expect(problemsOf(page(marked('held-after-last-use: volume'), '', HELD))).toContain('the fixed text is another one')
  })

  it('passes with the right fixed text', () => {
    expect(problemsOf(page(marked('held-after-last-use: volume'), '', [...HELD.slice(0, 4), '    del volume', ...HELD.slice(4)]))).toBe('')
  })

  it('has settings of its own', () => {
    expect(problemsOf(page(marked('held-after-last-use: volume'), 'confidence=certain'))).toContain('not found')
    expect(problemsOf(page(HELD, 'confidence=certain'))).toBe('')
  })
})

describe('a page', () => {
  it.each([
    ['an open block', '```python\nx = 1\n', 'the block is not closed'],
    ['an unknown option', '```python colour=red\nx = 1\n```', 'unknown option colour=red'],
    ['an unknown rule', '```python\nx = 1  # <- no-such-rule: x\n```', 'not an expectation: no-such-rule: x'],
    ['an unknown confidence', '```python\nx = 1  # <- useless-del: x (maybe)\n```', 'not an expectation'],
    ['an expectation on a line of its own', '```python\n# <- useless-del: x\n```', 'stands at the end of a line of code'],
    ['a fixed text without a case', '```python fixed\nx = 1\n```', '"fixed" follows a case'],
  ])('with %s is refused', (_, markdown, message) => {
    expect(() => readPage(markdown)).toThrow(message)
  })

  it('without Python has no cases', () => {
    expect(readPage('# x\n\n```toml\na = 1\n```\n')).toEqual([])
  })
})
