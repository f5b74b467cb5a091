import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readDataFiles, rootsFile, validateDataFiles, type DataFile } from '../../scripts/model-files.ts'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import type { Library } from '../../server/src/models/model.ts'

const modelsFolder = fileURLToPath(new URL('../../server/src/models', import.meta.url))
const files = readDataFiles(modelsFolder)

describe('the data files', () => {
  test('are valid, refer to what exists and are written one entry a line', () => {
    expect(validateDataFiles(files)).toEqual([])
  })

  test('are all bundled', () => {
    expect(builtinLibraries.map(each => each.load())).toEqual(files.map(({ text }) => JSON.parse(text)))
  })

  test('are listed with the roots of their names', () => {
    expect(readFileSync(join(modelsFolder, 'roots.json'), 'utf8')).toBe(rootsFile(files))
    expect(builtinLibraries.map(each => each.roots)).toEqual(Object.values(JSON.parse(rootsFile(files))))
  })

  test('know 500 functions and methods in 30 libraries at least', () => {
    const entries = builtinLibraries.map(each => each.load()).map(({ functions = {}, types = {} }) =>
      Object.keys(functions).length + Object.values(types).reduce((sum, type) => sum + Object.keys(type.methods ?? {}).length, 0))
    expect(entries.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(500)
    expect(entries.length).toBeGreaterThan(30)
  })
})

describe('the check of data files finds', () => {
  const text = (library: Library): string => JSON.stringify(library)
  const problems = (...libraries: Library[]): string[] =>
    validateDataFiles(libraries.map((each, index): DataFile => ({ file: `${index}.json`, text: text(each) }))).filter(line => !line.includes('kept format'))

  test('a value that the schema does not allow', () => {
    expect(problems({ library: 'x', functions: { 'x.f': { cost: 'slow' as 'heavy' } } })).toEqual(['0.json: /functions/x.f/cost must be equal to one of the allowed values'])
  })

  test('a type that no library declares', () => {
    expect(problems({ library: 'x', functions: { 'x.f': { result: 'x.T' } } })).toEqual(['0.json: functions › x.f › result names the type "x.T", which no library declares'])
  })

  test('a name in two files', () => {
    const library = { library: 'x', functions: { 'x.f': {} } }
    expect(problems(library, library)).toEqual(['1.json: name x.f is declared in 0.json too'])
  })

  test('a name without its module', () => {
    expect(problems({ library: 'x', functions: { f: {} } })).toEqual(['0.json: f has no module'])
  })

  test('another way of writing', () => {
    expect(validateDataFiles([{ file: 'x.json', text: '{"library": "x"}' }])[0]).toMatch(/^x\.json: not in the kept format/)
  })
})
