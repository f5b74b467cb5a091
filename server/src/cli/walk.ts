/** From the paths on the command line to the files to check, in an order that does not change between runs. */
import type { Dirent, Stats } from 'node:fs'
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, resolve, sep } from 'node:path'
import type { FolderConfig } from '../service/config.ts'
import { createExcluder } from '../service/exclude.ts'
import { reasonOf } from './files.ts'
import { GitIgnore } from './gitignore.ts'

export interface FoundFile {
  /** Absolute. */
  readonly path: string
  /** As the user would write it: the argument, and the way down from it. */
  readonly shown: string
  /** Named on the command line itself. */
  readonly given: boolean
  readonly config: FolderConfig
}

export interface PathProblem {
  readonly path: string
  readonly message: string
  /** Named on the command line itself. */
  readonly given: boolean
}

export interface Walk {
  readonly files: readonly FoundFile[]
  /** Paths that do not exist or cannot be read. */
  readonly problems: readonly PathProblem[]
  /** Folders of the command line without any Python file, all of which could be read. */
  readonly empty: readonly string[]
}

export interface WalkOptions {
  readonly cwd: string
  readonly configOf: (folder: string) => FolderConfig
}

/** Folders that hold no code of the project; a folder of these names is still checked when it is given by name. */
const DEFAULT_EXCLUDES: ReadonlySet<string> = new Set([
  '.bzr', '.direnv', '.eggs', '.git', '.git-rewrite', '.hg', '.ipynb_checkpoints', '.mypy_cache', '.nox', '.pants.d', '.pyenv', '.pytest_cache',
  '.pytype', '.ruff_cache', '.svn', '.tox', '.venv', '.vscode', '__pycache__', '__pypackages__', '_build', 'buck-out', 'build', 'dist',
  'node_modules', 'site-packages', 'venv',
])

const EXTENSIONS: ReadonlySet<string> = new Set(['.py', '.pyw', '.ipynb'])

/** Files are taken whatever they are called, folders are searched. Symbolic links are followed on the command line only. */
export function findFiles(paths: readonly string[], options: WalkOptions): Walk {
  const files: FoundFile[] = []
  const problems: PathProblem[] = []
  const empty: string[] = []
  const seen = new Set<string>()
  for (const argument of paths) {
    const before = problems.length
    const found = search(argument, options, problems)
    if (found === null) continue
    if (found.files.length === 0 && problems.length === before) empty.push(argument)
    for (const file of found.files) {
      const real = join(found.realRoot, relative(found.root, file.path))
      if (seen.has(real)) continue
      seen.add(real)
      files.push(file)
    }
  }
  return { files, problems, empty }
}

interface Found {
  readonly root: string
  readonly realRoot: string
  readonly files: readonly FoundFile[]
}

/** Null: the argument itself is wrong, and `problems` says how. */
function search(argument: string, options: WalkOptions, problems: PathProblem[]): Found | null {
  const root = resolve(options.cwd, argument)
  let stats: Stats
  let realRoot: string
  try {
    stats = statSync(root)
    realRoot = realpathSync(root)
  } catch (error) {
    problems.push({ path: argument, message: reasonOf(error), given: true })
    return null
  }
  if (stats.isDirectory()) {
    const files: FoundFile[] = []
    walkFolder({ path: root, shown: shownRoot(argument), given: true, ignored: GitIgnore.at(root) }, options, files, problems)
    return { root, realRoot, files }
  }
  const shown = withSlashes(argument).replace(/^(\.\/+)+/, '')
  const message = unsuitable(stats)
  if (message === null) return { root, realRoot, files: [{ path: root, shown, given: true, config: options.configOf(dirname(root)) }] }
  problems.push({ path: shown, message, given: true })
  return null
}

/** Why a file cannot hold a program, before it is read; null: it can. */
function unsuitable(stats: Stats): string | null {
  return stats.isFile() ? null : 'is not a regular file; use "-" to check standard input'
}

interface Folder {
  readonly path: string
  /** With a slash at its end, or ''. */
  readonly shown: string
  readonly given: boolean
  readonly ignored: GitIgnore
}

function walkFolder(folder: Folder, options: WalkOptions, files: FoundFile[], problems: PathProblem[]): void {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder.path, { withFileTypes: true })
  } catch (error) {
    problems.push({ path: folder.shown === '' ? '.' : folder.shown, message: reasonOf(error), given: folder.given })
    return
  }
  const config = options.configOf(folder.path)
  const excluded = excluder(config)
  for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
    const path = join(folder.path, entry.name)
    const shown = folder.shown + entry.name
    if (entry.isFile()) {
      if (!EXTENSIONS.has(extname(entry.name)) || folder.ignored.ignores(path, false) || excluded(path, false)) continue
      files.push({ path, shown, given: false, config })
    } else if (entry.isDirectory()) {
      if (DEFAULT_EXCLUDES.has(entry.name) || existsSync(join(path, 'pyvenv.cfg'))) continue
      if (folder.ignored.ignores(path, true) || excluded(path, true)) continue
      walkFolder({ path, shown: `${shown}/`, given: false, ignored: folder.ignored.enter(path) }, options, files, problems)
    }
  }
}

/** Matches the patterns of `exclude`, which are relative to the configuration's folder. */
function excluder(config: FolderConfig): (path: string, isFolder: boolean) => boolean {
  const { root, values: { exclude = [] } } = config
  return root === null ? () => false : createExcluder(root, exclude)
}

function shownRoot(argument: string): string {
  const clean = withSlashes(argument).replace(/^(\.\/+)+/, '').replace(/\/+$/, '')
  if (clean === '') return argument.startsWith('/') ? '/' : ''
  return clean === '.' ? '' : `${clean}/`
}

function withSlashes(path: string): string {
  return path.split(sep).join('/')
}

/** By UTF-16 units: the same everywhere, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
