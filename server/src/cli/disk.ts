/** The files of a workspace as they lie on disk. What is asked of folders is remembered until it may have changed. */
import type { Dirent } from 'node:fs'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { NO_CONFIG, type FolderConfig } from '../service/config.ts'
import { LONGEST_TEXT } from '../service/oversized.ts'
import type { FileReader } from '../service/workspace.ts'
import { folderOf, joined, nameOf, type FilePath } from '../workspace/files.ts'
import { isNotebook, MOST_NOTEBOOK_BYTES, readProgram } from './subject.ts'
import { findFiles } from './walk.ts'

/** `configOf`: for what a project does not want looked at. */
export function createDiskReader(configOf: (folder: string) => FolderConfig = () => NO_CONFIG): FileReader {
  /** The names in each folder, and which are folders; null: no folder is there. */
  const folders = new Map<FilePath, ReadonlyMap<string, boolean> | null>()
  const published = new Map<FilePath, boolean>()

  function entriesOf(folder: FilePath): ReadonlyMap<string, boolean> | null {
    let entries = folders.get(folder)
    if (entries === undefined) folders.set(folder, entries = readFolder(folder))
    return entries
  }

  return {
    isFile: path => entriesOf(folderOf(path))?.get(nameOf(path)) === false,
    isFolder: path => entriesOf(folderOf(path))?.get(nameOf(path)) === true,
    read: readPython,
    list: root => findFiles([root], { cwd: root, configOf }).files.map(file => slashed(file.path)),
    isPublished(root) {
      let is = published.get(root)
      if (is === undefined) published.set(root, is = describesPackage(root))
      return is
    },
    forget() {
      folders.clear()
      published.clear()
    },
  }
}

export function slashed(path: string): FilePath {
  return sep === '/' ? path : path.split(sep).join('/')
}

function readFolder(folder: FilePath): ReadonlyMap<string, boolean> | null {
  try {
    return new Map(readdirSync(folder, { withFileTypes: true }).map(entry => [entry.name, isFolder(entry, folder)]))
  } catch {
    return null
  }
}

function isFolder(entry: Dirent, folder: FilePath): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  try {
    return statSync(join(folder, entry.name)).isDirectory()
  } catch {
    return false
  }
}

/** Null where there is no text that Python could read, or more than the analysis takes. */
function readPython(path: FilePath): string | null {
  try {
    if (statSync(path).size > (isNotebook(path) ? MOST_NOTEBOOK_BYTES : LONGEST_TEXT)) return null
    const read = readProgram(path, readFileSync(path))
    return 'problem' in read ? (read.isForeign ? '' : null) : read.text
  } catch {
    return null
  }
}

/** There is something that builds a package for others to install. */
function describesPackage(root: FilePath): boolean {
  if (['setup.py', 'setup.cfg'].some(name => textOf(joined(root, name)) !== null)) return true
  return /^\[(project|tool\.poetry)\]/m.test(textOf(joined(root, 'pyproject.toml')) ?? '')
}

function textOf(path: FilePath): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
