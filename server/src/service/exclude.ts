/** Which files the settings leave out. */
import { relative, sep } from 'node:path'
import ignore from 'ignore'

/** Whether Gitignore-style patterns, relative to `root`, match the file. Both paths are absolute; files outside the root are never matched. */
export function isExcluded(path: string, root: string, patterns: readonly string[]): boolean {
  const inside = relative(root, path).split(sep).join('/')
  return ignore.isPathValid(inside) && ignore().add(patterns).ignores(inside)
}
