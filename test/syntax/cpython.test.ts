import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compare, findCPython } from './cpython.ts'
import { SAMPLES } from './samples.ts'

const python = findCPython()

/** Modules that use much of the language. The whole library is compared by `npm run test:stdlib-syntax`. */
const MODULES = [
  'abc', 'argparse', 'ast', 'asyncio/tasks', 'bisect', 'calendar', 'codecs', 'collections/__init__', 'configparser', 'contextlib', 'copy', 'dataclasses',
  'datetime', 'decimal', 'difflib', 'dis', 'enum', 'fractions', 'functools', 'heapq', 'html/entities', 'http/client', 'inspect', 'ipaddress', 'json/decoder',
  'logging/__init__', 'opcode', 'pathlib', 'pickle', 'random', 'socket', 'statistics', 'string', 'subprocess', 'tarfile', 'this', 'tokenize', 'typing', 'unittest/mock',
  'zipfile',
]

describe.skipIf(python === null)(`CPython ${python?.version ?? '(no python3 3.10 or later was found)'} reads the same`, () => {
  let folder = ''
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'refleak-')) })
  afterAll(() => { rmSync(folder, { recursive: true }) })

  test('in our own samples', () => {
    const paths = SAMPLES.map((sample, index) => {
      const path = join(folder, `sample${index}.py`)
      writeFileSync(path, sample)
      return path
    })
    const { compared, differences } = python === null ? { compared: 0, differences: [] } : compare(python, paths)
    expect(differences).toEqual([])
    // The others are no Python 3, or not before 3.12.
    expect(compared).toBeGreaterThanOrEqual(5)
  })

  test('in modules of the standard library', () => {
    if (python === null) return
    const paths = MODULES.map((name) => join(python.library, `${name}.py`)).filter((path) => existsSync(path))
    const { compared, differences } = compare(python, paths)
    expect(differences).toEqual([])
    expect(compared).toBeGreaterThan(30)
  })
})
