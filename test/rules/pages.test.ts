/** The page is the test: the Python on a rule's page, and on the pages in the folder of its name, is analysed, and has to give what they say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RULE_NAMES } from '../../server/src/rules/names.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { complaints, outputs } from './cpython.ts'
import { explain, runCase, type Outcome } from './outcome.ts'
import { readPage } from './page.ts'

const SERVER = new URL('../../server/src/', import.meta.url)
const pagesOf = (folder: string) => readdirSync(new URL(folder, SERVER)).filter(file => file.endsWith('.md')).map(file => {
  const path = `${folder}/${file}`
  const text = readFileSync(new URL(path, SERVER), 'utf8')
  return { name: file.slice(0, -3), path, text, cases: readPage(text) }
})
const pages = pagesOf('rules')
const fixPages = pagesOf('fixes')
/** Further cases of a rule, by theme. */
const casePages = pages.flatMap(({ name, text }) => {
  const folder = `rules/${name}`
  return existsSync(new URL(folder, SERVER)) ? pagesOf(folder).map(page => ({ ...page, rule: { name, text } })) : []
})
const allPages = [...pages, ...casePages, ...fixPages]
const cases = allPages.flatMap(page => page.cases.map(each => ({ ...each, page: page.path })))

let engine: Engine
const outcomes = new Map<object, Outcome>()

beforeAll(async () => {
  engine = (await openEngine({ prefer: 'wasm' })).engine
  for (const each of cases) outcomes.set(each, runCase(engine, each))
}, 120_000)
afterAll(() => engine.dispose())

describe('the pages', () => {
  it('are those of the rules', () => {
    expect(pages.map(page => page.name).sort()).toEqual([...RULE_NAMES].sort())
  })

  it.each(pages)('$name begins with its name, shows a finding and a silence', page => {
    expect(page.text.split('\n')[0]).toBe(`# ${page.name}`)
    const found = page.cases.filter(c => c.expectations.some(e => e.rule === page.name))
    expect(found.length, 'cases in which the rule reports something').toBeGreaterThan(0)
    expect(page.cases.length - found.length, 'cases in which it does not').toBeGreaterThan(0)
  })

  it.each(casePages)('$path begins with the name of its rule, and each leads to the other', ({ name, text, rule }) => {
    expect(text.split('\n')[0]).toMatch(new RegExp(`^# ${rule.name}: .`))
    expect(text).toContain(`](../${rule.name}.md)`)
    expect(rule.text).toContain(`](${rule.name}/${name}.md)`)
  })

  it.each(allPages)('$path stands on measured facts', ({ text }) => {
    const cited = [...text.matchAll(/\bfacts? (\d+)/g)].map(match => Number(match[1]))
    expect(cited.filter(n => n < 1 || n > LAST_FACT), 'facts that do not exist').toEqual([])
  })
})

describe('the pages of fixes', () => {
  it.each(fixPages)('$name begins with its name, shows fixed texts and refusals, and runs programs', ({ name, text, cases }) => {
    expect(text.split('\n')[0]).toBe(`# ${name}`)
    expect(cases.filter(c => c.fixed?.by === name).length, 'fixed texts').toBeGreaterThan(2)
    expect(cases.filter(c => c.refuses === name).length, 'refusals').toBeGreaterThan(2)
    expect(cases.filter(c => c.runs && c.fixed !== null).length, 'programs').toBeGreaterThan(2)
  })
})

/** The facts are numbered from 1 to this. */
const LAST_FACT = 158

describe.each(allPages)('$path', page => {
  it.each(cases.filter(each => each.page === page.path).map(each => [`line ${each.pageLine}: ${each.heading}`, each] as const))('%s', (_, each) => {
    const outcome = outcomes.get(each)!
    if (outcome.problems.length > 0) expect.fail(`server/src/${page.path}, line ${each.pageLine}\n${explain(each, outcome)}`)
  })
})

describe('CPython', () => {
  it('accepts every case and every fixed text', context => {
    const texts = cases.flatMap(each => [
      { where: `${each.page}, line ${each.pageLine}`, text: each.text },
      ...outcomes.get(each)!.copies.map(copy => ({ where: `${each.page}, line ${each.pageLine}, after ${copy.by}`, text: copy.text })),
    ])
    expect(texts.length).toBeGreaterThan(0)
    const answers = complaints(texts.map(each => each.text))
    if (answers === null) return context.skip('no python3 here')
    const refused = texts.flatMap(({ where, text }, i) => (answers[i] === null ? [] : [`${where}: ${answers[i]}\n${text}`]))
    expect(refused).toEqual([])
  })

  it('runs every program to the same end before and after each fix', context => {
    const programs = cases.filter(each => each.runs)
    const copies = programs.map(each => outcomes.get(each)!.copies)
    const printed = outputs(programs.flatMap((each, i) => [each.text, ...copies[i]!.map(copy => copy.text)]))
    if (printed === null) return context.skip('no python3 here')
    let at = 0
    const different = programs.flatMap((each, i) => {
      const before = printed[at++]!
      const silent = before === '' ? [`${each.page}, line ${each.pageLine} prints nothing`] : []
      return [...silent, ...copies[i]!.flatMap(copy => {
        const after = printed[at++]!
        return after === before ? [] : [`${each.page}, line ${each.pageLine}, after ${copy.by}: ${after}, not ${before}\n${copy.text}`]
      })]
    })
    expect(different).toEqual([])
  }, 240_000)
})
