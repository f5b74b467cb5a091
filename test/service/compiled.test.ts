/** Functions that Python does not run as they are written: left out, told why, and looked at again when what their decorators mean changes. */
import { expect, test } from 'vitest'
import { openDocument } from '../../server/src/service/analyser.ts'
import { mergeSettings } from '../../server/src/service/config.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

const TEXT = `from numba import stencil as made
import json
import time

@made
def outer(path):
    def inner():
        rows = json.load(open(path))
        time.sleep(60)
        return len(path)
    rows = json.load(open(path))
    print(len(rows))
    time.sleep(60)
    return inner()
`

test('the report and the hover say why nothing is said', () => {
  const document = openDocument(engine, TEXT, 1, mergeSettings())
  const { findings, remarks, leftOut } = document.report()
  expect({ findings, remarks }).toEqual({ findings: [], remarks: [] })
  expect(leftOut).toEqual([{ range: { start: TEXT.indexOf('made\ndef'), end: TEXT.indexOf('\ndef') }, message: 'nothing is said of `outer`: decorated by `made`, outer() is not run by Python as it is written' }])
  for (const place of ['rows))', 'rows = json.load(open(path))\n        time']) expect(document.hover(TEXT.indexOf(place))?.text).toMatch(/: decorated by `made`, outer\(\) is not run by Python as it is written, so that nothing is known/)
  document.dispose()
})

test('an edit of what the decorator means changes what is left out, a fresh look says the same', () => {
  const document = openDocument(engine, TEXT, 1, mergeSettings())
  const seen = () => document.report().findings.map(f => f.name)
  const before = seen()
  document.update([{ start: 5, end: 10, newText: 'mine' }], 2)
  const without = seen()
  document.update([{ start: 5, end: 9, newText: 'numba' }], 3)
  expect([before, without, seen()]).toEqual([[], ['rows', 'rows'], []])
  document.dispose()
})

test('a class that is compiled as a whole leaves its methods out, and only while it is', () => {
  const text = 'import json\nimport time\nfrom numba.experimental import jitclass\n\n@jitclass\nclass Tally:\n    def add(self, path):\n        rows = json.load(open(path))\n        print(len(rows))\n        time.sleep(60)\n        return 1\n'
  const document = openDocument(engine, text, 1, mergeSettings())
  const at = text.indexOf('@jitclass\n')
  const before = document.report().findings.length
  document.update([{ start: at, end: at + '@jitclass\n'.length, newText: '' }], 2)
  const without = document.report().findings.length
  document.update([{ start: at, end: at, newText: '@jitclass\n' }], 3)
  expect([before, without, document.report().findings.length]).toEqual([0, 1, 0])
  document.dispose()
})

test('an edit of the decorator itself changes what is left out', () => {
  const text = 'import json\nimport time\nimport numba\n\ndef made(function):\n    return function\n\n@made\ndef outer(path):\n    rows = json.load(open(path))\n    print(len(rows))\n    time.sleep(60)\n    return 1\n'
  const document = openDocument(engine, text, 1, mergeSettings())
  const at = text.indexOf('return function') + 'return '.length
  const before = document.report().findings.length
  document.update([{ start: at, end: at + 'function'.length, newText: 'numba.njit(function)' }], 2)
  const without = document.report().findings.length
  document.update([{ start: at, end: at + 'numba.njit(function)'.length, newText: 'function' }], 3)
  expect([before, without, document.report().findings.length]).toEqual([1, 0, 1])
  document.dispose()
})
