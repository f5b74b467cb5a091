/** `refleak check`. */
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { FolderConfig } from '../service/config.ts'
import { NO_CONFIG } from '../service/config.ts'
import type { Settings } from '../service/settings.ts'
import { folderOf, isWithin, type FilePath } from '../workspace/files.ts'
import { projectRoot } from '../workspace/roots.ts'
import { fixAcross } from './across.ts'
import { checkBytes } from './check-file.ts'
import type { CheckOptions } from './check-options.ts'
import type { FixMode } from './check-source.ts'
import { createDiskReader, slashed } from './disk.ts'
import { readText } from './files.ts'
import type { FileProblem, FileResult } from './findings.ts'
import { emptyResult, uncheckedResult } from './findings.ts'
import type { Installation } from './installation.ts'
import type { Io } from './io.ts'
import { EXIT, complain } from './io.ts'
import { deliver } from './output.ts'
import type { PooledTask } from './pool.ts'
import { checkAll } from './pool.ts'
import { configReader, settingsOf } from './settings.ts'
import { formatStatistics } from './statistics.ts'
import { findFiles, type FoundFile } from './walk.ts'

/** The answer is the exit status. */
export async function runCheck(options: CheckOptions, io: Io, installation: Installation): Promise<number> {
  const started = io.now()
  const configOf = configSource(options)
  const results = options.paths.includes('-')
    ? await checkStdin(options, configOf, io, installation)
    : await checkPaths(options, configOf, io, installation)
  const delivered = deliver(results, options, io, installation)
  for (const { path, line, message } of results.flatMap((result) => result.errors)) complain(io, `${place(path, line)}: ${message}`)
  for (const { path, line, message } of results.flatMap((result) => result.remarks)) complain(io, `warning: ${place(path, line)}: ${message}`)
  if (options.statistics) io.err(formatStatistics(results, io.now() - started))
  if (!delivered || results.some((result) => result.errors.length > 0)) return EXIT.failed
  return results.some((result) => result.findings.length > 0) && !options.exitZero ? EXIT.findings : EXIT.clean
}

type ConfigOf = (folder: string) => FolderConfig

function configSource(options: CheckOptions): ConfigOf {
  return options.useConfig ? configReader(readText) : () => NO_CONFIG
}

async function checkPaths(options: CheckOptions, configOf: ConfigOf, io: Io, installation: Installation): Promise<readonly FileResult[]> {
  const { files, problems, empty } = findFiles(options.paths, { cwd: io.cwd, configOf })
  for (const path of empty) complain(io, `warning: ${path}: no Python files here`)
  const settings: Settings[] = []
  const indices = new Map<FolderConfig, number>()
  const tasks = files.map(({ path, shown, given, config }): PooledTask => {
    const index = indices.get(config) ?? settings.push(settingsOf(config, options.overrides)) - 1
    indices.set(config, index)
    return { path, shown, given, settings: index, fix: allowedFix(config, options) }
  })
  const batch = { tasks, settings, roots: rootsOf(files, options, io) }
  const results = await fixAcross(batch, await checkAll(batch, options.jobs, io.processors, installation), installation)
  const unreadable = problems.map(({ path, message, given }) => uncheckedResult(path, message, given))
  return [...unreadable, ...configResults([...indices.keys()], options, io), ...results]
}

async function checkStdin(options: CheckOptions, configOf: ConfigOf, io: Io, installation: Installation): Promise<readonly FileResult[]> {
  const shown = options.stdinFilename ?? '<stdin>'
  const config = configOf(dirname(resolve(io.cwd, options.stdinFilename ?? 'stdin')))
  const bytes = await io.readStdin()
  const module = options.stdinFilename === null ? null : slashed(resolve(io.cwd, options.stdinFilename))
  const task = { shown, module, given: true, settings: settingsOf(config, options.overrides), fix: allowedFix(config, options) }
  const { result, fixedBytes } = checkBytes(bytes, task, await installation.openAnalysis(module === null ? [] : [rootOf(module, io)]))
  // Whoever pipes a file through the fixes gets it back in any case.
  if (options.fix?.action === 'write') io.out(fixedBytes ?? bytes)
  return [...configResults([config], options, io), result]
}

/** The folders of the projects; where nothing tells them, the folders of the command line. */
function rootsOf(files: readonly FoundFile[], options: CheckOptions, io: Io): readonly FilePath[] {
  const tree = createDiskReader()
  const limits = options.paths.map((path) => slashed(resolve(io.cwd, path)))
  const roots = new Map<FilePath, FilePath>()
  for (const { path } of files) {
    const file = slashed(path)
    const folder = folderOf(file)
    if (!roots.has(folder)) roots.set(folder, projectRoot(file, tree, limits.find((limit) => isWithin(folder, limit)) ?? folder))
  }
  return [...new Set(roots.values())]
}

function rootOf(path: FilePath, io: Io): FilePath {
  return projectRoot(path, createDiskReader(), slashed(io.cwd))
}

/** With a broken configuration files are checked by what is left of it, but not changed. */
function allowedFix(config: FolderConfig, options: CheckOptions): FixMode | null {
  return config.problems.length === 0 ? options.fix : null
}

function configResults(configs: readonly FolderConfig[], options: CheckOptions, io: Io): readonly FileResult[] {
  return configs.filter((config) => config.problems.length > 0).map((config) => {
    const errors: FileProblem[] = config.problems.map(({ path, key, line, message }) => ({
      path: shownPath(path, io.cwd),
      line,
      message: `${key === null ? '' : `${key}: `}${message}${options.fix === null ? '' : '; no fixes are applied under this configuration'}`,
    }))
    return emptyResult(errors[0]?.path ?? '', { errors })
  })
}

function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path)
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/')
}

function place(path: string, line: number | null): string {
  return line === null ? path : `${path}:${line}`
}
