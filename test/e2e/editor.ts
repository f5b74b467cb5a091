/** Drives VS Code in the browser as a person does: with keys and the mouse, reading what is on the screen. */
import type { Locator, Page } from 'playwright-core'

/** Milliseconds to wait for anything, and before pressing a key once more. */
const PATIENCE = 30_000
const RETRY = 6_000
/** Of the palette's list. */
const SETTLED = 500

export class Editor {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens a folder with one of its files. Both are absolute paths. */
  async open(url: string, folder: string, file: string): Promise<void> {
    const payload = JSON.stringify([['openFile', `vscode-remote://${new URL(url).host}${file}`]])
    await this.page.goto(`${url}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(payload)}`)
    await this.page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 })
  }

  /** Opens a folder, and from the Explorer one of its notebooks: as a notebook, once the editor for that is there; before, it is shown as text. */
  async openNotebook(url: string, folder: string, name: string): Promise<void> {
    await this.page.goto(`${url}/?folder=${encodeURIComponent(folder)}`)
    const file = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name })
    const cells = this.page.locator('.notebook-editor .cell .view-line').first()
    for (let patience = PATIENCE; ; patience -= RETRY) {
      await file.dblclick({ timeout: 60_000 })
      try {
        await cells.waitFor({ timeout: RETRY })
        return
      } catch (error) {
        if (patience <= RETRY) throw error
        await this.run('View: Close All Editors')
      }
    }
  }

  /** Puts the cursor into a line and column, both 1-based. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('Control+1')
    await this.page.keyboard.press('Control+g')
    await this.page.locator('.quick-input-widget input').fill(`:${line},${column}`)
    await this.page.keyboard.press('Enter')
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
    await this.page.locator('.monaco-editor.focused').waitFor()
  }

  /** Puts the cursor so many characters into the text of a line: in whichever editor on the screen, or cell of a notebook, shows it. */
  async goToText(text: string, offset: number): Promise<void> {
    await this.page.locator('.view-line', { hasText: text }).first().click({ position: { x: 4, y: 8 } })
    await this.page.locator('.monaco-editor.focused').waitFor()
    await this.page.keyboard.press('Home')
    for (let left = offset; left > 0; left -= 1) await this.page.keyboard.press('ArrowRight')
  }

  /** Types at the start or at the end of a line (1-based). */
  async type(line: number, where: 'start' | 'end', text: string): Promise<void> {
    await this.goTo(line, 1)
    if (where === 'end') await this.page.keyboard.press('End')
    await this.page.keyboard.type(text)
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+z')
  }

  async showProblems(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+m')
    await this.page.locator('.markers-panel').waitFor()
  }

  /** The text of the language status: what the braces in the status bar show. */
  async languageStatus(): Promise<string> {
    await this.page.mouse.move(0, 0)
    await this.page.locator('#status\\.languageStatus').hover()
    const shown = this.page.locator('.hover-language-status').first()
    await shown.waitFor({ timeout: PATIENCE })
    return shown.innerText()
  }

  /** Runs a command by its title: where the list moves while it fills, a click would hit another one. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('F1')
    const palette = this.page.locator('.quick-input-widget')
    await palette.locator('input').fill(`>${title}`)
    const found = palette.locator('.monaco-list-row.focused', { hasText: title })
    await found.waitFor()
    // An editor that is just opening draws the list anew and still sets up what it watches and shows: no person is quicker than that.
    await this.page.waitForTimeout(SETTLED)
    await found.waitFor()
    await this.page.keyboard.press('Enter')
  }

  /** The lines of the Problems panel that belong to this extension. */
  get problems(): Locator {
    return this.page.locator('.markers-panel .monaco-list-row', { hasText: 'refleak' })
  }

  get squiggles(): Locator {
    return this.page.locator('.monaco-editor .cdr.squiggly-warning, .monaco-editor .cdr.squiggly-info, .monaco-editor .cdr.squiggly-hint')
  }

  /** The hover at the cursor. */
  async hover(): Promise<Locator> {
    return this.#opened(this.page.locator('.monaco-hover:visible').first(), ['Control+k', 'Control+i'])
  }

  /** The light bulb's menu at the cursor. */
  async lightBulb(): Promise<Locator> {
    return this.#opened(this.page.locator('.action-widget').first(), ['Control+.'])
  }

  /** Presses keys until they have opened something: a busy editor closes again what a late event disturbs. */
  async #opened(widget: Locator, keys: readonly string[]): Promise<Locator> {
    for (let patience = PATIENCE; ; patience -= RETRY) {
      for (const key of keys) await this.page.keyboard.press(key)
      try {
        await widget.waitFor({ timeout: Math.min(RETRY, patience) })
        return widget
      } catch (error) {
        if (patience <= RETRY) throw error
        await this.page.keyboard.press('Escape')
      }
    }
  }

  /** What the Output panel shows. */
  async outputLines(): Promise<string> {
    const lines = await this.page.locator('.part.panel .view-line').allInnerTexts()
    // Editors show spaces as no-break spaces.
    return lines.join('\n').replaceAll('\u00a0', ' ')
  }

  /** What a person who looks into a failure wants to know: what the editor says of itself, and what the server wrote. */
  async account(): Promise<string> {
    const told = await this.page.locator('.notifications-toasts, .statusbar, .markers-panel').allInnerTexts()
    const text = (await this.page.locator('.monaco-editor .view-line').allInnerTexts()).join('\n')
    await this.run('Reference Leak Hints: Show Log')
    await this.page.waitForTimeout(1_000)
    return [...told, text, await this.outputLines()].join('\n----\n').replaceAll('\u00a0', ' ')
  }

  /** The text of every web view. */
  async renderedPages(): Promise<string> {
    const frames = this.page.frames().filter((frame) => frame.url().includes('/webview/'))
    return (await Promise.all(frames.map((frame) => frame.locator('body').innerText()))).join('\n')
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s')
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached', timeout: PATIENCE })
  }
}
