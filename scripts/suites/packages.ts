/**
 * `npm run test:packages -- --python PATH FOLDER…`: the suite of a package under pytest, on a copy and on copies in which all is fixed but the
 * tests: once by what `--fix --unsafe-fixes` applies, and once for each kind of fix, which takes every one of that kind.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import { parseArgs } from 'node:util'
import { fileName, keptIn } from './answers.ts'
import { Missing, main, run } from './command.ts'
import { compareParts, type Side } from './comparison.ts'
import { copyTree, newFolder, type Changes } from './copies.ts'
import { fixCopy } from './fixed-copy.ts'
import { choiceOf, REFACTORING, type Choice, type Fixed } from './fixing.ts'
import type { Cases } from './cases.ts'
import { takeCases } from './junit.ts'
import { ask, findPython, type Python } from './python.ts'

/** Milliseconds for a folder of tests. */
const LIMIT = 60 * 60_000
const TESTS = ['tests/', 'test/', 'test_*.py', 'conftest.py']
/** Those that do more than to let go of a name have a copy each, so that it is told which of them breaks a test. */
const CHOICES = ['unsafe', ...REFACTORING].join(',')

await main(async () => {
  const [program, ...args] = process.argv.slice(2)
  const { values, positionals } = parseArgs({
    args, allowPositionals: true,
    options: { python: { type: 'string', default: 'python3' }, tests: { type: 'string' }, fixes: { type: 'string', default: CHOICES }, copies: { type: 'string' }, marks: { type: 'string' }, 'fix-again': { type: 'boolean', default: false } },
  })
  if (positionals.length === 0) throw new Missing('name the folders of the packages: npm run test:packages -- --python PATH FOLDER…')
  const choices = values.fixes.split(',').map(choiceOf)
  const python = await findPython(values.python)
  await ask(python.command, ['-c', 'import pytest']).catch(() => { throw new Missing(`${python.command} has no pytest: ${python.command} -m pip install pytest`) })
  let isWell = true
  for (const given of positionals) {
    const folder = resolve(given)
    if (!existsSync(join(folder, '__init__.py'))) throw new Missing(`${given} is no package: it has no __init__.py`)
    isWell = await tryPackage(folder, choices, { program: program!, python, tests: values.tests?.split(',') ?? [''], copies: values.copies, marks: values.marks, isAnew: values['fix-again'] }) && isWell
  }
  return isWell
})

interface Trial {
  readonly program: string
  readonly python: Python
  /** Below the package; '': all of it. */
  readonly tests: readonly string[]
  /** Where an earlier run left its copies and answers, or this one is to. */
  readonly copies: string | undefined
  /** Which tests count, as pytest's `-m` names them: 'not slow'. */
  readonly marks: string | undefined
  /** What was fixed before is no answer. */
  readonly isAnew: boolean
}

/** What ran before the fixes is the same for all of them. */
async function tryPackage(source: string, choices: readonly Choice[], { program, python, tests, copies, marks, isAnew }: Trial): Promise<boolean> {
  const name = basename(source)
  const folder = copies === undefined ? newFolder() : join(resolve(copies), name)
  console.log(`${name}, copied to ${folder}`)
  const copied = (side: string) => join(folder, side, name)
  const answers = (side: string) => join(folder, `${side}-answers`)
  if (!existsSync(copied('before'))) copyTree(source, copied('before'))
  mkdirSync(answers('before'), { recursive: true })
  await proveOrigin(python, copied('before'))
  for (const part of tests) if (!existsSync(join(copied('before'), part))) throw new Missing(`${source} has no ${part}`)
  let isWell = true
  for (const choice of choices) {
    const changes = await prepare(choice)
    if (changes.problems.length > 0) isWell = false
    if (changes.files.length === 0) continue
    await proveOrigin(python, copied(choice))
    const sides: Readonly<Record<Side, string>> = { before: 'before', after: choice }
    const runPart = (part: string, side: Side) => runTests(python, copied(sides[side]), part, { work: join(folder, `${sides[side]}-${fileName(part)}`), marks })
    const kept = { before: keptIn(answers('before'), runPart), after: keptIn(answers(choice), runPart) }
    isWell = await compareParts(tests, 1, (part, side, again) => kept[side](part, side, again)) && isWell
  }
  if (isWell && copies === undefined) rmSync(folder, { recursive: true })
  return isWell

  /** The copy with these fixes, as far as an earlier run has not made it. */
  async function prepare(choice: Choice): Promise<Changes & Fixed> {
    const note = join(answers(choice), 'fixed.json')
    if (existsSync(note) && !isAnew) {
      const known = JSON.parse(readFileSync(note, 'utf8')) as Changes & Fixed
      console.log(`fixes (${choice}), as copied before: ${known.fixes} applied in ${known.files.length} files`)
      return known
    }
    rmSync(copied(choice), { recursive: true, force: true })
    rmSync(answers(choice), { recursive: true, force: true })
    mkdirSync(answers(choice), { recursive: true })
    copyTree(source, copied(choice))
    const changes = await fixCopy(copied('before'), copied(choice), choice, { program, target: python.target, spared: TESTS })
    writeFileSync(note, JSON.stringify(changes))
    return changes
  }
}

function environment(root: string) {
  return { PYTHONPATH: join(root, '..'), PYTHONHASHSEED: '0', PYTEST_ADDOPTS: undefined }
}

/** Throws where this Python takes the package from elsewhere. */
async function proveOrigin({ command }: Python, root: string): Promise<void> {
  const origin = await ask(command, ['-c', `import ${basename(root)} as package; print(package.__file__)`], { env: environment(root) })
  if (!origin.startsWith(root + sep)) throw new Missing(`${command} does not take the package from the copy, but from ${origin}`)
}

async function runTests({ command }: Python, root: string, part: string, { work, marks }: { readonly work: string; readonly marks: string | undefined }): Promise<Cases> {
  const cases = `${work}.xml`
  mkdirSync(work, { recursive: true })
  const path = join(root, part)
  // A settings file of its own, so that none further up counts; tests are found by their names.
  const settings = join(work, 'pytest.ini')
  writeFileSync(settings, '[pytest]\n')
  // A file that needs what is not installed does not keep the others from being run.
  const options = ['--continue-on-collection-errors', ...(marks === undefined ? [] : ['-m', marks]), '-p', 'no:cacheprovider', '-c', settings, '--rootdir', root, '--junit-xml', cases, '-q', '--tb=short', '-o', 'junit_family=xunit2']
  const { status, out, err } = await run(command, ['-m', 'pytest', ...options, statSync(path).isDirectory() ? path + sep : path], { cwd: work, limit: LIMIT, env: environment(root) })
  writeFileSync(`${work}.log`, `${out}${err}\nstatus ${status}\n`)
  return takeCases(command, cases)
}
