/**
 * `npm run test:stdlib -- --python PATH`: CPython's own tests on a copy of its library, and on one in which all is fixed but the tests. The
 * copies are whole installations, executable and all, so that whatever a test starts runs on the copy, too.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { Missing, main, run } from './command.ts'
import { compareParts, type Side } from './comparison.ts'
import { copyTree, newFolder } from './copies.ts'
import { fixCopy } from './fixed-copy.ts'
import { choiceOf } from './fixing.ts'
import { takeCases } from './junit.ts'
import { ask, findPython, type Python } from './python.ts'

/** Milliseconds for a file of tests. */
const LIMIT = 10 * 60_000
const TESTS = ['test/', 'tests/', 'idle_test/']
/** Modules of the library that are part of the executable otherwise. */
const NOT_FROZEN = ['-X', 'frozen_modules=off']

const SIDES = ['before', 'after'] as const

interface Installation {
  readonly folder: string
  readonly python: string
  readonly library: string
}

await main(async () => {
  const [program, ...args] = process.argv.slice(2)
  const { values } = parseArgs({
    args,
    options: {
      python: { type: 'string', default: 'python3' }, tests: { type: 'string' }, skip: { type: 'string' }, fixes: { type: 'string', default: 'unsafe' },
      jobs: { type: 'string', default: '1' }, copies: { type: 'string' }, keep: { type: 'boolean', default: false },
    },
  })
  const choice = choiceOf(values.fixes)
  const python = await findPython(values.python)
  if (!existsSync(join(python.library, 'test', 'libregrtest'))) throw new Missing(`${python.command} is installed without its tests: ${join(python.library, 'test')} is not there`)
  const folder = resolve(values.copies ?? newFolder())
  console.log(`CPython ${python.version}, ${values.copies ? 'as copied to' : 'copied to'} ${folder}`)
  const copies: Readonly<Record<Side, Installation>> = { before: installation(python, join(folder, 'before')), after: installation(python, join(folder, 'after')) }
  if (!values.copies) for (const side of SIDES) install(python, copies[side])
  for (const side of SIDES) await proveOrigin(copies[side])
  const tests = await testsOf(copies.before, values.tests?.split(','), values.skip?.split(',') ?? [])
  const fixed = values.copies ? null : await fixCopy(copies.before.library, copies.after.library, choice, { program: program!, target: python.target, spared: TESTS })
  const isFixed = fixed === null || (fixed.problems.length === 0 && fixed.files.length > 0)
  const isSame = await compareParts(tests, Number(values.jobs), (test, side) => runTest(copies[side], test, join(folder, `${side}-${test}`)))
  if (isFixed && isSame && !values.keep) rmSync(folder, { recursive: true })
  return isFixed && isSame
})

function installation({ prefix, library, executable }: Python, folder: string): Installation {
  return { folder, python: join(folder, 'bin', basename(executable)), library: join(folder, relative(prefix, library)) }
}

function install(from: Python, { folder, python, library }: Installation): void {
  mkdirSync(join(folder, 'bin'), { recursive: true })
  copyFileSync(from.executable, python)
  copyTree(from.library, library)
  mkdirSync(join(library, 'site-packages'))
  const headers = join(from.prefix, 'include')
  if (existsSync(headers)) symlinkSync(headers, join(folder, 'include'))
}

/** Throws where this Python takes its library from elsewhere. */
async function proveOrigin({ python, library }: Installation): Promise<void> {
  const origin = await ask(python, [...NOT_FROZEN, '-I', '-c', 'import os, json; print(os.__spec__.origin, os.__file__, json.__file__, sep="\\n")'])
  console.log(`${python} runs ${origin.split('\n').join(', ')}`)
  if (!origin.split('\n').every(path => path.startsWith(library + sep))) throw new Missing(`the copied Python does not take its library from the copy: ${origin}`)
}

/** All, or those named, as files or as packages of them. */
async function testsOf({ python }: Installation, wanted: readonly string[] | undefined, skipped: readonly string[]): Promise<readonly string[]> {
  const all = (await ask(python, [...NOT_FROZEN, '-m', 'test', '--list-tests'])).split('\n')
  const isIn = (test: string, name: string) => test === name || test.startsWith(`test.${name}.`)
  const unknown = [...wanted ?? [], ...skipped].filter(name => !all.some(test => isIn(test, name)))
  if (unknown.length > 0) throw new Missing(`this Python has no tests of the name ${unknown.join(', ')}`)
  return all.filter(test => (wanted?.some(name => isIn(test, name)) ?? true) && !skipped.some(name => isIn(test, name)))
}

async function runTest({ python }: Installation, test: string, work: string) {
  const cases = `${work}.xml`
  mkdirSync(work, { recursive: true })
  const { status, out, err } = await run(python, [...NOT_FROZEN, '-m', 'test', '--tempdir', work, '--junit-xml', cases, '--timeout', String(LIMIT / 2000), test], { cwd: work, limit: LIMIT, env: { PYTHONHOME: undefined, PYTHONPATH: undefined, PYTHONSTARTUP: undefined } })
  writeFileSync(`${work}.log`, `${out}${err}\nstatus ${status}\n`)
  rmSync(work, { recursive: true, force: true })
  return takeCases(python, cases)
}
