/** Fixes that edit several files, on the command line. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Drafts, OnDisk } from '../../server/src/cli/drafts.ts'
import { openAnalysis } from '../../server/src/cli/installed.ts'
import { overwrite } from '../../server/src/cli/overwrite.ts'
import { refleak, temporaryFolder, tree } from './harness.ts'

const folder = temporaryFolder()
let count = 0
const make = (files: Readonly<Record<string, string>>): string => tree(folder, String(count++), files)
const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), 'utf8')
const check = (cwd: string, ...args: string[]) => refleak(['check', ...args], { cwd, installation: { openAnalysis } })

const DATA = 'import numpy as np\n\nGRID = np.zeros((4000, 4000))\n'
const USER = 'from pkg.data import GRID\n\n\ndef row(i):\n    return GRID[i]\n'
const DATA_FIXED = 'import functools\nimport numpy as np\n\n\n@functools.cache\ndef load_grid():\n    return np.zeros((4000, 4000))\n'
const USER_FIXED = USER.replace('import GRID', 'import load_grid').replace('GRID[i]', 'load_grid()[i]')
const FILES = { 'pkg/__init__.py': '', 'pkg/data.py': DATA, 'pkg/user.py': USER }

it('tells the edits of each file by its name', async () => {
  const { findings } = JSON.parse((await check(make(FILES), '--format', 'json')).out) as { findings: { path: string; fixes: { edits: { path: string; range: { start: { line: number } } }[] }[] }[] }
  expect(findings.map(({ path }) => path)).toEqual(['pkg/data.py'])
  expect(findings[0]!.fixes[0]!.edits.filter(({ path }) => path === 'pkg/user.py').map(({ range }) => range.start.line)).toEqual([0, 4])
})

it('--fix changes all of them', async () => {
  const cwd = make(FILES)
  const outcome = await check(cwd, '--fix', '--unsafe-fixes', '--target-version', '3.9')
  expect(outcome).toEqual({ status: 0, out: '1 finding fixed, nothing left (3 files checked)\n', err: '' })
  expect([read(cwd, 'pkg/data.py'), read(cwd, 'pkg/user.py')]).toEqual([DATA_FIXED, USER_FIXED])
})

it('--fix alone does not: the fix is to be reviewed', async () => {
  const cwd = make(FILES)
  expect((await check(cwd, '--fix')).status).toBe(1)
  expect([read(cwd, 'pkg/data.py'), read(cwd, 'pkg/user.py')]).toEqual([DATA, USER])
})

it('--diff shows all changes of a file in one, and changes nothing', async () => {
  const slow = 'import json\nimport time\n\n\ndef wait(path):\n    rows = json.load(open(path))\n    n = len(rows)\n    time.sleep(60)\n    return n\n'
  const cwd = make({ ...FILES, 'pkg/user.py': slow + USER })
  const { out, err } = await check(cwd, '--diff', '--unsafe-fixes', '--target-version', '3.9')
  expect(out.match(/^--- .*/gm)).toEqual(['--- pkg/data.py', '--- pkg/user.py'])
  expect(out.match(/^[+-](?![+-]).*/gm)).toEqual([
    '+import functools', '-GRID = np.zeros((4000, 4000))', '+', '+@functools.cache', '+def load_grid():', '+    return np.zeros((4000, 4000))',
    '+    del rows', '-from pkg.data import GRID', '+from pkg.data import load_grid', '-    return GRID[i]', '+    return load_grid()[i]',
  ])
  expect(err).toMatch(/^2 findings would be fixed, /)
  expect([read(cwd, 'pkg/data.py'), read(cwd, 'pkg/user.py')]).toEqual([DATA, slow + USER])
})

it('leaves all alone where one is not to be written', async () => {
  const cwd = make(FILES)
  chmodSync(join(cwd, 'pkg/user.py'), 0o444)
  const { status, err } = await check(cwd, '--fix', '--unsafe-fixes')
  expect(status).toBe(2)
  expect(err).toMatch(/^refleak: pkg\/data\.py: fixes not applied: GRID: .*user\.py: the file is read-only\n$/)
  expect([read(cwd, 'pkg/data.py'), read(cwd, 'pkg/user.py')]).toEqual([DATA, USER])
})

it('leaves all alone where one is not among the files that are checked', async () => {
  const cwd = make(FILES)
  expect((await check(cwd, 'pkg/data.py', '--fix', '--unsafe-fixes')).status).toBe(1)
  expect([read(cwd, 'pkg/data.py'), read(cwd, 'pkg/user.py')]).toEqual([DATA, USER])
})

it('mends several, one after the other where they share a file', async () => {
  const cwd = make({
    ...FILES, 'pkg/more.py': DATA.replace('GRID', 'MASK'), 'pkg/other.py': 'import numpy as np\n\nROWS = np.zeros((4000, 4000))\n', 'pkg/third.py': 'from pkg import other\n\n\ndef cell(i):\n    return other.ROWS[i]\n',
    'pkg/user.py': `${USER.replace('\n', '\nfrom pkg.more import MASK\n')}\n\ndef masked(i):\n    return MASK[i]\n`,
  })
  expect((await check(cwd, '--fix', '--unsafe-fixes')).out).toBe('3 findings fixed, nothing left (6 files checked)\n')
  expect(read(cwd, 'pkg/user.py')).toBe('from pkg.data import load_grid\nfrom pkg.more import load_mask\n\n\ndef row(i):\n    return load_grid()[i]\n\n\ndef masked(i):\n    return load_mask()[i]\n')
  expect(read(cwd, 'pkg/third.py')).toContain('other.load_rows()[i]')
})

it('a file that changed meanwhile is not overwritten, and neither are the others', () => {
  const cwd = make({ 'a.py': 'a\n', 'b.py': 'b, edited\n' })
  const change = (name: string, before: string) => ({ path: join(cwd, name), before: Buffer.from(before), after: Buffer.from('new\n') })
  expect(overwrite([change('a.py', 'a\n'), change('b.py', 'b\n')])).toMatch(/b\.py: the file changed on disk while it was checked$/)
  expect([read(cwd, 'a.py'), read(cwd, 'b.py')]).toEqual(['a\n', 'b, edited\n'])
})

it('what was written is taken back when a later file cannot be', () => {
  const cwd = make({ 'a.py': 'a\n', 'b/c.py': 'c\n' })
  const paths = [join(cwd, 'a.py'), join(cwd, 'b', 'c.py')] as const
  // A folder in the place of its temporary file's folder: found when the first file has been written.
  const changes = paths.map((path, i) => ({ path, before: Buffer.from(i === 0 ? 'a\n' : 'c\n'), get after(): Buffer {
    if (i === 1) {
      rmSync(path)
      mkdirSync(path)
    }
    return Buffer.from('new\n')
  } }))
  expect(overwrite(changes)).not.toBeNull()
  expect(read(cwd, 'a.py')).toBe('a\n')
})

it('drafts stand in for files, and nothing is written', () => {
  const cwd = make({ 'a.py': 'a\n' })
  const path = join(cwd, 'a.py')
  const drafts = new Drafts([[path, Buffer.from('draft\n')]])
  expect([drafts.textOf(path), drafts.read(path).text]).toEqual(['draft\n', 'draft\n'])
  expect(drafts.replace([{ path, before: Buffer.from('draft\n'), after: Buffer.from('next\n') }])).toBeNull()
  expect([drafts.textOf(path), new OnDisk().read(path).text, new OnDisk().textOf()]).toEqual(['next\n', 'a\n', null])
  expect(existsSync(path)).toBe(true)
  writeFileSync(path, Buffer.from([0xff, 0xfe, 0x00]))
  expect(new OnDisk().read(path).text).toBeNull()
})
