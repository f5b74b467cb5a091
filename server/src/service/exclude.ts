/** Which files and folders the settings leave out. */
import { relative, sep } from 'node:path'
import ignore from 'ignore'

/** Matches Gitignore-style patterns, relative to `root`. Paths are absolute; those outside the root are never matched. */
export function createExcluder(root: string, patterns: readonly string[]): (path: string, isFolder: boolean) => boolean {
  if (patterns.length === 0) return () => false
  const matcher = ignore({ ignorecase: false }).add(patterns)
  return (path, isFolder) => {
    const inside = relative(root, path).split(sep).join('/')
    return ignore.isPathValid(inside) && matcher.ignores(isFolder ? `${inside}/` : inside)
  }
}

/** Whether the patterns match the file. */
export function isExcluded(path: string, root: string, patterns: readonly string[]): boolean {
  return createExcluder(root, patterns)(path, false)
}
