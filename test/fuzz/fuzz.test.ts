import { expect, it } from 'vitest'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { corpus } from './corpus.ts'
import { fuzz } from './fuzz.ts'

it('answers every request, for the text as it is, whatever is typed', async () => {
  const { engine } = await openEngine({ prefer: 'wasm' })
  const { late } = await fuzz(engine, corpus(undefined), 300, 1)
  expect(late).toBeGreaterThan(0)
  engine.dispose()
})
