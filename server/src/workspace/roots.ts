/** Where the project begins that a file belongs to. */
import { folderOf, isWithin, joined, type FilePath, type FileTree } from './files.ts'

/** Files and folders that stand at the top of a project. */
const MARKS = ['pyproject.toml', 'setup.py', 'setup.cfg', '.git', '.hg']

/** The nearest folder around the path with a sign of a project in it; else the topmost folder of its package, `limit` at most. */
export function projectRoot(path: FilePath, files: FileTree, limit: FilePath): FilePath {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (MARKS.some(mark => files.isFile(joined(folder, mark)) || files.isFolder(joined(folder, mark)))) return folder
    if (folder === '/' || folder === folderOf(folder)) break
  }
  let folder = folderOf(path)
  while (folder !== '/' && files.isFile(joined(folder, '__init__.py'))) folder = folderOf(folder)
  return isWithin(folder, limit) ? limit : folder
}
