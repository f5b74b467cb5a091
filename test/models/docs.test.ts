import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { builtinLibraries } from '../../server/src/models/builtin.ts'
import schema from '../../server/src/models/schema.json' with { type: 'json' }
import { createModelTable } from '../../server/src/models/table.ts'
import { checkUserModels } from '../../server/src/models/user.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/models.md', import.meta.url)), 'utf8')

function block(language: string): string {
  const found = [...page.matchAll(/^```(\w+)\n(.*?)^```/gms)].filter(match => match[1] === language)
  expect(found, `blocks of ${language} in docs/models.md`).toHaveLength(1)
  return found[0]![2]!
}

describe('the example of docs/models.md', () => {
  const { tool } = parse(block('toml')) as unknown as { tool: { refleak: { models: unknown[] } } }
  const { models } = tool.refleak

  test('is a valid model', () => {
    expect(checkUserModels(models).problems).toEqual([])
  })

  test('says the same in TOML and in JSON', () => {
    expect([JSON.parse(block('json'))]).toEqual(models)
  })

  test('makes the analysis know what the page says it knows', () => {
    const table = createModelTable(builtinLibraries, checkUserModels(models).libraries)
    expect(table.call('acme.io.load')).toMatchObject({ result: 'acme.Grid', size: 'outside' })
    expect(table.method('acme.Grid', 'smooth')).toMatchObject({ result: 'acme.Grid', size: { like: ['self'] } })
    expect(table.method('acme.Grid', 'smooth')?.relation).toBeUndefined()
    expect(table.call('acme.upload')?.cost).toBe('blocking')
    expect(table.type('acme.Station')?.lifetime).toBe(true)
    expect(table.library('acme.load')).toBe('acme')
  })
})

test('docs/models.md names relations and properties as the schema does', () => {
  const relations = [...page.matchAll(/^\| `(\w+)`(?: \(default\))? \|/gm)].map(match => match[1]!)
  expect(relations).toEqual(expect.arrayContaining(schema.definitions.relation.enum))
  const properties = new Set([...Object.keys(schema.definitions.call.properties), ...Object.keys(schema.definitions.type.properties)])
  const named = [...page.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(match => [...match[1]!.matchAll(/`(\w+)`/g)].map(each => each[1]!))
  const unknown = named.filter(name => name !== 'relation' && !properties.has(name) && !schema.definitions.relation.enum.includes(name))
  expect(unknown).toEqual([])
})
