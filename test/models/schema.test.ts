import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDataFiles } from '../../scripts/model-files.ts'
import type { CallModel, Library, ResultModel, TypeModel, VariantModel } from '../../server/src/models/model.ts'
import schema from '../../server/src/models/schema.json' with { type: 'json' }
import { checkShape, type Schema } from '../../server/src/models/shape.ts'

const modelsFolder = fileURLToPath(new URL('../../server/src/models', import.meta.url))
const root = schema as Schema
const ajv = new Ajv({ allowUnionTypes: true }).compile(schema)
const isValid = (value: unknown): boolean => checkShape(value, root, root).length === 0

// `Required` makes the compiler demand every property of model.ts, so that one added there is missed here.
const result: Required<ResultModel> = {
  result: 'list', typeOf: 0, element: 'str', tuple: [{}], yields: {}, relation: 'view', of: ['self'], maybe: true, key: true, reuses: true, size: 'small', streams: 'outside', source: '1',
}
const variant: Required<VariantModel> = { arg: 'a', is: null, has: 'x', atMost: 1, single: true, given: true, type: 'int', then: result }
const call: Required<CallModel> = {
  ...result, params: ['a', '*', 'b', '**c'], when: [variant], async: true, calls: ['a'], keeps: [{ arg: 'a', by: { arg: 1 }, elements: true }],
  cost: 'heavy', transient: { like: ['a'], largest: true, times: 2, upTo: true }, runs: { callable: 'a', gives: 'each' }, awaits: 'a', grows: true, shrinks: true, ends: true, noReturn: true,
}
const type: Required<TypeModel> = {
  kind: 'list', bases: ['object'], lifetime: true, element: 'str', elementwise: true, item: result, slice: result,
  items: { int: {}, str: {}, list: {}, tuple: {}, mask: {} }, streams: 'small', iterate: result, asTheyCome: 'items()', ofClass: { a: result }, enter: result, construct: call, called: call, methods: { m: call }, attributes: { a: result },
}
const library: Required<Library> = { library: 'x', types: { 'x.T': type }, functions: { 'x.f': call }, aliases: { y: 'x' } }

describe('the schema says the same as the types', () => {
  test('a library that uses every property is valid', () => {
    expect(checkShape(library, root, root)).toEqual([])
    expect(ajv(library), JSON.stringify(ajv.errors)).toBe(true)
  })

  test.each([['library', schema.properties, library], ['result', schema.definitions.result.properties, result], ['call', schema.definitions.call.properties, call], ['variant', schema.definitions.variant.properties, variant], ['type', schema.definitions.type.properties, type], ['items', schema.definitions.type.properties.items.properties, type.items]])(
    'and has no property that a %s does not have',
    (_, properties, example) => expect(Object.keys(properties).sort()).toEqual(Object.keys(example).sort()),
  )
})

describe('the small checker agrees with ajv', () => {
  const libraries = readDataFiles(modelsFolder).map(({ text }) => JSON.parse(text) as Library)
  const entries = libraries.flatMap(each => [
    ...Object.entries(each.functions ?? {}).map(([name, model]) => ({ library: 'x', functions: { [name]: model } })),
    ...Object.entries(each.types ?? {}).map(([name, model]) => ({ library: 'x', types: { [name]: model } })),
  ])

  test('on every entry of the data files', () => {
    expect(entries.length).toBeGreaterThan(1000)
    for (const entry of entries) expect(isValid(entry), JSON.stringify(entry)).toBe(ajv(entry))
  })

  test('on entries with one value replaced by another', () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, -1, 1.5, '', 'view', 'small', 'self', '*', '**k', 'a b', [], {}, [0], ['a'], ['a', 'a', 'a'], { like: ['a'] }, { like: [] }, { count: 'n', itemsize: 8 }, { shape: ['n'], itemsize: -1 }, { range: ['a', 'b'], itemsize: 1 }, { arg: 0 }, { kind: 'list' }),
      fc.constantFrom(...entries),
    )
    fc.assert(fc.property(fc.constantFrom(...entries), fc.infiniteStream(fc.nat()), value, (entry, choices, replacement) => {
      const mutant = replaced(structuredClone(entry), choices, replacement)
      expect(isValid(mutant), JSON.stringify(mutant)).toBe(ajv(mutant))
    }), { numRuns: 2000 })
  })
})

/** `value` with one of its parts, found by walking down at random, replaced. */
function replaced(value: unknown, choices: Iterator<number>, replacement: unknown): unknown {
  const pick = (n: number): number => choices.next().value % n
  if (typeof value !== 'object' || value === null || pick(6) === 0) return replacement
  const parts = value as Record<string, unknown>
  const keys = [...Object.keys(parts), ...(Array.isArray(value) ? [] : ['extra'])]
  if (keys.length === 0) return replacement
  const key = keys[pick(keys.length)]!
  parts[key] = replaced(parts[key], choices, replacement)
  return value
}
