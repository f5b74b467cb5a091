/**
 * Memory is the point: each example runs before and after its fixes, and its peak falls by what the hint promised.
 * `npm run test:memory` asks every Python of the machine.
 */
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { formatBytes } from '../../server/src/text/bytes.ts'
import { everyPython, findPythons, targetOf } from '../values/sizes/pythons.ts'
import { examplesIn, fixedBy } from './examples.ts'
import { measurePeak } from './measure.ts'

const pythons = await findPythons(everyPython())
if (pythons.length === 0) throw new Error('no CPython from 3.8 to 3.14 is on this machine')

/** What the interpreter itself allocates beside what the script does. */
const NOISE = 1 << 20

let engine: Engine
beforeAll(async () => {
  engine = (await openEngine({ prefer: 'wasm' })).engine
})
afterAll(() => engine.dispose())

describe.each(pythons)('under CPython $version', ({ command, version }) => {
  const target = targetOf(version)!
  const hasNumpy = spawnSync(command, ['-c', 'import numpy']).status === 0

  it.each(examplesIn('saves').filter(({ text }) => hasNumpy || !text.includes('import numpy')))('$name: the peak falls by what the hint promises', async example => {
    const { findings, text } = fixedBy(engine, example, target)
    expect(text, 'nothing is fixed').not.toBe(example.text)
    const promised = Math.max(...findings.map(f => f.size.low))
    const before = await measurePeak(command, example.text)
    const after = await measurePeak(command, text)
    const fall = before.peak - after.peak
    console.log(`${example.name}, CPython ${version}: peak ${formatBytes(before.peak)} → ${formatBytes(after.peak)}, promised ${formatBytes(promised)}; resident ${told(before.resident)} → ${told(after.resident)}`)
    expect(fall + NOISE, 'the fall of the peak').toBeGreaterThanOrEqual(0.9 * promised)
    expect(Math.abs(promised - fall) / fall, 'how far the promise is off').toBeLessThanOrEqual(0.15)
  })

  it.each(examplesIn('in_vain'))('$name: a del is there that frees nothing, and the hint says so', async example => {
    const { findings, text } = fixedBy(engine, example, target)
    expect(findings.map(f => f.rule)).toContain('useless-del')
    const before = await measurePeak(command, example.text)
    const after = await measurePeak(command, text)
    expect(Math.abs(before.peak - after.peak), 'the change of the peak').toBeLessThanOrEqual(NOISE)
  })
})

function told(bytes: number | null): string {
  return bytes === null ? 'not told' : formatBytes(bytes)
}
