/** For each test a file of its own in a folder of its own, open in VS Code beside the Problems panel, and a picture of how it ended. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import { Editor } from './editor.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly vscode: { readonly url: string; readonly vsix: string; readonly chromium: string; readonly flags: string[] }
  }
}

/** Where pictures go. */
export const RESULTS = fileURLToPath(new URL('../../test-results/', import.meta.url))

export interface Stage {
  /** Absolute paths. */
  readonly folder: string
  readonly file: string
  readonly editor: Editor
}

export interface Play {
  readonly name: string
  readonly text: string
  /** Pixels of the window. */
  readonly height: number
  /** How many lines the Problems panel has when the test begins. */
  readonly problems: number
  readonly open: (editor: Editor, url: string, folder: string, name: string) => Promise<void>
  /** Before the name of the picture. */
  readonly pictures: string
}

/** Registers what happens before and after each test of the file; the stage is that of the test that runs. */
export function setUp({ name, text, height, problems, open, pictures }: Play): Stage {
  let browser: Browser
  const stage = {} as { -readonly [K in keyof Stage]: Stage[K] }

  beforeAll(async () => {
    const { chromium: executablePath, flags } = inject('vscode')
    mkdirSync(RESULTS, { recursive: true })
    browser = await chromium.launch({ executablePath, args: flags })
  })
  afterAll(() => browser.close())

  beforeEach(async () => {
    stage.folder = mkdtempSync(join(tmpdir(), 'refleak-example-'))
    stage.file = join(stage.folder, name)
    writeFileSync(stage.file, text)
    stage.editor = new Editor(await browser.newPage({ viewport: { width: 1100, height } }))
    await open(stage.editor, inject('vscode').url, stage.folder, name)
    await stage.editor.showProblems()
    await expect.poll(() => stage.editor.problems.count()).toBe(problems)
  })
  afterEach(async ({ task }) => {
    const { editor, folder } = stage
    await editor.page.screenshot({ path: join(RESULTS, `${pictures}${task.name.replace(/\W+/g, '-').toLowerCase()}.png`) })
    if (task.result?.state === 'fail') console.error(`What the editor shows after '${task.name}':\n${await editor.account()}`)
    await editor.page.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return stage
}
