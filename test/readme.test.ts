/** The rules table of the README is what the rules say of themselves. `npm run docs` writes it anew. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RULE_NAMES } from '../server/src/rules/names.ts'
import { SUMMARIES } from '../server/src/rules/summaries.ts'

const README = new URL('../README.md', import.meta.url)
const BLOCK = /(<!-- rules:.*-->\n)([\s\S]*?)(<!-- end of rules -->)/

function table(): string {
  const rows = RULE_NAMES.map(name => `| [${name}](server/src/rules/${name}.md) | ${SUMMARIES[name]} |`)
  return ['| rule | reports |', '|---|---|', ...rows, ''].join('\n')
}

it('the README lists every rule with its page', () => {
  const text = readFileSync(README, 'utf8')
  expect(text).toMatch(BLOCK)
  const current = text.replace(BLOCK, (_, open: string, __, close: string) => `${open}${table()}${close}`)
  if (process.env.UPDATE_DOCS) writeFileSync(README, current)
  expect(text === current || process.env.UPDATE_DOCS !== undefined, 'run `npm run docs`').toBe(true)
})

it.each(RULE_NAMES)('%s has a page', name => {
  expect(existsSync(new URL(`../server/src/rules/${name}.md`, import.meta.url))).toBe(true)
})
