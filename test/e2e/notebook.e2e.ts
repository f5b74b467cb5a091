/** A notebook in VS Code: no kernel is needed to see its hints. */
import { readFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { Editor } from './editor.ts'

const RESULTS = fileURLToPath(new URL('../../test-results/', import.meta.url))
const NOTEBOOK = readFileSync(new URL('../../examples/sales.ipynb', import.meta.url), 'utf8')
const USE = 'by_product = sales.groupby("product").sum()'
const SHOWN = 'prices.sort_values("day")'

let browser: Browser
let folder: string
let file: string
let editor: Editor

beforeAll(async () => {
  const { chromium: executablePath, flags } = inject('vscode')
  mkdirSync(RESULTS, { recursive: true })
  browser = await chromium.launch({ executablePath, args: flags })
})
afterAll(() => browser.close())

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'refleak-notebook-'))
  file = join(folder, 'sales.ipynb')
  writeFileSync(file, NOTEBOOK)
  editor = new Editor(await browser.newPage({ viewport: { width: 1100, height: 1100 } }))
  await editor.openNotebook(inject('vscode').url, folder, 'sales.ipynb')
  await editor.showProblems()
  await expect.poll(() => editor.problems.count()).toBe(2)
})
afterEach(async ({ task }) => {
  await editor.page.screenshot({ path: join(RESULTS, `notebook-${task.name.replace(/\W+/g, '-').toLowerCase()}.png`) })
  await editor.page.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a notebook in VS Code', () => {
  test('has its hints in the cells', async () => {
    const panel = await editor.page.locator('.markers-panel').innerText()
    expect(panel).toMatch(/sales/)
    expect(panel).toContain('held-after-last-use')
    expect(panel).toContain('output-history-holds')
    await expect.poll(() => editor.squiggles.count()).toBeGreaterThanOrEqual(2)
    await editor.page.screenshot({ path: join(RESULTS, 'notebook.png'), clip: { x: 328, y: 30, width: 768, height: 640 } })
  })

  test('explains an object in a hover that names cells', async () => {
    await editor.goToText(USE, 'by_product = sa'.length)
    const hover = await editor.hover()
    await expect.poll(() => hover.innerText()).toMatch(/not used after line 2 of cell 3, but held until the kernel ends/)
  })

  test('is mended from the light bulb, in the right cell', async () => {
    await editor.goToText(USE, 'by_product = sa'.length)
    await (await editor.lightBulb()).getByText('Insert `del sales`').click()
    await expect.poll(() => editor.problems.count()).toBe(1)
    await editor.goToText(SHOWN, 3)
    const menu = await editor.lightBulb()
    await editor.page.screenshot({ path: join(RESULTS, 'notebook-light-bulb.png') })
    await menu.getByText('Show it with').click()
    await expect.poll(() => editor.problems.count()).toBe(0)
    await editor.save()
    const cells = JSON.parse(readFileSync(file, 'utf8')).cells as { readonly source: readonly string[] }[]
    expect(cells[2]?.source.join('')).toMatch(/sum\(\)\ndel sales$/)
    expect(cells[3]?.source.join('')).toMatch(/^%%time\n[^]*\ndisplay\(prices\.sort_values\("day"\)\)$/)
  })

  test('follows what is typed into another cell', async () => {
    await editor.goToText('joined.to_csv', 0)
    await editor.page.keyboard.press('Home')
    await editor.page.keyboard.type('print(sales)\n')
    await expect.poll(() => editor.problems.allInnerTexts()).toContainEqual(expect.stringMatching(/'sales'[^]*Ln 2, Col 7/))
  })

  test('has a status of its own', async () => {
    await editor.goToText(USE, 3)
    expect(await editor.languageStatus()).toMatch(/Reference leaks: 2 hints/)
  })
})
