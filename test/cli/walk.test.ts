import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFiles } from '../../server/src/cli/walk.ts'
import { ConfigFinder, NO_CONFIG } from '../../server/src/service/config.ts'
import { readFileSync, existsSync } from 'node:fs'
import { temporaryFolder, tree } from './harness.ts'

const folder = temporaryFolder()
let count = 0
const make = (files: Readonly<Record<string, string>>): string => tree(folder, `t${count += 1}`, files)

/** The files as the user sees them. */
function found(cwd: string, ...paths: string[]): string[] {
  const finder = new ConfigFinder((path) => existsSync(path) ? readFileSync(path, 'utf8') : null)
  return findFiles(paths.length === 0 ? ['.'] : paths, { cwd, configOf: (path) => finder.configOf(path) }).files.map((file) => file.shown)
}

describe('a folder is searched', () => {
  it('for Python files, in a fixed order, with paths as the user would write them', () => {
    const root = make({ 'b.py': '', 'a/z.py': '', 'a/b.pyw': '', 'a.txt': '', 'stub.pyi': '', 'B.py': '', 'run': '#!/usr/bin/python' })
    expect(found(root)).toEqual(['B.py', 'a/b.pyw', 'a/z.py', 'b.py'])
    expect(found(root, 'a')).toEqual(['a/b.pyw', 'a/z.py'])
    expect(found(root, './a/', 'b.py')).toEqual(['a/b.pyw', 'a/z.py', 'b.py'])
    expect(found(folder, root)).toContain(`${root}/a/z.py`)
    expect(found(join(root, 'a'), '..')).toContain('../a/z.py')
  })

  it('once, when it is given twice', () => {
    const root = make({ 'a/b.py': '', 'c.py': '' })
    expect(found(root, 'c.py', '.', 'a', 'a/b.py')).toEqual(['c.py', 'a/b.py'])
  })

  it('without folders that hold no code of the project, unless they are given', () => {
    const root = make({ '.git/x.py': '', 'node_modules/x.py': '', '__pycache__/x.py': '', '.venv/x.py': '', 'env3/pyvenv.cfg': '', 'env3/lib/x.py': '', 'build/x.py': '', 'src/x.py': '' })
    expect(found(root)).toEqual(['src/x.py'])
    expect(found(root, 'build', 'env3')).toEqual(['build/x.py', 'env3/lib/x.py'])
  })

  it('without what pyproject.toml excludes', () => {
    const root = make({ 'pyproject.toml': '[tool.refleak]\nexclude = ["gen/", "*_pb2.py", "/top.py", "!keep_pb2.py"]', 'gen/a.py': '', 'a/x_pb2.py': '', 'a/keep_pb2.py': '', 'top.py': '', 'a/top.py': '' })
    expect(found(root)).toEqual(['a/keep_pb2.py', 'a/top.py'])
    expect(found(join(root, 'a'))).toEqual(['keep_pb2.py', 'top.py'])
    expect(found(root, 'gen/a.py')).toEqual(['gen/a.py'])
  })

  it('without following symbolic links, so that loops end', () => {
    const root = make({ 'a/x.py': '' })
    symlinkSync('..', join(root, 'a/loop'))
    symlinkSync('x.py', join(root, 'a/link.py'))
    symlinkSync('nowhere.py', join(root, 'a/dangling.py'))
    expect(found(root)).toEqual(['a/x.py'])
    expect(found(root, 'a/loop/a')).toEqual(['a/loop/a/x.py'])
    expect(found(root, 'a/link.py')).toEqual(['a/link.py'])
  })
})

describe('.gitignore', () => {
  it('holds in its folder and below, the innermost pattern deciding', () => {
    const root = make({ '.gitignore': 'out\n*.gen.py\n/local.py\n', 'out/a.py': '', 'x.gen.py': '', 'local.py': '', 'sub/local.py': '', 'sub/.gitignore': '!keep.gen.py\nown.py\n', 'sub/keep.gen.py': '', 'sub/y.gen.py': '', 'sub/own.py': '', 'own.py': '' })
    expect(found(root)).toEqual(['own.py', 'sub/keep.gen.py', 'sub/local.py'])
  })

  it('of the folders above holds within the repository', () => {
    const root = make({ '.git/info/exclude': 'private.py\n', '.gitignore': 'a/b/x.py\n', 'a/b/x.py': '', 'a/b/y.py': '', 'a/b/private.py': '' })
    expect(found(join(root, 'a'))).toEqual(['b/y.py'])
  })

  it('does not reach into a repository inside the repository', () => {
    const root = make({ '.git/HEAD': '', '.gitignore': 'x.py\n', 'x.py': '', 'vendored/.git/HEAD': '', 'vendored/x.py': '' })
    expect(found(root)).toEqual(['vendored/x.py'])
  })

  it('does not hide what is given by name', () => {
    const root = make({ '.git/HEAD': '', '.gitignore': 'out/\n*.py\n', 'out/x.py': '', 'y.py': '' })
    expect(found(root, 'y.py', 'out')).toEqual(['y.py', 'out/x.py'])
  })

  it('agrees with git', () => {
    const root = make({
      '.gitignore': '# comment\n\\#x.py\n**/deep/*.py\nfoo/**/bar.py\n!deep/no.py\ntrailing.py   \nA.py\n[xy].py\n', '#x.py': '', 'q/deep/a.py': '', 'foo/1/2/bar.py': '', 'foo/bar.py': '',
      'deep/no.py': '', 'deep/yes.py': '', 'trailing.py': '', 'a.py': '', 'x.py': '', 'z.py': '', 'sub/.gitignore': '*\n!*.py\n!*/\n', 'sub/k/l.py': '', 'sub/m.py': '',
    })
    mkdirSync(join(root, '.git'), { recursive: true })
    let listed: string
    try {
      execFileSync('git', ['init', '-q'], { cwd: root, stdio: 'ignore' })
      listed = execFileSync('git', ['ls-files', '--others', '--exclude-standard', '-z', '*.py'], { cwd: root, encoding: 'utf8' })
    } catch {
      // Without git there is nothing to agree with; the cases above stand on their own.
      return
    }
    expect(found(root).sort()).toEqual(listed.split('\0').filter((path) => path !== '').sort())
  })
})

describe('what cannot be checked is named', () => {
  const problems = (cwd: string, ...paths: string[]) => findFiles(paths, { cwd, configOf: () => NO_CONFIG })

  it('a path that does not exist', () => {
    expect(problems(make({}), 'nope.py').problems).toEqual([{ path: 'nope.py', message: 'no such file or folder', given: true }])
  })

  it('a path below a file', () => {
    expect(problems(make({ 'a.py': '' }), 'a.py/b').problems).toEqual([{ path: 'a.py/b', message: 'not a folder', given: true }])
  })

  it('a loop of links', () => {
    const root = make({})
    symlinkSync('loop', join(root, 'loop'))
    expect(problems(root, 'loop').problems).toEqual([{ path: 'loop', message: 'too many levels of symbolic links', given: true }])
  })

  it('a device', () => {
    expect(problems(make({}), '/dev/null').problems.map((problem) => problem.message)).toEqual(['is not a regular file; use "-" to check standard input'])
  })

  it('a folder without Python', () => {
    expect(problems(make({ 'a/b.txt': '' }), 'a')).toMatchObject({ files: [], problems: [], empty: ['a'] })
  })
})
