/** A suite that was stopped goes on where it was. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forget, keptIn } from '../../scripts/suites/answers.ts'
import type { Side } from '../../scripts/suites/comparison.ts'

let folder: string
let ran: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refleak-test-'))
  ran = []
})
afterEach(() => { rmSync(folder, { recursive: true }) })

const runPart = (part: string, side: Side) => {
  ran.push(`${side} ${part}`)
  return Promise.resolve({ [part]: 'passed' as const })
}

it('runs a part once on each side, and again where it is asked to', async () => {
  expect(await keptIn(folder, runPart)('p', 'before', false)).toEqual({ p: 'passed' })
  const later = keptIn(folder, runPart)
  expect(await later('p', 'before', false)).toEqual({ p: 'passed' })
  await later('p', 'after', false)
  await later('p', 'before', true)
  expect(ran).toEqual(['before p', 'after p', 'before p'])
})

it.each(['', 'core/tests'])('keeps the answer of the part "%s"', async part => {
  await keptIn(folder, runPart)(part, 'before', false)
  await keptIn(folder, runPart)(part, 'before', false)
  expect(ran).toEqual([`before ${part}`])
})

it('runs anew what is forgotten, on that side alone', async () => {
  const kept = keptIn(folder, runPart)
  for (const side of ['before', 'after'] as const) await kept('p', side, false)
  forget(folder, 'after')
  for (const side of ['before', 'after'] as const) await kept('p', side, false)
  expect(ran).toEqual(['before p', 'after p', 'after p'])
})
