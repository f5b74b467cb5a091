/**
 * Memory is the point: each example runs before and after its fixes, and its peak falls by what the hint promised.
 * `npm run test:memory` asks every Python of the machine.
 */
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { ReportedFinding } from '../../server/src/service/report.ts'
import { formatBytes } from '../../server/src/text/bytes.ts'
import { TARGET_VERSIONS } from '../../server/src/text/target-version.ts'
import { everyPython, findPythons, targetOf } from '../values/sizes/pythons.ts'
import { examplesIn, fixedBy, type Example, type Folder } from './examples.ts'
import { measurePeak } from './measure.ts'

const pythons = await findPythons(everyPython())
if (pythons.length === 0) throw new Error('no CPython from 3.8 to 3.14 is on this machine')

/** What the interpreter itself allocates beside what the script does. */
const NOISE = 1 << 20

/** Bytes that an example has at its peak. */
const LEAST_PEAK = 50e6
const MOST_PEAK = 400e6

const NEWEST = TARGET_VERSIONS.at(-1)!

/** Each hint of these is about an object of its own, kept at the same time as the others: the peak falls by all of them together. */
const ADDED_UP: ReadonlySet<string> = new Set(['pipeline.py'])

describe.each(pythons)('under CPython $version', ({ command, version }) => {
  const target = targetOf(version)!
  const has = (module: string) => spawnSync(command, ['-c', `import ${module}`]).status === 0
  const missing = [...has('numpy') ? [] : [/import numpy/], ...has('IPython') ? [] : [/"nbformat"/]]
  const runnable = (folder: Folder) => examplesIn(folder).filter(({ text }) => !missing.some(need => need.test(text)))

  it.each(runnable('saves'))('$name: the peak falls by what the hint promises', async example => {
    const { findings, text } = fixedBy(example, target)
    const isFixed = text !== example.text
    const promised = isFixed ? promisedBy(example, findings) : 0
    const before = await measurePeak(command, example.name, example.text)
    const after = await measurePeak(command, example.name, isFixed ? text : fixedBy(example, NEWEST).text)
    const fall = before.peak - after.peak
    console.log(`${example.name}, CPython ${version}: peak ${formatBytes(before.peak)} → ${formatBytes(after.peak)}, promised ${formatBytes(promised)}; resident ${told(before.resident)} → ${told(after.resident)}`)
    expect(before.peak, 'the peak').toBeGreaterThan(LEAST_PEAK)
    expect(before.peak, 'the peak').toBeLessThan(MOST_PEAK)
    // What only newer versions free is said, and not promised: the fix that they get frees nothing here.
    if (!isFixed) return expect(findings.length > 0 && Math.abs(fall) < NOISE, 'a finding without a fix, and no fall').toBe(true)
    expect(fall + NOISE, 'the fall of the peak').toBeGreaterThanOrEqual(0.9 * promised)
    expect(Math.abs(promised - fall) / fall, 'how far the promise is off').toBeLessThanOrEqual(0.15)
  })

  it.each(runnable('grows'))('$name: what is kept does not grow any more', async example => {
    const { findings, text } = fixedBy(example, target)
    expect(text, 'nothing is fixed').not.toBe(example.text)
    const before = await peaksOf(command, example)
    const after = await peaksOf(command, { ...example, text })
    const each = findings[0]!.size.low
    console.log(`${example.name}, CPython ${version}: ${before.map(formatBytes).join(', after twice as much ')}; fixed ${after.map(formatBytes).join(', ')}${each > 0 ? `; promised ${formatBytes(each)} for each entry` : ''}`)
    expect(before[1], 'the peak').toBeLessThan(MOST_PEAK)
    const growth = before[1] - before[0]
    expect(growth, 'what is added').toBeGreaterThan(LEAST_PEAK)
    expect(after[1] - after[0], 'what is added after the fix').toBeLessThanOrEqual(0.1 * growth)
    if (each > 0) expect(Math.abs(each * roundsOf(example) - growth) / growth, 'how far the promise is off').toBeLessThanOrEqual(0.15)
  })

  it.each(runnable('in_vain'))('$name: a del is there that frees nothing, and the hint says so', async example => {
    const { findings, text } = fixedBy(example, target)
    expect(findings.map(f => f.rule)).toContain('useless-del')
    const before = await measurePeak(command, example.name, example.text)
    const after = await measurePeak(command, example.name, text)
    expect(Math.abs(before.peak - after.peak), 'the change of the peak').toBeLessThanOrEqual(NOISE)
  })
})

/** Bytes. */
function promisedBy({ name }: Example, findings: readonly ReportedFinding[]): number {
  const sizes = findings.map(f => f.size.low)
  return ADDED_UP.has(name) ? sizes.reduce((a, b) => a + b, 0) : Math.max(...sizes)
}

/** After the rounds that its module says, and after twice as many. */
async function peaksOf(command: string, example: Example): Promise<readonly [number, number]> {
  const rounds = roundsOf(example)
  const [once, twice] = [rounds, 2 * rounds].map(count => `${example.text}\n\nserve(${count})\n`)
  return [(await measurePeak(command, example.name, once!)).peak, (await measurePeak(command, example.name, twice!)).peak]
}

function roundsOf({ name, text }: Example): number {
  const rounds = /^def serve\(rounds=(\d+)\):$/m.exec(text)?.[1]
  if (rounds === undefined) throw new Error(`${name} does not say how many rounds it serves`)
  return Number(rounds)
}

function told(bytes: number | null): string {
  return bytes === null ? 'not told' : formatBytes(bytes)
}
