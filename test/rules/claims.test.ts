/** What the pages claim of who holds an object and what frees it, tried out under the CPython of this machine and the one in `pyodide`. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { loadPyodide } from 'pyodide'
import { expect, it } from 'vitest'
import { isRuleName } from '../../server/src/rules/names.ts'

const FOLDER = new URL('claims/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')
const rules = readdirSync(FOLDER).filter(file => file.endsWith('.py') && file !== 'prelude.py').map(file => file.slice(0, -3))

it('there are claims, each file about a rule', () => {
  expect(rules.length).toBeGreaterThan(0)
  expect(rules.filter(name => !isRuleName(name))).toEqual([])
})

const programOf = (rule: string): string => [read('prelude.py'), read(`${rule}.py`), 'run_claims(dict(globals()))', ''].join('\n\n')
const ALL_HOLD = /^[1-9]\d* claims\n?$/

it.each(rules)('CPython does what is claimed about %s', rule => {
  const run = spawnSync('python3', ['-I', '-'], { input: programOf(rule), encoding: 'utf8' })
  if (run.error) return // no python3 here
  expect(run.stderr).toBe('')
  expect(run.stdout).toMatch(ALL_HOLD)
})

it('the CPython in pyodide does all of it, too', async () => {
  const python = await loadPyodide({ indexURL: dirname(createRequire(import.meta.url).resolve('pyodide')) })
  const printed = rules.map(rule => {
    let text = ''
    python.setStdout({ batched: line => { text += line } })
    python.runPython(programOf(rule), { globals: python.toPy({ __name__: '__main__' }) })
    return text
  })
  expect(printed.filter(text => !ALL_HOLD.test(text))).toEqual([])
}, 60_000)
