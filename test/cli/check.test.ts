import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeAnalysis, refleak, temporaryFolder, tree } from './harness.ts'

const folder = temporaryFolder()
let count = 0
const make = (files: Readonly<Record<string, string | Uint8Array>>): string => tree(folder, `t${count += 1}`, files)
const FOUND = 'def f(big):\n    use(big)\n    work()\n'
const CLEAN = 'x = 1\n'

describe('the exit status', () => {
  it.each([
    ['0 where nothing is found', { 'a.py': CLEAN }, ['check'], 0],
    ['1 where something is found', { 'a.py': FOUND }, ['check'], 1],
    ['0 with --exit-zero', { 'a.py': FOUND }, ['check', '--exit-zero'], 0],
    ['2 where a path does not exist', { 'a.py': CLEAN }, ['check', 'a.py', 'b.py'], 2],
    ['2 where a path does not exist, with --exit-zero too', { 'a.py': CLEAN }, ['check', '--exit-zero', 'b.py'], 2],
    ['1 where a folder holds findings and a file that cannot be read', { 'a.py': FOUND, 'b.py': '\0' }, ['check'], 1],
    ['0 where a folder holds nothing but a file that cannot be read', { 'b.py': '\0' }, ['check'], 0],
    ['2 where a file that was asked for cannot be read', { 'a.py': FOUND, 'b.py': '\0' }, ['check', 'a.py', 'b.py'], 2],
    ['2 where pyproject.toml is broken', { 'a.py': CLEAN, 'pyproject.toml': '[tool.refleak' }, ['check'], 2],
    ['0 where a broken pyproject.toml is not read', { 'a.py': CLEAN, 'pyproject.toml': '[tool.refleak' }, ['check', '--no-config'], 0],
    ['0 in a folder without Python', { 'a.txt': '' }, ['check'], 0],
    ['0 where a syntax error hides a part', { 'a.py': 'print "x"\n' }, ['check'], 0],
    ['2 for no command', {}, [], 2],
  ])('is %s', async (_, files, args, status) => {
    const outcome = await refleak(args, { cwd: make(files) })
    expect({ ...outcome, status: outcome.status }).toMatchObject({ status })
  })
})

describe('a wrong option is one clear line', () => {
  it.each([
    [['check', '--formt', 'json'], "refleak: unknown option '--formt' (Did you mean --format?)\n"],
    [['check', '--format', 'xml'], "refleak: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, github.\n"],
    [['check', '--min-size', 'huge'], "refleak: option '--min-size <size>' argument 'huge' is invalid. expected a size such as 10MiB\n"],
    [['check', '--jobs', '0'], "refleak: option '--jobs <n>' argument '0' is invalid. expected a number from 1 on\n"],
    [['check', '--target-version', '2.7'], /^refleak: option '--target-version <version>' argument '2.7' is invalid\. Allowed choices are 3\.8, .*3\.14\.\n$/],
    [['check', '--select', 'useless-del,nope'], /^refleak: option '--select <rules>' argument 'useless-del,nope' is invalid\. unknown rule "nope"; rules are held-after-last-use, .*\n$/],
    [['check', '--unsafe-fixes'], "refleak: option '--unsafe-fixes' needs '--fix' or '--diff'\n"],
    [['check', '-', 'a.py'], 'refleak: standard input ("-") cannot be checked together with other paths\n'],
    [['check', '--stdin-filename', 'a.py'], 'refleak: option \'--stdin-filename\' needs the path "-"\n'],
    [['chekc'], "refleak: unknown command 'chekc' (Did you mean check?)\n"],
    [['check', '--select', ' , '], /^refleak: option '--select <rules>' argument ' , ' is invalid\. expected names of rules, separated by commas\n$/],
    [['explain', 'nope'], /^refleak: unknown rule "nope"; rules are held-after-last-use, .*\n$/],
    [['explain'], "refleak: missing required argument 'rule'\n"],
    [['dump', 'trees', 'a.py'], 'refleak: cannot dump "trees"; known are scopes, flow, values\n'],
    [['dump', 'scopes', 'none.py'], 'refleak: none.py: no such file or folder\n'],
    [['lsp'], "refleak: required option '--stdio' not specified\n"],
  ])('%j', async (args, line) => {
    const outcome = await refleak(args, { cwd: make({ 'a.py': CLEAN }) })
    expect(outcome).toEqual({ status: 2, out: '', err: line instanceof RegExp ? expect.stringMatching(line) : line })
  })
})

describe('what is wrong is named on standard error, and the other files are checked', () => {
  it.each([
    ['a binary file', { 'bad.py': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]) }, 'refleak: warning: bad.py: contains a NUL byte in line 1: a binary or damaged file\n'],
    ['a wrong encoding', { 'bad.py': Buffer.from('# é', 'latin1') }, 'refleak: warning: bad.py: is not UTF-8 (byte 0xe9 in line 1) and declares no other encoding\n'],
    ['an unknown encoding', { 'bad.py': '# coding: nonsense\n' }, 'refleak: warning: bad.py: declares the unknown encoding "nonsense"\n'],
    ['a huge file', { 'bad.py': Buffer.alloc(5 * 1024 * 1024, '#') }, 'refleak: warning: bad.py: is 5 MiB; files above 4 MiB are not analysed\n'],
    ['a failure of the analysis', { 'bad.py': 'crash' }, 'refleak: bad.py: internal error, please report it: the analysis failed\n'],
    ['a syntax error', { 'bad.py': 'x\nprint "x"\n' }, 'refleak: warning: bad.py:2: syntax errors: not analysed\n'],
    ['a broken pyproject.toml', { 'pyproject.toml': '[tool.refleak]\nselect = ["nope"]\n' }, /^refleak: pyproject\.toml:2: select: unknown rule "nope"; rules are .*\n$/],
    ['a broken model of a library', { 'pyproject.toml': '[tool.refleak]\nmodels = [{ library = "acme", functions = { "acme.load" = { size = "huge" } } }]\n' },
      /^refleak: pyproject\.toml: models\[0\] "acme": .*acme\.load.*\n$/],
    ['an invalid pyproject.toml', { 'pyproject.toml': '[tool.refleak]\nselect = [\n' }, /^refleak: pyproject\.toml:\d+: not valid TOML: .*\n$/],
  ])('%s', async (_, files, err) => {
    const outcome = await refleak(['check', '--format', 'json'], { cwd: make({ ...files, 'good.py': FOUND }) })
    expect(outcome.err).toEqual(err instanceof RegExp ? expect.stringMatching(err) : err)
    const { findings, errors } = JSON.parse(outcome.out) as { findings: { path: string }[]; errors: unknown[] }
    expect(findings.map((finding) => finding.path)).toEqual(['good.py'])
    expect(errors).toHaveLength(1)
  })

  it('a folder without Python', async () => {
    const outcome = await refleak(['check', 'a', 'b.py'], { cwd: make({ 'a/x.txt': '', 'b.py': CLEAN }) })
    expect(outcome).toEqual({ status: 0, out: 'nothing found (1 file checked)\n', err: 'refleak: warning: a: no Python files here\n' })
  })

  it('an output that cannot be written', async () => {
    const outcome = await refleak(['check', '--output', 'no/such/folder.txt'], { cwd: make({ 'a.py': FOUND }) })
    expect(outcome).toEqual({ status: 2, out: '', err: 'refleak: no/such/folder.txt: cannot be written: no such file or folder\n' })
  })

  it('nested pyproject.toml files, each for its own files', async () => {
    const cwd = make({ 'a/pyproject.toml': '[tool.refleak]\nconfidence = "certain"\n', 'a/x.py': 'use(query)\nuse(big)\n', 'b/x.py': 'use(query)\n', 'b/pyproject.toml': '[tool.refleak]\nfoo = 1\n' })
    const outcome = await refleak(['check', '--format', 'github'], { cwd })
    expect(outcome.out.match(/file=[^,]*,line=\d+/g)).toEqual(['file=b/pyproject.toml,line=2', 'file=a/x.py,line=2', 'file=b/x.py,line=1'])
  })
})

describe('options reach the analysis', () => {
  it.each([
    [['--confidence', 'certain'], 1],
    [['--confidence', 'likely'], 2],
    [['--confidence', 'possible'], 3],
    [['--ignore', 'useless-del,held-after-last-use'], 0],
  ])('%j', async (args, expected) => {
    const outcome = await refleak(['check', '--format', 'json', ...args], { cwd: make({ 'a.py': 'use(big)\nuse(query)\nuse(maybe)\n' }) })
    expect((JSON.parse(outcome.out) as { findings: unknown[] }).findings).toHaveLength(expected)
  })

  it('over pyproject.toml', async () => {
    const cwd = make({ 'a.py': 'use(big)\n', 'pyproject.toml': '[tool.refleak]\nminimum-size = "1MiB"\n' })
    expect((await refleak(['check'], { cwd })).out).toContain('a list of 1048576')
    expect((await refleak(['check', '--min-size', '2KiB'], { cwd })).out).toContain('a list of 2048')
    expect((await refleak(['check', '--no-config'], { cwd })).out).toContain('a list of 10485760')
  })
})

describe('standard input', () => {
  it('is checked under the name given, with its settings', async () => {
    const cwd = make({ 'sub/pyproject.toml': '[tool.refleak]\nconfidence = "certain"\n' })
    const outcome = await refleak(['check', '--format', 'json', '--stdin-filename', 'sub/x.py', '-'], { cwd, stdin: 'use(big)\nuse(query)\n' })
    expect((JSON.parse(outcome.out) as { findings: { path: string }[] }).findings.map((finding) => finding.path)).toEqual(['sub/x.py'])
  })

  it('is given back with its fixes', async () => {
    expect(await refleak(['check', '--fix', '-'], { cwd: folder, stdin: 'use(big)\n' })).toEqual({ status: 0, out: 'use(big)\ndel big\n', err: '1 finding fixed, nothing left (1 file checked)\n' })
  })

  it('is given back as it was where it cannot be read', async () => {
    const outcome = await refleak(['check', '--fix', '-'], { cwd: folder, stdin: 'a\0b' })
    expect(outcome).toMatchObject({ status: 2, out: 'a\0b' })
  })
})

describe('--fix', () => {
  const fix = async (content: string | Uint8Array, ...args: string[]): Promise<{ content: string; status: number; err: string; out: string; path: string }> => {
    const cwd = make({ 'a.py': content })
    const path = join(cwd, 'a.py')
    const outcome = await refleak(['check', '--fix', ...args], { cwd })
    return { ...outcome, path, content: readFileSync(path, 'latin1') }
  }

  it('writes safe fixes, merged into one statement, and is done', async () => {
    const first = await fix('def f():\n    use(big1)\n    work()\n    use(query)\n')
    expect(first).toMatchObject({ status: 0, content: 'def f():\n    use(big1)\n    del big1\n    work()\n    use(query)\n    del query\n', out: '2 findings fixed, nothing left (1 file checked)\n' })
    const { mtimeMs } = statSync(first.path)
    await refleak(['check', '--fix'], { cwd: join(first.path, '..') })
    expect(statSync(first.path).mtimeMs, 'the second run changes nothing').toBe(mtimeMs)
  })

  it('leaves unsafe fixes unless they are asked for', async () => {
    expect((await fix('use(maybe)\n', '--confidence', 'possible')).content).toBe('use(maybe)\n')
    expect((await fix('use(maybe)\n', '--confidence', 'possible', '--unsafe-fixes')).content).toBe('use(maybe)\ndel maybe\n')
  })

  it.each([
    ['a byte order mark', '\u00ef\u00bb\u00bfuse(big)\n', '\u00ef\u00bb\u00bfuse(big)\ndel big\n'],
    ['CRLF', 'use(big)\r\nx\r\n', 'use(big)\r\ndel big\r\nx\r\n'],
    ['an encoding', '# coding: latin-1\n# \u00e9\nuse(big)\n', '# coding: latin-1\n# \u00e9\nuse(big)\ndel big\n'],
  ])('keeps %s', async (_, before, after) => {
    expect((await fix(Buffer.from(before, 'latin1'))).content).toBe(after)
  })

  it('keeps permissions', async () => {
    const cwd = make({ 'a.py': 'use(big)\n' })
    chmodSync(join(cwd, 'a.py'), 0o750)
    await refleak(['check', '--fix'], { cwd })
    expect(statSync(join(cwd, 'a.py')).mode & 0o777).toBe(0o750)
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toContain('del big')
  })

  it('does not write a read-only file', async () => {
    const cwd = make({ 'a.py': 'use(big)\n' })
    chmodSync(join(cwd, 'a.py'), 0o444)
    expect(await refleak(['check', '--fix'], { cwd })).toMatchObject({ status: 2, err: 'refleak: a.py: fixes not written: the file is read-only\n' })
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe('use(big)\n')
  })

  it('does not overwrite a file that changed meanwhile', async () => {
    const cwd = make({ 'a.py': 'use(big)\n' })
    const openAnalysis = () => Promise.resolve((...args: Parameters<typeof fakeAnalysis>) => {
      writeFileSync(join(cwd, 'a.py'), 'use(big) # edited\n')
      return fakeAnalysis(...args)
    })
    const outcome = await refleak(['check', '--fix'], { cwd, installation: { openAnalysis } })
    expect(outcome).toMatchObject({ status: 2, err: 'refleak: a.py: fixes not written: the file changed on disk while it was checked\n' })
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe('use(big) # edited\n')
  })

  it('does not write under a broken configuration', async () => {
    const cwd = make({ 'a.py': 'use(big)\n', 'pyproject.toml': '[tool.refleak]\nx = 1\n' })
    const outcome = await refleak(['check', '--fix'], { cwd })
    expect(outcome.status).toBe(2)
    expect(outcome.err).toMatch(/^refleak: pyproject\.toml:2: x: unknown key; .*; no fixes are applied under this configuration\n$/)
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe('use(big)\n')
  })

  it('leaves a file alone whose fixes do not settle', async () => {
    const restless: typeof fakeAnalysis = (text, version, settings) => {
      const document = fakeAnalysis(text, version, settings)
      return { ...document, get text() { return document.text }, get version() { return document.version }, report: () => ({ ...document.report(), findings: document.report().findings.concat(fakeAnalysis('use(big)\n', 0, settings).report().findings) }) }
    }
    const cwd = make({ 'a.py': 'use(big)\n' })
    const outcome = await refleak(['check', '--fix'], { cwd, installation: { openAnalysis: () => Promise.resolve(restless) } })
    expect(outcome).toMatchObject({ status: 2, err: 'refleak: a.py: fixes not applied: the fixes did not settle after 100 passes\n' })
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe('use(big)\n')
  })
})

describe('--diff', () => {
  it('shows what would change, and changes nothing', async () => {
    const cwd = make({ 'a.py': FOUND, 'b.py': CLEAN })
    const outcome = await refleak(['check', '--diff'], { cwd })
    expect(outcome.out).toBe('--- a.py\n+++ a.py\n@@ -1,3 +1,4 @@\n def f(big):\n     use(big)\n+    del big\n     work()\n')
    expect(outcome).toMatchObject({ status: 1, err: '1 finding would be fixed, 1 finding in 1 file (2 files checked)\n' })
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe(FOUND)
  })
})

describe('refleak explain', () => {
  it("prints a rule's page", async () => {
    expect(await refleak(['explain', 'useless-del'], { cwd: folder })).toEqual({ status: 0, out: '# useless-del\n\nSays what `useless-del` is about. And more.\n', err: '' })
  })
})

it('--statistics goes to standard error', async () => {
  const outcome = await refleak(['check', '--statistics', '--format', 'json'], { cwd: make({ 'a.py': 'use(big)\n', 'b.py': 'use(maybe)\nuse(query)\nuse(big)\n' }) })
  expect(outcome.err).toBe('      3  held-after-last-use (3 with a fix)\n2 files, 4 lines, 0 errors; 0.00 s, 0.00 ms per 1,000 lines\n')
  expect(JSON.parse(outcome.out)).toMatchObject({ version: 1 })
})
