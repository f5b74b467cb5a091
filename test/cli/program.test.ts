/** The built program, as a user starts it: bundles, threads, standard streams. */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from './harness.ts'
import { program, temporaryFolder, tree } from './harness.ts'

const folder = temporaryFolder()
const dist = join(folder, 'dist')
beforeAll(() => execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url)), dist]), 60_000)

/** Several objects at once, so that their release is one statement. */
const HELD = `import time

def f():
    big = [0] * 100_000_000
    other = [1] * 100_000_000
    print(len(big), len(other))
    time.sleep(60)
    return 1
`

interface Json {
  readonly findings: readonly { readonly rule: string; readonly name: string; readonly path: string }[]
  readonly errors: readonly { readonly path: string; readonly message: string }[]
}

describe('the built program', () => {
  it('knows on every thread what all files do, when each is recorded once', async () => {
    const queue = `JOBS = []\n\ndef handle(request):\n    answer = request.answer()\n    JOBS.append(answer)\n    return answer\n`
    const pairs = Array.from({ length: 150 }, (_, index): [string, string][] => [
      [`queue_${index}.py`, queue],
      [`taker_${index}.py`, index % 3 === 0 ? '' : `from queue_${index} import JOBS\n\ndef take():\n    return JOBS.pop()\n`],
    ])
    const cwd = tree(folder, 'shared', Object.fromEntries(pairs.flat()))
    const [one, three] = await Promise.all(['1', '3'].map((jobs) => program(dist, ['check', '--format', 'json', '--jobs', jobs], { cwd })))
    expect(one).toEqual(three)
    expect((JSON.parse(one!.out) as Json).findings.map(({ path }) => Number(/\d+/.exec(path)![0]) % 3)).toEqual(Array(50).fill(0))
  }, 60_000)

  it('finds, fixes, and then finds nothing', async () => {
    const cwd = tree(folder, 'fix', { 'a.py': HELD })
    const found = await program(dist, ['check', '--format', 'json'], { cwd })
    expect((JSON.parse(found.out) as Json).findings.map(({ name, rule }) => `${rule} ${name}`)).toEqual(['held-after-last-use big', 'held-after-last-use other'])
    expect(found.status).toBe(1)
    const fixed = await program(dist, ['check', '--fix'], { cwd })
    expect(fixed).toMatchObject({ status: 0, err: '' })
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toMatch(/print\(len\(big\), len\(other\)\)\n {4}del (big, other|other, big)\n {4}time/)
    expect(await program(dist, ['check'], { cwd })).toEqual({ status: 0, out: 'nothing found (1 file checked)\n', err: '' })
  })

  it('gives the same answer on one thread and on several', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`d${index % 3}/m${index}.py`, index % 7 === 0 ? '\0' : HELD.repeat(1 + index % 3)]))
    const cwd = tree(folder, 'jobs', { ...files, 'pyproject.toml': '[tool.refleak]\nminimum-size = "1MiB"\n', 'd1/pyproject.toml': '[tool.refleak]\nignore = ["held-after-last-use"]\n' })
    const [one, three, automatic] = await Promise.all([['--jobs', '1'], ['--jobs', '3'], []].map((jobs) => program(dist, ['check', '--format', 'json', ...jobs], { cwd })))
    expect(three).toEqual(one)
    expect(automatic).toEqual(one)
    expect(one?.status).toBe(1)
    const { findings, errors } = JSON.parse(one?.out ?? '') as Json
    expect(findings.length).toBeGreaterThan(20)
    expect(findings.some(({ path }) => path.startsWith('d1/')), 'd1 has settings of its own').toBe(false)
    expect(errors).toHaveLength(6)
  })

  it('reads standard input', async () => {
    const outcome = await program(dist, ['check', '--format', 'github', '--stdin-filename', 'x.py', '-'], { cwd: folder, stdin: HELD })
    expect(outcome.out).toMatch(/^::warning file=x\.py,line=6,/)
  })

  it('ends quietly when nobody reads on', async () => {
    const cwd = tree(folder, 'pipe', Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`m${index}.py`, HELD.repeat(30)])))
    const child = spawn(process.execPath, [join(dist, 'refleak.mjs'), 'check'], { cwd })
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => { err += chunk.toString() })
    child.stdout.once('data', () => child.stdout.destroy())
    await new Promise((resolve) => child.on('close', resolve))
    expect(err).toBe('')
  })

  it('dumps scopes, flow and values as JSON', async () => {
    const cwd = tree(folder, 'dump', { 'a.py': HELD })
    const scopes = await program(dist, ['dump', 'scopes', '--target-version', '3.13', 'a.py'], { cwd })
    expect(JSON.parse(scopes.out)).toMatchObject({ scopes: [{ name: 'top', kind: 'module' }, { name: 'f', kind: 'function', line: 3, symbols: { big: { scope: 'local', assigned: true, parameter: false } } }] })
    const flow = await program(dist, ['dump', 'flow', 'a.py'], { cwd })
    const { frames } = JSON.parse(flow.out) as { frames: { name: string; blocks: { events: { text: string }[] }[] }[] }
    expect(frames.map((frame) => frame.name)).toEqual(['<module>', 'f'])
    expect(frames[1]?.blocks.flatMap((block) => block.events.map((event) => event.text))).toContain('bind big (assignment) from [0] * 100_000_000')
    const values = await program(dist, ['dump', 'values', 'a.py'], { cwd })
    expect(JSON.parse(values.out)).toMatchObject({
      frames: [{ name: '<module>' }, { name: 'f', values: [{ name: 'big', line: 4, binding: 'assignment', type: 'list' }, { name: 'other' }] }],
    })
  })

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    expect(await program(dist, ['--version'], { cwd: folder })).toEqual({ status: 0, out: `${version}\n`, err: '' })
  })

  it('speaks the language server protocol', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } })
    const child = spawn(process.execPath, [join(dist, 'refleak.mjs'), 'lsp', '--stdio'], { cwd: folder })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    let out = ''
    for await (const chunk of child.stdout) {
      out += String(chunk)
      if (out.includes('"name":"refleak"')) break
    }
    child.kill()
    expect(out).toContain('"name":"refleak"')
  })
})

describe('bad input is survived: a clear line, and everything else is checked', () => {
  const TAIL = `\n\n${HELD}`
  const nested = (open: string, close: string): string => `x = ${open.repeat(10_000)}${close.repeat(10_000)}`
  const survivors: Readonly<Record<string, string>> = {
    'lone CR': HELD.replaceAll('\n', '\r'),
    CRLF: HELD.replaceAll('\n', '\r\n'),
    'mixed line ends': HELD.replace('\n', '\r\n').replace('60)\n', '60)\r'),
    'form feeds': `\f${HELD.replace('def', '\f\ndef')}`,
    tabs: HELD.replaceAll('    ', '\t'),
    'no final newline': HELD.trimEnd(),
    'a byte order mark': `\uFEFF${HELD}`,
    'Python 2': `print "x"\nexec "y" in z\ntry:\n  raise E, "m"\nexcept E, e:\n  print >>f, \`e\`${TAIL}`,
    'merge conflict markers': `<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> branch${TAIL}`,
    'nested brackets': `${nested('[', ']')}${TAIL}`,
    'a syntax error': `def g(:\n    return\n${TAIL}`,
    'an unknown rule in a suppression': `${HELD}x = 1  # refleak: ignore[no-such-rule]\n`,
  }

  const oddities: Readonly<Record<string, string>> = {
    'unclosed brackets': '('.repeat(10_000),
    'unclosed text': '"""',
    nothing: '',
    'one backslash': '\\',
    'nested calls': `${'f('.repeat(3000)}${')'.repeat(3000)}`,
    'nested blocks': Array.from({ length: 90 }, (_, depth) => `${' '.repeat(depth)}if x:\n`).join(''),
  }
  let outcome: Outcome
  let json: Json

  beforeAll(async () => {
    const files = Object.entries({ ...survivors, ...oddities }).map(([name, text]) => [`${name}.py`, text])
    outcome = await program(dist, ['check', '--format', 'json'], { cwd: tree(folder, 'bad', Object.fromEntries(files) as Record<string, string>) })
    json = JSON.parse(outcome.out) as Json
  })

  const findingsOf = (name: string): string[] => json.findings.filter((finding) => finding.path === `${name}.py`).map((finding) => `${finding.rule} ${finding.name}`)

  it.each(Object.keys(survivors))('%s: the function beside it is analysed', (name) => {
    expect(findingsOf(name)).toEqual(expect.arrayContaining(['held-after-last-use big', 'held-after-last-use other']))
  })

  it.each(Object.keys(oddities))('%s: nothing to find', (name) => {
    expect(findingsOf(name)).toEqual([])
  })

  it('no file fails', () => {
    expect(outcome.status).toBe(1)
    expect(outcome.err).not.toMatch(/internal error|rule .* failed/)
  })

  it('an unknown rule in a suppression is a finding and a warning', () => {
    expect(findingsOf('an unknown rule in a suppression')).toContain('unused-suppression ')
    expect(outcome.err).toContain('refleak: warning: an unknown rule in a suppression.py:9: unknown rule "no-such-rule" in a suppression\n')
  })
})
