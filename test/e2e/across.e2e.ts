/** A fix that edits two files, one of which is not open. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RESULTS, setUp } from './stage.ts'

const DATA = 'import json\n\nwith open("words.json") as source:\n    WORDS = json.load(source)\n'
const USER = 'from data import WORDS\n\n\ndef spell(word):\n    return word in WORDS\n'

const stage = setUp({
  name: 'data.py', text: DATA, height: 720, problems: 1, pictures: 'across-',
  async open(editor, url, folder, name) {
    writeFileSync(join(folder, 'user.py'), USER)
    await editor.open(url, folder, join(folder, name))
  },
})

const USER_FIXED = USER.replace('import WORDS', 'import load_words').replace('in WORDS', 'in load_words()')
const DATA_FIXED = /def load_words\(\):\n {4}with open\("words\.json"\) as source:\n {8}return json\.load\(source\)\n/
const read = (name: string): string => readFileSync(join(stage.folder, name), 'utf8')

async function isFixed(): Promise<void> {
  await expect.poll(() => stage.editor.problems.count()).toBe(0)
  await stage.editor.run('File: Save All Files')
  await expect.poll(() => read('user.py')).toBe(USER_FIXED)
  await expect.poll(() => read('data.py')).toMatch(DATA_FIXED)
}

describe('a fix of two files in VS Code', () => {
  test('changes both, though one is not open', async () => {
    const { editor } = stage
    await expect.poll(() => editor.page.locator('.markers-panel').innerText()).toContain('only spell() in user.py uses it')
    await editor.goTo(4, 6)
    await (await editor.lightBulb()).getByText('edits user.py, too').click()
    await isFixed()
  })

  test('is shown before it is made, where the user asks for that', async () => {
    const { editor } = stage
    await editor.goTo(4, 6)
    const menu = await editor.lightBulb()
    await menu.getByText('edits user.py, too').hover()
    await editor.page.keyboard.press('Control+Enter')
    const preview = editor.page.locator('.bulk-edit-panel')
    await preview.waitFor()
    await expect.poll(() => preview.innerText()).toMatch(/data\.py[^]*user\.py/)
    await editor.page.screenshot({ path: join(RESULTS, 'across-preview.png') })
    expect(read('user.py')).toBe(USER)
    await preview.getByRole('button', { name: 'Apply' }).click()
    await isFixed()
  })
})
