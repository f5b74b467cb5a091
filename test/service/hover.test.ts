import { expect, test } from 'vitest'
import { openDocument } from '../../server/src/service/analyser.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

/** The hover at the name after the caret `^`, which is taken out of the text. */
function hoverIn(marked: string): string | null {
  const at = marked.indexOf('^')
  const document = openDocument(engine, marked.replace('^', ''), 1, mergeSettings())
  try {
    return document.hover(at)?.text ?? null
  } finally {
    document.dispose()
  }
}

const REPORT = `import json
import time

def report(path):
    rows = json.load(open(path))
    print(len(^rows))
    time.sleep(5)
    return 1
`

test('says what it is, until when and through what it is held, and what letting go does', () => {
  expect(hoverIn(REPORT)).toMatch(/^\*\*`rows`\*\*: .*json\.load\(\)[^\n]*\n\n- not used after line 6, but held until the function returns\n- meanwhile `time\.sleep\(5\)` runs\n- `del rows` there frees it at once$/)
})

test('says who holds it where letting go frees nothing', () => {
  expect(hoverIn(REPORT.replace('    time.sleep', '    keep.append(rows)\n    time.sleep'))).toMatch(/\n- `del rows` there frees nothing: /)
})

test('says so of an object that is used to the end', () => {
  expect(hoverIn(REPORT.replace('return 1', 'return rows'))).toMatch(/It is used as long as it is held/)
})

test('says nothing of small objects, nor where there is no name', () => {
  expect(hoverIn('def f():\n    ^x = 1\n    return x\n')).toBeNull()
  expect(hoverIn(REPORT.replace('^', '').replace('import time', 'import^ time'))).toBeNull()
})
