import { expect, it } from 'vitest'
import { dumpValues } from '../../server/src/service/dump-values.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

it('a dump of values says type, size, origin and holders of each binding', async () => {
  const { engine } = await openEngine({ prefer: 'wasm' })
  const text = 'import numpy as np\n\ndef f(path):\n    a = np.zeros(1_000_000)\n    b = a.T\n    c = np.load(path)\n    return b\n'
  const { frames } = dumpValues(openSource(engine, text).source, '3.12')
  const values = new Map(frames.find(f => f.name === 'f')!.values.map(v => [v.name, v]))
  expect(values.get('a')).toMatchObject({ line: 4, type: 'numpy.ndarray', model: 'numpy.zeros', guessed: false, size: { low: 8_000_000, high: 8_000_000, origin: 'known' } })
  expect(values.get('a')!.holders).toContainEqual({ who: 'b', certain: true })
  expect(values.get('c')).toMatchObject({ line: 6, size: { origin: 'outside' } })
  engine.dispose()
})
