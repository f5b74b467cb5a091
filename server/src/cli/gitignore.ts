/** Which files git would leave out: .gitignore in every folder, and .git/info/exclude. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ignore from 'ignore'
import type { Ignore } from 'ignore'

interface Level {
  /** The folder that the patterns are relative to. */
  readonly base: string
  readonly matcher: Ignore
}

/** The patterns that hold inside a folder. Immutable; made per folder on the way down. */
export class GitIgnore {
  /** From the outermost to the innermost. */
  readonly #levels: readonly Level[]

  private constructor(levels: readonly Level[]) {
    this.#levels = levels
  }

  /** What holds in a folder where the walk begins: its own patterns, and those of the folders above it in its repository. */
  static at(folder: string): GitIgnore {
    const repository = repositoryOf(folder)
    if (repository === null) return new GitIgnore(levelsOf(folder))
    const above: string[] = []
    for (let current = folder; ; current = dirname(current)) {
      above.unshift(current)
      if (current === repository) break
    }
    const outer = new GitIgnore(above.slice(0, -1).flatMap(levelsOf))
    // A folder that is itself ignored was asked for by name: only its own patterns speak about what is inside.
    const inherited = outer.ignores(folder, true) ? [] : outer.#levels
    return new GitIgnore([...inherited, ...levelsOf(folder)])
  }

  /** What holds in a folder below. A repository inside a repository stands for itself. */
  enter(folder: string): GitIgnore {
    const own = levelsOf(folder)
    if (existsSync(join(folder, '.git'))) return new GitIgnore(own)
    return own.length === 0 ? this : new GitIgnore([...this.#levels, ...own])
  }

  /** The innermost pattern that matches decides. */
  ignores(path: string, isFolder: boolean): boolean {
    for (let index = this.#levels.length - 1; index >= 0; index -= 1) {
      const level = this.#levels[index]
      if (level === undefined) continue
      const inside = relative(level.base, path).split(sep).join('/')
      const result = level.matcher.test(isFolder ? `${inside}/` : inside)
      if (result.ignored) return true
      if (result.unignored) return false
    }
    return false
  }
}

/** The patterns a folder brings in: .git/info/exclude where it is a repository, then its .gitignore. */
function levelsOf(folder: string): Level[] {
  return [join('.git', 'info', 'exclude'), '.gitignore'].flatMap((name) => {
    const patterns = readPatterns(join(folder, name))
    return patterns === null ? [] : [{ base: folder, matcher: ignore({ ignorecase: false }).add(patterns) }]
  })
}

/** Null: no such file, or not one that can be read, which git passes over too. */
function readPatterns(path: string): string | null {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8').replace(/^\uFEFF/, '') : null
  } catch {
    return null
  }
}

/** The nearest folder with `.git`, going up; null outside of repositories. */
function repositoryOf(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current
    if (dirname(current) === current) return null
  }
}
