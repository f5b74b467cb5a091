/**
 * `npm run test:stdlib -- --python PATH`: CPython's own tests on a copy of its library, and on one in which all is fixed but the tests. The
 * copies are whole installations, executable and all, so that whatever a test starts runs on the copy, too.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { forget, keptIn } from './answers.ts'
import { Missing, main, run } from './command.ts'
import { compareParts, type Side } from './comparison.ts'
import { copyTree, newFolder, type Changes } from './copies.ts'
import { fixCopy } from './fixed-copy.ts'
import { choiceOf, type Choice, type Fixed } from './fixing.ts'
import { takeCases } from './junit.ts'
import { ask, findPython, type Python } from './python.ts'

const TESTS = ['test/', 'tests/', 'idle_test/']
/** Modules of the library that are part of the executable otherwise. */
const NOT_FROZEN = ['-X', 'frozen_modules=off']

const SIDES = ['before', 'after'] as const

/** Not run unless named, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  test_pyclbr: 'it compares the sources with what they make, and finds a cached loader to be no plain function',
}

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
      jobs: { type: 'string', default: '1' }, limit: { type: 'string', default: '600' }, copies: { type: 'string' }, 'fix-again': { type: 'boolean', default: false },
    },
  })
  const choice = choiceOf(values.fixes)
  const limit = Number(values.limit) * 1000
  if (!(limit > 0)) throw new Missing(`--limit is a number of seconds for a file of tests, not ${values.limit}`)
  const python = await findPython(values.python)
  if (!existsSync(join(python.library, 'test', 'libregrtest'))) throw new Missing(`${python.command} is installed without its tests: ${join(python.library, 'test')} is not there`)
  const folder = resolve(values.copies ?? newFolder())
  const copies: Readonly<Record<Side, Installation>> = { before: installation(python, join(folder, 'before')), after: installation(python, join(folder, 'after')) }
  const isFixed = await prepare(folder, copies, { python, choice, program: program!, isAnew: values['fix-again'] })
  for (const side of SIDES) await proveOrigin(copies[side])
  const tests = await testsOf(copies.before, values.tests?.split(','), values.skip?.split(',') ?? [])
  const isSame = await compareParts(tests, Number(values.jobs), keptIn(folder, (test, side) => runTest(copies[side], test, { work: join(folder, `${side}-${test}`), limit })))
  if (isFixed && isSame && !values.copies) rmSync(folder, { recursive: true })
  return isFixed && isSame
})

interface Preparation {
  readonly python: Python
  readonly choice: Choice
  readonly program: string
  /** What was fixed before is no answer. */
  readonly isAnew: boolean
}

/** What an earlier run has done to the copies. */
interface Note extends Changes, Fixed {
  readonly choice: Choice
}

/** Both copies, as far as an earlier run has not made them; false where fixing them failed. */
async function prepare(folder: string, copies: Readonly<Record<Side, Installation>>, { python, choice, program, isAnew }: Preparation): Promise<boolean> {
  const note = join(folder, 'fixed.json')
  if (existsSync(note) && !isAnew) {
    const known = JSON.parse(readFileSync(note, 'utf8')) as Note
    if (known.choice !== choice) throw new Missing(`the copies in ${folder} have ${known.choice} fixes, not ${choice} ones: --fix-again makes them anew`)
    console.log(`CPython ${python.version}, as copied to ${folder}: ${known.fixes} fixes in ${known.files.length} files`)
    return isWhole(known)
  }
  console.log(`CPython ${python.version}, copied to ${folder}`)
  rmSync(note, { force: true })
  rmSync(copies.after.folder, { recursive: true, force: true })
  forget(folder, 'after')
  for (const side of SIDES) if (!existsSync(copies[side].library)) install(python, copies[side])
  const fixed = await fixCopy(copies.before.library, copies.after.library, choice, { program, target: python.target, spared: TESTS })
  writeFileSync(note, JSON.stringify({ ...fixed, choice } satisfies Note))
  return isWhole(fixed)
}

function isWhole({ problems, files }: Changes & Fixed): boolean {
  return problems.length === 0 && files.length > 0
}

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

/** All but those that are left out, or those named, as files or as packages of them. */
async function testsOf({ python }: Installation, wanted: readonly string[] | undefined, skipped: readonly string[]): Promise<readonly string[]> {
  const all = (await ask(python, [...NOT_FROZEN, '-m', 'test', '--list-tests'])).split('\n')
  const isIn = (test: string, name: string) => test === name || test.startsWith(`test.${name}.`)
  const unknown = [...wanted ?? [], ...skipped].filter(name => !all.some(test => isIn(test, name)))
  if (unknown.length > 0) throw new Missing(`this Python has no tests of the name ${unknown.join(', ')}`)
  const leftOut = wanted ? [] : Object.keys(LEFT_OUT).filter(test => all.includes(test))
  for (const test of leftOut) console.log(`${test} is left out: ${LEFT_OUT[test]}`)
  return all.filter(test => (wanted?.some(name => isIn(test, name)) ?? true) && ![...skipped, ...leftOut].some(name => isIn(test, name)))
}

async function runTest({ python }: Installation, test: string, { work, limit }: { readonly work: string; readonly limit: number }) {
  const cases = `${work}.xml`
  mkdirSync(work, { recursive: true })
  const { status, out, err } = await run(python, [...NOT_FROZEN, '-m', 'test', '--tempdir', work, '--junit-xml', cases, '--timeout', String(limit / 2000), test], { cwd: work, limit, env: { PYTHONHOME: undefined, PYTHONPATH: undefined, PYTHONSTARTUP: undefined } })
  writeFileSync(`${work}.log`, `${out}${err}\nstatus ${status}\n`)
  rmSync(work, { recursive: true, force: true })
  return takeCases(python, cases)
}
