/** The estimates against CPython itself: what expressions allocate and keep, within 10 %. */
import { describe, expect, it } from 'vitest'
import { formatBytes } from '../../../server/src/text/bytes.ts'
import type { TargetVersion } from '../../../server/src/text/target-version.ts'
import { bytesOf } from '../../../server/src/values/sizes/estimate.ts'
import { cases, deviation, prelude } from './cases.ts'
import { everyPython, findPythons, measure, targetOf } from './pythons.ts'

/** `npm run test:sizes` asks every Python of the machine, at full size. */
const thorough = process.env['MODE'] === 'every-python'
const n = thorough ? 100_000 : 20_000
const pythons = await findPythons(thorough ? everyPython() : ['python3'])

interface Comparison {
  readonly deviation: number
  readonly text: string
}

async function compare(command: string, target: TargetVersion): Promise<Comparison[]> {
  const { requested, resident } = await measure(command, { prelude, n, expressions: cases.map(each => each.python) })
  return cases.map(({ python, shape }, index) => {
    const estimate = bytesOf(shape(n), target)
    const measured = resident[index] ?? NaN
    const off = deviation(estimate, measured)
    const text = `${python} with n = ${n}: estimated ${estimate.low} to ${estimate.high} bytes, measured ${measured} `
      + `(${formatBytes(measured)}; requested ${requested[index]}), off by ${(100 * off).toFixed(1)} %`
    return { deviation: off, text }
  })
}

describe('the sizes of live objects agree', () => {
  if (pythons.length === 0) it.skip('with CPython: none of 3.8 to 3.14, 64-bit, is on this machine')

  it.each(pythons)('with CPython $version', async ({ command, version }) => {
    const results = await compare(command, targetOf(version) ?? '3.14')
    if (thorough) console.log(`CPython ${version}, worst: ${results.reduce((a, b) => (b.deviation > a.deviation ? b : a)).text}`)
    expect(results.filter(result => !(result.deviation <= 0.1)).map(result => result.text)).toEqual([])
  }, 300_000)
})
