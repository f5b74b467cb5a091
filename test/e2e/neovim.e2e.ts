import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE, FIXED, LAST_USE_LINE } from './example.ts'

interface Seen {
  readonly failures: string[]
  readonly diagnostic?: { line: number; message: string; code: string }
  readonly hover?: string
  readonly actions?: string[]
  readonly edited?: string
  readonly undone?: string
}

const hasNeovim = spawnSync('nvim', ['--version']).status === 0
// On a build machine a missing Neovim is a mistake of the set-up, not a reason to skip.
const mayRun = hasNeovim || process.env['CI'] === 'true'
if (!mayRun) console.warn('Neovim is not on PATH: its tests are skipped')

describe.runIf(mayRun)('Neovim with `refleak lsp --stdio`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refleak-neovim-'))
  let seen: Seen

  beforeAll(() => {
    const file = join(folder, 'example.py')
    writeFileSync(file, EXAMPLE)
    const run = spawnSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${fileURLToPath(new URL('neovim.lua', import.meta.url))}`], {
      encoding: 'utf8',
      timeout: 120_000,
      env: {
        ...process.env,
        REFLEAK_COMMAND: JSON.stringify([process.execPath, fileURLToPath(new URL('../../dist/refleak.mjs', import.meta.url)), 'lsp', '--stdio']),
        REFLEAK_FILE: file,
        REFLEAK_NAME: 'rows',
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
      },
    })
    const line = run.stdout.split('\n').find((text) => text.startsWith('{'))
    if (line === undefined) throw new Error(`Neovim said nothing (status ${run.status}):\n${run.stdout}${run.stderr}`)
    seen = JSON.parse(line) as Seen
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('goes through every step', () => expect(seen.failures).toEqual([]))
  test('shows the hint on the last use', () => expect(seen.diagnostic).toMatchObject({ line: LAST_USE_LINE, code: 'held-after-last-use', message: expect.stringContaining('rows') }))
  test('shows the hover', () => expect(seen.hover).toContain('rows'))
  test('offers the fix and the suppression', () => expect(seen.actions?.join('\n')).toMatch(/del rows[^]*Suppress held-after-last-use on this line/))
  test('applies the fix to the buffer, and undoes it', () => {
    expect(`${seen.edited}\n`).toBe(FIXED)
    expect(`${seen.undone}\n`).toBe(EXAMPLE)
  })
})
