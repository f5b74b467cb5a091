import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXAMPLE, FIXED, LAST_USE_LINE } from './example.ts'
import { RESULTS, setUp } from './stage.ts'

const RULE = 'held-after-last-use'
/** How its page begins. */
const PAGE = 'stays in memory after its last use'
/** A web view starts a page of its own, which takes its time on a busy machine. */
const PATIENT = { timeout: 60_000 }

const stage = setUp({
  name: 'report.py', text: EXAMPLE, height: 720, problems: 1, pictures: '',
  open: (editor, url, folder, name) => editor.open(url, folder, join(folder, name)),
})

/** The file on disk, after saving. */
async function saved(): Promise<string> {
  await stage.editor.save()
  return readFileSync(stage.file, 'utf8')
}

const lineOf = (problem: string): number => Number(/Ln (\d+)/.exec(problem)?.[1])
const problemLines = async (): Promise<number[]> => (await stage.editor.problems.allInnerTexts()).map(lineOf)

describe('VS Code with the packaged extension', () => {
  test('shows the hint as a squiggle and in the Problems panel, with its reasons', async () => {
    const { editor } = stage
    await editor.goTo(LAST_USE_LINE, 1)
    await expect.poll(() => editor.squiggles.count()).toBe(1)
    const panel = await editor.page.locator('.markers-panel').innerText()
    expect(panel).toContain("'rows' is not used after this")
    expect(panel).toContain(RULE)
    expect(panel).toMatch(/rows is bound here/)
    expect(panel).toMatch(/still held while .*render\(totals\)/)
    expect(await problemLines()).toEqual([LAST_USE_LINE])
  })

  test('explains the object in a hover', async () => {
    const { editor } = stage
    await editor.goTo(LAST_USE_LINE, 24)
    const hover = await editor.hover()
    await expect.poll(() => hover.innerText()).toContain("'rows' is not used after this")
    await expect.poll(() => hover.innerText()).toMatch(/rows: [^]*json\.load\(\)[^]*del rows/)
  })

  test('inserts del from the light bulb, and takes it back on undo', async () => {
    const { editor } = stage
    await editor.goTo(LAST_USE_LINE, 24)
    const menu = await editor.lightBulb()
    expect(await menu.innerText()).toMatch(/Insert `del rows`[^]*Suppress held-after-last-use on this line/)
    await editor.page.screenshot({ path: join(RESULTS, 'light-bulb.png') })
    await menu.getByText('Insert `del rows`').click()
    await expect.poll(() => editor.problems.count()).toBe(0)
    expect(await saved()).toBe(FIXED)
    await editor.page.screenshot({ path: join(RESULTS, 'fixed.png') })
    await editor.undo()
    await expect.poll(() => editor.problems.count()).toBe(1)
    expect(await saved()).toBe(EXAMPLE)
  })

  test('extracts the lines into a function, and lets its name be typed', async () => {
    const { editor } = stage
    await editor.goTo(LAST_USE_LINE, 24)
    await (await editor.lightBulb()).getByText('Extract the statements').click()
    await expect.poll(() => editor.problems.count()).toBe(0)
    await expect.poll(() => editor.page.locator('.monaco-editor .cursors-layer .cursor').count()).toBe(2)
    await editor.page.keyboard.type('totals_of')
    expect(await saved()).toMatch(/def totals_of\(path\):[^]*totals = totals_of\(path\)/)
  })

  test('follows the last use while typing, and the hint goes when nothing is dragged any more', async () => {
    const { editor } = stage
    await editor.type(LAST_USE_LINE, 'end', '\n    print(len(rows))')
    await expect.poll(problemLines).toEqual([LAST_USE_LINE + 1])
    const upload = EXAMPLE.slice(0, EXAMPLE.indexOf('    upload(url, figures)\n')).split('\n').length + 1
    await editor.type(upload, 'end', '\n    print(rows[0])')
    await expect.poll(() => editor.problems.count()).toBe(0)
    await expect.poll(() => editor.squiggles.count()).toBe(0)
  })

  test('suppresses the hint by a comment, which is coloured', async () => {
    const { editor } = stage
    await editor.goTo(LAST_USE_LINE, 24)
    await (await editor.lightBulb()).getByText('Suppress held-after-last-use').click()
    await expect.poll(() => editor.problems.count()).toBe(0)
    expect(await saved()).toContain(`    totals = summarise(rows)  # refleak: ignore[${RULE}]\n`)
    const line = editor.page.locator('.view-line', { hasText: 'refleak:' })
    // A token's class stands for its colour.
    const tokens = await Promise.all((await line.locator('span span').all()).map(async (token) =>
      ({ text: await token.innerText(), colour: await token.getAttribute('class') })))
    const colourOf = (text: string) => tokens.find((token) => token.text.includes(text))?.colour
    expect(new Set([colourOf('#'), colourOf('refleak'), colourOf('ignore'), colourOf(RULE)]).size).toBe(4)
  })

  test('says in the language status what it does, and why it is silent', async () => {
    const { editor } = stage
    expect(await editor.languageStatus()).toMatch(/Reference leaks: 1 hint/)
    await editor.type(1, 'start', '# Code generated by a test. DO NOT EDIT.\n')
    await expect.poll(() => editor.problems.count()).toBe(0)
    expect(await editor.languageStatus()).toMatch(/silent here[^]*generated file/)
  })

  test('restarts its server on command', async () => {
    const { editor } = stage
    await editor.run('Reference Leak Hints: Restart Server')
    await expect.poll(() => editor.problems.count()).toBe(0)
    await expect.poll(() => editor.problems.count()).toBe(1)
  })

  test('scans the workspace on command: hints of files that are not open, which follow the files', async () => {
    const { editor, folder } = stage
    const other = join(folder, 'nightly.py')
    writeFileSync(other, EXAMPLE)
    await editor.run('Reference Leak Hints: Scan Workspace')
    await expect.poll(() => editor.problems.count()).toBe(2)
    expect(await editor.page.locator('.markers-panel').innerText()).toContain('nightly.py')
    writeFileSync(other, FIXED)
    await expect.poll(() => editor.problems.count()).toBe(1)
    writeFileSync(other, EXAMPLE)
    await expect.poll(() => editor.problems.count()).toBe(2)
    await editor.run('Reference Leak Hints: Clear the Findings of the Scan')
    await expect.poll(() => editor.problems.count()).toBe(1)
  })

  test('shows its log on command', async () => {
    const { editor } = stage
    // A window that is still opening may lose what it is told: whoever sees nothing asks again.
    await expect.poll(async () => {
      await editor.run('Reference Leak Hints: Show Log')
      return editor.outputLines()
    }, PATIENT).toMatch(/server \d\S* is running/)
  })

  test('opens the page of a rule from its hint', async () => {
    const { editor } = stage
    await editor.problems.first().getByText(RULE).click()
    await expect.poll(() => editor.renderedPages(), PATIENT).toContain(PAGE)
  })

  test('opens the page of a rule on command', async () => {
    const { editor } = stage
    await editor.run('Reference Leak Hints: Explain a Rule')
    await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: RULE }).click()
    await expect.poll(() => editor.renderedPages(), PATIENT).toContain(PAGE)
  })
})
