/** The whole standard library, the tests of the language included. Run by `npm run test:stdlib-syntax`; REFLEAK_PYTHON names another Python. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeSource } from '../../server/src/text/decode.ts'
import { compare, findCPython, pythonFiles } from './cpython.ts'
import type { Difference } from './cpython.ts'
import { engine, facts, nativeEngine, open, read } from './helpers.ts'

const python = findCPython()
const files = python === null ? [] : pythonFiles(python.library)

/** Files that are read differently, with the reason. */
const KNOWN: Readonly<Record<string, string>> = {
  'test_compile.py': 'the grammar ends a statement where a line within brackets ends with a dot and the next is indented less',
  'test_fstring.py': 'a comment within `{x = }` counts as printed text',
  'test_print.py': '`print >>file, text` is read as Python 2 means it',
  'badsyntax_future8.py': 'the grammar has no `from __future__ import *`, which CPython parses and then refuses',
}

/** Lets the test runner report, and native trees be freed. */
function breath(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve) })
}

function texts(): { readonly path: string; readonly text: string }[] {
  return files.flatMap((path) => {
    const decoded = decodeSource(readFileSync(path))
    return 'problem' in decoded ? [] : [{ path, text: decoded.text }]
  })
}

describe.skipIf(python === null)(`the standard library of CPython ${python?.version ?? '(no python3 was found)'}`, () => {
  test('reads as CPython reads it', async () => {
    if (python === null) return
    const differences: Difference[] = []
    let compared = 0
    for (let from = 0; from < files.length; from += 50) {
      const part = compare(python, files.slice(from, from + 50))
      compared += part.compared
      differences.push(...part.differences)
      await breath()
    }
    console.log(`${compared} files compared, ${differences.length} differ`)
    expect(differences.filter(({ path }) => KNOWN[basename(path)] === undefined)).toEqual([])
    expect(compared).toBeGreaterThan(500)
  })

  test('reads the same in one go and piece by piece', async () => {
    for (const { path, text } of texts()) {
      await breath()
      const document = open('')
      const lines = text.split(/(?<=\n)/)
      const half = lines.slice(0, lines.length >> 1).join('')
      document.update([{ start: 0, end: 0, newText: text.slice(half.length) }])
      document.update([{ start: 0, end: 0, newText: half }])
      expect(facts(document.source) === facts(read(text)), path).toBe(true)
    }
  })

  test('reads the same with both engines', async (context) => {
    const native = await nativeEngine()
    if (typeof native === 'string') return context.skip(`the native parser is not built (npm run native): ${native}`)
    for (const { path, text } of texts()) {
      await breath()
      expect(facts(open(text, native).source) === facts(open(text, engine).source), path).toBe(true)
    }
  })
})
