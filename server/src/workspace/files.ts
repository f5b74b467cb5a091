/** What the workspace may ask of files. Whoever serves the analysis answers: from disk, and from the editor's unsaved documents. */

/** Absolute, with slashes. */
export type FilePath = string

export interface FileTree {
  isFile(path: FilePath): boolean
  isFolder(path: FilePath): boolean
}

export function folderOf(path: FilePath): FilePath {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

export function nameOf(path: FilePath): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function joined(folder: FilePath, name: string): FilePath {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`
}

/** The path itself, or inside the folder. */
export function isWithin(path: FilePath, folder: FilePath): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
