/** What the pages claim of who holds an object and what frees it, tried out under the CPython of this machine. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isRuleName } from '../../server/src/rules/names.ts'

const FOLDER = new URL('claims/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8')
const rules = readdirSync(FOLDER).filter(file => file.endsWith('.py') && file !== 'prelude.py').map(file => file.slice(0, -3))

it('there are claims, each file about a rule', () => {
  expect(rules.length).toBeGreaterThan(0)
  expect(rules.filter(name => !isRuleName(name))).toEqual([])
})

it.each(rules)('CPython does what is claimed about %s', rule => {
  const program = [read('prelude.py'), read(`${rule}.py`), 'run_claims(dict(globals()))', ''].join('\n\n')
  const run = spawnSync('python3', ['-I', '-'], { input: program, encoding: 'utf8' })
  if (run.error) return // no python3 here
  expect(run.stderr).toBe('')
  expect(run.stdout).toMatch(/^[1-9]\d* claims\n$/)
})
