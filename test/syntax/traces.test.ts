/** What few texts have, and what typing may bring in: cells and comments to the analyser. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSource } from '../../server/src/syntax/document.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import type { Source } from '../../server/src/syntax/source.ts'

let engine: Engine
beforeAll(async () => { engine = (await openEngine({ prefer: 'wasm' })).engine })
afterAll(() => engine.dispose())

const told = (source: Source) => ({ hasErrors: source.hasErrors, directives: source.directives, kinds: source.body.map(stmt => stmt.kind) })

function fresh(text: string): ReturnType<typeof told> {
  const document = openSource(engine, text)
  const seen = told(document.source)
  document.dispose()
  return seen
}

test.each([
  ['a cell with a magic', 'x = 1\n', 6, '# %%\n%time y = 2\n'],
  ['a magic in a file with cells', '# %%\nx = 1\n', 11, '!ls\n'],
  ['the mark of a cell above a magic', '%time y = 2\n', 0, '# %%\n'],
  ['a comment to the analyser', 'x = 1\ny = 2\n', 5, '  # refleak: ignore'],
])('%s, typed and taken back', (_, text, at, typed) => {
  const document = openSource(engine, text)
  for (let i = 0; i < typed.length; i++) {
    document.update([{ start: at + i, end: at + i, newText: typed[i]! }])
    expect(told(document.source), document.source.text).toEqual(fresh(document.source.text))
  }
  expect(document.source.directives.length > 0 || document.source.mayHaveCells).toBe(true)
  for (let i = typed.length; i > 0; i--) {
    document.update([{ start: at + i - 1, end: at + i, newText: '' }])
    expect(told(document.source), document.source.text).toEqual(fresh(document.source.text))
  }
  document.dispose()
})
