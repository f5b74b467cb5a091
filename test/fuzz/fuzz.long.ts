import { expect, it } from 'vitest'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { formatBytes } from '../../server/src/text/bytes.ts'
import { corpus } from './corpus.ts'
import { fuzz } from './fuzz.ts'

const steps = Number(process.env['REFLEAK_STEPS'] ?? 10_000)
const seed = Number(process.env['REFLEAK_SEED'] ?? 1)

/** What the heaps keep in reserve once everything has run. */
const RESERVE = 200 << 20

it(`${steps} steps, seed ${seed}`, async () => {
  const { engine } = await openEngine({ prefer: 'wasm' })
  const { early, late } = await fuzz(engine, corpus(process.env['REFLEAK_CORPUS']), steps, seed)
  console.log(`resident: ${formatBytes(early)} after a tenth of the steps, ${formatBytes(late)} at the end`)
  expect(late, 'memory at the end').toBeLessThan(early + RESERVE)
  engine.dispose()
})
