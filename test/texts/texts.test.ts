import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { complaints } from '../rules/cpython.ts'
import { checkFolder } from './files.ts'
import { fixesOf } from './texts.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

it.runIf(complaints([]) !== null)('fixes of the examples leave all else as it is, and a text that Python reads', () => {
  const { files, fixes, problems } = checkFolder(engine, fileURLToPath(new URL('../../examples/leaks', import.meta.url)), '3.12', () => {})
  expect(problems).toEqual([])
  expect(files).toBeGreaterThan(5)
  expect(fixes).toBeGreaterThan(5)
})

it.each([
  ['CRLF', '\r\n', '    '], ['lone CR', '\r', '    '], ['tabs', '\n', '\t'],
])('keeps %s, comments and what is not ASCII', (_name, eol, indent) => {
  const lines = ['import json, time  # 😀', '', 'def f(path):', '# é', 'I' + 'rows = json.load(open(path))   # what it reads', 'I' + 'n = len(rows)  # last', '', 'I' + 'time.sleep(60)', 'I' + 'return n', '']
  const text = lines.map(line => line.replace(/^I/, indent)).join(eol)
  const { count, problems, texts } = fixesOf(engine, text, '3.12')
  expect(problems).toEqual([])
  expect(count).toBeGreaterThan(0)
  const fixed = texts.find(t => t.by.includes('Insert `del rows`'))!.text
  expect(fixed).toBe(text.replace(`# last${eol}`, `# last${eol}${indent}del rows${eol}`))
})
