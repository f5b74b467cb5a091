/** A notebook in VS Code: no kernel is needed to see its hints. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RESULTS, setUp } from './stage.ts'

const NOTEBOOK = readFileSync(new URL('../../examples/sales.ipynb', import.meta.url), 'utf8')
const USE = 'by_product = sales.groupby("product").sum()'
const SHOWN = 'prices.sort_values("day")'

const stage = setUp({
  name: 'sales.ipynb', text: NOTEBOOK, height: 1100, problems: 2, pictures: 'notebook-',
  open: (editor, ...where) => editor.openNotebook(...where),
})

describe('a notebook in VS Code', () => {
  test('has its hints in the cells', async () => {
    const { editor } = stage
    const panel = await editor.page.locator('.markers-panel').innerText()
    expect(panel).toMatch(/sales/)
    expect(panel).toContain('held-after-last-use')
    expect(panel).toContain('output-history-holds')
    await expect.poll(() => editor.squiggles.count()).toBeGreaterThanOrEqual(2)
    await editor.page.screenshot({ path: join(RESULTS, 'notebook.png'), clip: { x: 328, y: 30, width: 768, height: 640 } })
  })

  test('explains an object in a hover that names cells', async () => {
    const { editor } = stage
    await editor.goToText(USE, 'by_product = sa'.length)
    const hover = await editor.hover()
    await expect.poll(() => hover.innerText()).toMatch(/not used after line 2 of cell 3, but held until the kernel ends/)
  })

  test('is mended from the light bulb, in the right cell', async () => {
    const { editor, file } = stage
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
    const { editor } = stage
    await editor.goToText('joined.to_csv', 0)
    await editor.page.keyboard.press('Home')
    await editor.page.keyboard.type('print(sales)\n')
    await expect.poll(() => editor.problems.allInnerTexts()).toContainEqual(expect.stringMatching(/'sales'[^]*Ln 2, Col 7/))
  })

  test('has a status of its own', async () => {
    const { editor } = stage
    await editor.goToText(USE, 3)
    expect(await editor.languageStatus()).toMatch(/Reference leaks: 2 hints/)
  })
})
