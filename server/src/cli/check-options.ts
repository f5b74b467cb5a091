/** The options of `refleak check`, as commander hands them over and as the check takes them. */
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { Confidence, RuleName } from '../rules/finding.ts'
import { CONFIDENCES, isRuleName } from '../rules/names.ts'
import type { ConfigValues } from '../service/config-values.ts'
import { unknownRule } from '../service/config-values.ts'
import { parseSize } from '../text/bytes.ts'
import { TARGET_VERSIONS, type TargetVersion } from '../text/target-version.ts'
import type { FixMode } from './check-source.ts'

export type Format = 'text' | 'json' | 'sarif' | 'github'

export interface CheckOptions {
  readonly paths: readonly string[]
  readonly format: Format
  /** Null: standard output. */
  readonly output: string | null
  /** What the command line says over pyproject.toml. */
  readonly overrides: ConfigValues
  readonly fix: FixMode | null
  /** Null: as many as there are processors. */
  readonly jobs: number | null
  /** False: pyproject.toml is not read. */
  readonly useConfig: boolean
  readonly statistics: boolean
  readonly exitZero: boolean
  /** The name under which standard input is reported and its settings are found. */
  readonly stdinFilename: string | null
}

/** As commander names them. */
interface RawOptions {
  readonly format: Format
  readonly output?: string
  readonly select?: readonly RuleName[]
  readonly ignore?: readonly RuleName[]
  readonly confidence?: Confidence
  readonly minSize?: number
  readonly assumeLarge?: boolean
  readonly fix?: boolean
  readonly unsafeFixes?: boolean
  readonly diff?: boolean
  readonly targetVersion?: TargetVersion
  readonly jobs?: number
  readonly config: boolean
  readonly statistics?: boolean
  readonly exitZero?: boolean
  readonly stdinFilename?: string
}

export function addCheckOptions(command: Command): Command {
  return command
    .argument('[paths...]', 'files and folders to check; "-" for standard input (default: ".")')
    .addOption(new Option('--format <format>', 'how findings are printed').choices(['text', 'json', 'sarif', 'github']).default('text'))
    .option('--output <file>', 'write the findings to a file instead of standard output')
    .option('--select <rules>', 'check only these rules, separated by commas', readRules)
    .option('--ignore <rules>', 'leave out these rules, separated by commas', readRules)
    .addOption(new Option('--confidence <level>', 'the least confidence of a finding that is shown (default: "likely")').choices(CONFIDENCES))
    .option('--min-size <size>', 'the least size of an object that is worth a finding (default: "10MiB")', readSize)
    .option('--assume-large', 'count objects of unknown size as large')
    .option('--fix', 'apply safe fixes')
    .option('--unsafe-fixes', 'with --fix or --diff: apply unsafe fixes too')
    .option('--diff', 'show what the fixes would change, and change nothing')
    .addOption(targetVersionOption())
    .option('--jobs <n>', 'how many files to check at a time (default: number of processors)', readJobs)
    .option('--no-config', 'do not read pyproject.toml')
    .option('--statistics', 'print counts and times on standard error')
    .option('--exit-zero', 'exit with status 0 also when there are findings')
    .option('--stdin-filename <file>', 'the name of the file that is read from standard input')
}

export function targetVersionOption(): Option {
  const help = 'the Python version that runs the code (default: the lowest in requires-python, or the newest)'
  return new Option('--target-version <version>', help).choices(TARGET_VERSIONS)
}

export function checkOptions(paths: readonly string[], raw: RawOptions): CheckOptions {
  const overrides: ConfigValues = {
    ...(raw.select === undefined ? {} : { select: raw.select }),
    ...(raw.ignore === undefined ? {} : { ignore: raw.ignore }),
    ...(raw.confidence === undefined ? {} : { confidence: raw.confidence }),
    ...(raw.minSize === undefined ? {} : { minimumSize: raw.minSize }),
    ...(raw.assumeLarge === undefined ? {} : { assumeLarge: raw.assumeLarge }),
    ...(raw.targetVersion === undefined ? {} : { targetVersion: raw.targetVersion }),
  }
  return {
    paths: paths.length === 0 ? ['.'] : paths,
    format: raw.format,
    output: raw.output ?? null,
    overrides,
    fix: fixMode(raw),
    jobs: raw.jobs ?? null,
    useConfig: raw.config,
    statistics: raw.statistics ?? false,
    exitZero: raw.exitZero ?? false,
    stdinFilename: raw.stdinFilename ?? null,
  }
}

/** A wrong combination of options, or null. */
export function contradiction(paths: readonly string[], raw: RawOptions): string | null {
  if (raw.unsafeFixes === true && raw.fix !== true && raw.diff !== true) return "option '--unsafe-fixes' needs '--fix' or '--diff'"
  if (paths.includes('-') && paths.length > 1) return 'standard input ("-") cannot be checked together with other paths'
  if (raw.stdinFilename !== undefined && !paths.includes('-')) return 'option \'--stdin-filename\' needs the path "-"'
  return null
}

function fixMode(raw: RawOptions): FixMode | null {
  if (raw.fix !== true && raw.diff !== true) return null
  return { choice: raw.unsafeFixes === true ? 'unsafe' : 'safe', action: raw.diff === true ? 'diff' : 'write' }
}

/** Comma-separated; may be given several times. */
function readRules(text: string, before: readonly RuleName[] = []): readonly RuleName[] {
  const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '')
  if (names.length === 0) throw new InvalidArgumentError('expected names of rules, separated by commas')
  for (const name of names) if (!isRuleName(name)) throw new InvalidArgumentError(unknownRule(name))
  return [...before, ...names.filter(isRuleName)]
}

function readSize(text: string): number {
  const bytes = parseSize(text)
  if (bytes === null) throw new InvalidArgumentError('expected a size such as 10MiB')
  return bytes
}

function readJobs(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('expected a number from 1 on')
  return Number(text)
}
