/**
 * From dotted names to files and back, as Python's import system finds modules: packages with and without `__init__.py`, source folders,
 * scripts beside one another. Nothing is read but which files and folders exist. Stubs (`.pyi`) are no modules here.
 */
import { perObject, remembered } from '../text/on-demand.ts'
import { folderOf, isWithin, joined, nameOf, type FilePath, type FileTree } from './files.ts'

/** A module or package. */
export interface ModulePlace {
  /** The file that runs when it is imported; null for a namespace package. */
  readonly path: FilePath | null
  /** The folders with its submodules; a namespace package may have several, a plain module has none. */
  readonly folders: readonly FilePath[]
}

export interface ModuleResolver {
  /** The module that `import name` (a name without dots) finds from this file; null: none of the workspace. */
  top(name: string, from: FilePath): ModulePlace | null
  /** The package that `level` dots stand for in this file; null: the file is in no package that deep. */
  relative(level: number, from: FilePath): ModulePlace | null
  submodule(place: ModulePlace, name: string): ModulePlace | null
  /** The module that a dotted name, as written in the file, leads to. */
  named(name: string, from: FilePath): ModulePlace | null
  /** The name by which the file's package knows it: `pkg.sub.mod`; of `pkg/__init__.py`: `pkg`. */
  nameOf(path: FilePath): string
  /** All dotted names under which files of the workspace may import it, that of its package first. */
  namesOf(path: FilePath): readonly string[]
}

const INIT = '__init__.py'

/** Folders of a project that hold its packages, besides the project's own. */
const SOURCE_FOLDERS = ['src', 'lib', 'python']

/** `roots`: the folders of the projects. A file outside all of them sees what is beside its own package. */
export function createModuleResolver(roots: readonly FilePath[], files: FileTree): ModuleResolver {
  const tops = new Map<string, ModulePlace | null>()
  const bases = new Map<FilePath, FilePath>()
  const packages = new Map<FilePath, ModulePlace>()
  const submodulesOf = perObject((_: ModulePlace) => new Map<string, ModulePlace | null>())
  const inner = [...roots].sort((a, b) => b.length - a.length)

  function top(name: string, from: FilePath): ModulePlace | null {
    const base = baseOf(from)
    return remembered(tops, `${name} ${base}`, () => search(name, base))
  }

  function search(name: string, base: FilePath): ModulePlace | null {
    let namespace: FilePath[] = []
    for (const folder of searched(base)) {
      const found = at(folder, name)
      if (found?.path) return found
      if (found) namespace = [...namespace, ...found.folders]
    }
    return namespace.length === 0 ? null : { path: null, folders: namespace }
  }

  /** In the order of Python's path as far as the layout tells it: beside the file's own package, the folders up to the project's, their source folders, other projects. */
  function searched(base: FilePath): readonly FilePath[] {
    const root = inner.find(r => isWithin(base, r))
    const folders = [base]
    for (let folder = base; root !== undefined && folder !== root;) folders.push(folder = folderOf(folder))
    return [...new Set([...folders, ...[...folders, ...inner].flatMap(f => [f, ...SOURCE_FOLDERS.map(s => joined(f, s))])])]
  }

  /** The folder that the file's outermost package with an `__init__.py` is in, or the file itself. */
  function baseOf(path: FilePath): FilePath {
    return remembered(bases, folderOf(path), () => {
      let base = folderOf(path)
      while (base !== '/' && files.isFile(joined(base, INIT))) base = folderOf(base)
      return base
    })
  }

  function at(folder: FilePath, name: string): ModulePlace | null {
    const inside = joined(folder, name)
    if (files.isFile(joined(inside, INIT))) return { path: joined(inside, INIT), folders: [inside] }
    if (files.isFile(`${inside}.py`)) return { path: `${inside}.py`, folders: [] }
    return files.isFolder(inside) ? { path: null, folders: [inside] } : null
  }

  function submodule(place: ModulePlace, name: string): ModulePlace | null {
    return remembered(submodulesOf(place), name, () => searchIn(place, name))
  }

  function searchIn(place: ModulePlace, name: string): ModulePlace | null {
    const found = place.folders.flatMap(folder => at(folder, name) ?? [])
    return found.find(f => f.path !== null) ?? (found.length === 0 ? null : { path: null, folders: found.flatMap(f => f.folders) })
  }

  function relative(level: number, from: FilePath): ModulePlace | null {
    let folder = folderOf(from)
    for (let i = 1; i < level; i++) folder = folderOf(folder)
    if (folder === '/') return null
    return remembered(packages, folder, () => packageIn(folder))
  }

  function packageIn(folder: FilePath): ModulePlace {
    const init = joined(folder, INIT)
    return { path: files.isFile(init) ? init : null, folders: [folder] }
  }

  function named(name: string, from: FilePath): ModulePlace | null {
    const level = /^\.*/.exec(name)![0].length
    const parts = name.slice(level).split('.').filter(p => p !== '')
    let place = level > 0 ? relative(level, from) : top(parts.shift() ?? '', from)
    for (const part of parts) place &&= submodule(place, part)
    return place
  }

  function namesOf(path: FilePath): readonly string[] {
    const base = baseOf(path)
    const root = inner.find(r => isWithin(base, r))
    const names = [below(base, path)]
    for (let folder = base; root !== undefined && folder !== root;) names.push(below(folder = folderOf(folder), path))
    return names
  }

  return { top, relative, submodule, named, namesOf, nameOf: path => below(baseOf(path), path) }
}

/** The dotted name of a file seen from a folder around it. */
function below(folder: FilePath, path: FilePath): string {
  const inside = nameOf(path) === INIT ? folderOf(path) : path.replace(/\.pyw?$/, '')
  return inside.slice(folder === '/' ? 1 : folder.length + 1).replaceAll('/', '.')
}
