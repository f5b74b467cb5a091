/** Applies fixes to a folder through the command line: as `--fix` does, or every fix of one kind. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileEdit, FileFinding } from '../../server/src/cli/findings.ts'
import { applyEdits, choosePass, type Candidate } from '../../server/src/fixes/apply.ts'
import type { FixKind } from '../../server/src/rules/finding.ts'
import { decodeSource } from '../../server/src/text/decode.ts'
import { lineStarts } from '../../server/src/text/line-starts.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { Missing, run } from './command.ts'

/** `unsafe`: all that `--fix --unsafe-fixes` applies. `refactor`: every kind that does more than to let go of a name, one after the other. */
export type Choice = 'safe' | 'unsafe' | 'refactor' | FixKind

export const REFACTORING: readonly FixKind[] = ['inline', 'extract', 'move', 'stream', 'bound', 'copy', 'local']

const KINDS: Readonly<Record<FixKind, true>> = { delete: true, none: true, inline: true, extract: true, move: true, stream: true, bound: true, copy: true, local: true, remove: true, show: true }
const CHOICES: readonly Choice[] = ['safe', 'unsafe', 'refactor', ...Object.keys(KINDS) as FixKind[]]

/** Throws where there are no such fixes. */
export function choiceOf(word: string): Choice {
  const choice = CHOICES.find(choice => choice === word)
  if (choice === undefined) throw new Missing(`there are no fixes of the kind ${word}; there are ${CHOICES.join(', ')}`)
  return choice
}

export interface Fixing {
  /** The built command line. */
  readonly program: string
  readonly target: TargetVersion
  /** Patterns of files that are read, but not fixed. */
  readonly spared: readonly string[]
}

export interface Fixed {
  readonly fixes: number
  /** Files in which the analyser failed. */
  readonly problems: readonly string[]
}

/** As much as can be said of the code, so that as much as possible is fixed. */
const ALL = ['--assume-large', '--confidence', 'possible', '--exit-zero', '--format', 'json', '--jobs', '2']

export async function fixFolder(folder: string, choice: Choice, fixing: Fixing): Promise<Fixed> {
  const settings = join(folder, 'pyproject.toml')
  writeFileSync(settings, `[tool.refleak]\nexclude = ${JSON.stringify(fixing.spared)}\n`)
  try {
    if (choice === 'safe' || choice === 'unsafe') return await fixAll(folder, choice, fixing)
    return choice === 'refactor' ? await fixKinds(folder, REFACTORING, fixing) : await fixKind(folder, choice, fixing)
  } finally {
    rmSync(settings)
  }
}

async function fixAll(folder: string, choice: 'safe' | 'unsafe', fixing: Fixing): Promise<Fixed> {
  const { problems, statistics } = await check(folder, ['--fix', ...(choice === 'unsafe' ? ['--unsafe-fixes'] : []), '--statistics'], fixing)
  const fixes = [...statistics.matchAll(/, (\d+) fixed\)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
  return { fixes, problems }
}

async function fixKinds(folder: string, kinds: readonly FixKind[], fixing: Fixing): Promise<Fixed> {
  const each: Fixed[] = []
  for (const kind of kinds) {
    const fixed = await fixKind(folder, kind, fixing)
    console.log(`  ${kind}: ${fixed.fixes} applied`)
    each.push(fixed)
  }
  return { fixes: each.reduce((sum, { fixes }) => sum + fixes, 0), problems: each.flatMap(({ problems }) => problems) }
}

/** What is left of one kind after as many rounds were in the way of others. */
const MOST_ROUNDS = 4

async function fixKind(folder: string, kind: FixKind, fixing: Fixing): Promise<Fixed> {
  let fixes = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { findings, problems } = await check(folder, [], fixing)
    const files = new Set(findings.map(finding => finding.path))
    const changed = new Set<string>()
    const inFiles = [...files].map(path => {
      const count = fixFile(join(folder, path), findings.filter(finding => finding.path === path), kind)
      if (count > 0) changed.add(path)
      return count
    })
    const applied = [...inFiles, fixAcross(folder, findings, kind, changed)].reduce((sum, count) => sum + count, 0)
    if (problems.length > 0 || applied === 0) return { fixes, problems }
    fixes += applied
  }
  return { fixes, problems: [] }
}

/** Returns how many fixes were applied. Those about one name, in one place, or that define the same new name wait for the next round. */
function fixFile(path: string, findings: readonly FileFinding[], kind: FixKind): number {
  const source = decodeSource(readFileSync(path))
  if ('problem' in source) return 0
  const place = placing(source.text)
  const candidates = findings.flatMap(({ path: own, scope, name, fixes }): readonly Candidate[] => fixes.filter(fix => fix.kind === kind).slice(0, 1).filter(fix => fix.edits.every(edit => edit.path === own))
    .map(({ edits }) => ({ subjects: [`${scope} ${name}`, ...edits.flatMap(({ newText }) => [...newText.matchAll(/^def \w+/gm)].map(([text]) => text))], edits: edits.map(place) })))
  const { edits, taken } = choosePass(candidates)
  const bytes = taken.length === 0 ? null : source.encode(applyEdits(source.text, edits))
  if (bytes === null) return 0
  writeFileSync(path, bytes)
  return taken.length
}

/** Fixes that edit several files: each where none of its files has been changed in this round. */
function fixAcross(folder: string, findings: readonly FileFinding[], kind: FixKind, changed: Set<string>): number {
  let count = 0
  for (const { path: own, fixes } of findings) {
    const fix = fixes.find(fix => fix.kind === kind)
    const paths = [...new Set(fix?.edits.map(edit => edit.path))]
    if (fix === undefined || paths.every(path => path === own) || paths.some(path => changed.has(path))) continue
    const texts = paths.map(path => {
      const source = decodeSource(readFileSync(join(folder, path)))
      if ('problem' in source) return null
      const edits = fix.edits.filter(edit => edit.path === path).map(placing(source.text)).sort((a, b) => a.start - b.start || a.end - b.end)
      return source.encode(applyEdits(source.text, edits))
    })
    if (texts.includes(null)) continue
    paths.forEach((path, i) => {
      writeFileSync(join(folder, path), texts[i]!)
      changed.add(path)
    })
    count++
  }
  return count
}

/** From lines and columns to offsets. */
function placing(text: string) {
  const starts = lineStarts(text)
  const offset = ({ line, character }: FileEdit['range']['start']) => (starts[line] ?? text.length) + character
  return ({ range, newText }: FileEdit) => ({ start: offset(range.start), end: offset(range.end), newText })
}

interface Checked {
  readonly findings: readonly FileFinding[]
  readonly problems: readonly string[]
  readonly statistics: string
}

async function check(folder: string, options: readonly string[], { program, target }: Fixing): Promise<Checked> {
  const output = join(folder, 'findings.json')
  const { status, err } = await run(process.execPath, [program, 'check', '.', ...ALL, '--target-version', target, '--output', output, ...options], { cwd: folder })
  try {
    const { findings, errors } = JSON.parse(readFileSync(output, 'utf8')) as { readonly findings: readonly FileFinding[]; readonly errors: readonly { readonly path: string; readonly message: string }[] }
    return { findings, statistics: err, problems: errors.filter(({ message }) => FAILURE.test(message)).map(({ path, message }) => `${path}: ${message}`) }
  } catch {
    throw new Missing(`refleak ended with status ${status}: ${err}`)
  } finally {
    rmSync(output, { force: true })
  }
}

/** Other messages are of files that Python does not read either. */
const FAILURE = /fixes not applied|internal error|failed/
