import { readFileSync } from 'node:fs'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { clip, columnOf, visible, width } from '../../server/src/cli/formats/columns.ts'
import { RULE_NAMES } from '../../server/src/rules/names.ts'
import { refleak, temporaryFolder, tree } from './harness.ts'

const folder = temporaryFolder()
const cwd = tree(folder, 't', {
  'a b/x.py': 'def f(big):\n\tuse(big)\n\twork()\n', 'y.py': 'use(query) # 😀\nuse(maybe)\n', 'bad.py': '\0',
})
const output = async (...args: string[]): Promise<string> => (await refleak(['check', '--confidence', 'possible', ...args], { cwd })).out

interface Json {
  readonly version: number
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly range: unknown; readonly fixes: readonly { readonly edits: readonly unknown[] }[] }[]
  readonly errors: readonly unknown[]
}

describe('--format json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../docs/findings.schema.json', import.meta.url), 'utf8')) as { definitions: { finding: { properties: { rule: { enum: string[] } } } } }
  const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true, formats: {} }).compile(schema)

  it('is what docs/findings.schema.json says', async () => {
    const json = JSON.parse(await output('--format', 'json')) as Json
    validate(json)
    expect(validate.errors).toBeNull()
    expect(json.findings).toHaveLength(3)
    expect(validate({ ...json, version: 2 }), 'the schema refuses other versions').toBe(false)
  })

  it('knows every rule', () => {
    expect(schema.definitions.finding.properties.rule.enum).toEqual(RULE_NAMES)
  })

  it('has places as in the Language Server Protocol', async () => {
    const { findings, errors } = JSON.parse(await output('--format', 'json')) as Json
    expect(findings[0]).toMatchObject({
      path: 'a b/x.py', range: { start: { line: 1, character: 5 }, end: { line: 1, character: 8 } }, size: { low: 2 ** 30, high: 2 ** 31 },
      fixes: [{ safety: 'safe', edits: [{ path: 'a b/x.py', newText: '\tdel big\n', range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } } }] }],
    })
    expect(errors).toEqual([{ path: 'bad.py', message: 'contains a NUL byte in line 1: a binary or damaged file' }])
  })
})

describe('--format sarif', () => {
  it('has a result per finding, with related places and fixes', async () => {
    const log = JSON.parse(await output('--format', 'sarif')) as { version: string; runs: { results: unknown[]; tool: { driver: { rules: unknown[] } }; invocations: unknown[] }[] }
    const run = log.runs[0]
    expect(log.version).toBe('2.1.0')
    expect(run?.results).toHaveLength(3)
    expect(run?.tool.driver.rules[0]).toEqual({ id: 'held-after-last-use', shortDescription: { text: 'Says what `held-after-last-use` is about.' } })
    expect(run?.invocations[0]).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text: 'contains a NUL byte in line 1: a binary or damaged file' } }] })
    expect(run?.results[0]).toMatchObject({
      ruleId: 'held-after-last-use', ruleIndex: 0, level: 'warning', message: { text: '`big` is kept' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b/x.py', uriBaseId: 'WORKING_FOLDER' }, region: { startLine: 2, startColumn: 6, endLine: 2, endColumn: 9 } } }],
      fixes: [{ description: { text: 'Insert `del big` (safe)' }, artifactChanges: [{ replacements: [{ insertedContent: { text: '\tdel big\n' } }] }] }],
    })
    expect((run?.results[0] as { relatedLocations: { message: { text: string } }[] }).relatedLocations.map(({ message }) => message.text))
      .toEqual(['big is bound here', 'last use', 'work() runs', 'made here'])
  })
})

describe('--format github', () => {
  it('has a workflow command per finding and per file that cannot be checked', async () => {
    const lines = (await output('--format', 'github')).trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe('::warning file=a b/x.py,line=2,endLine=2,col=6,endColumn=9,title=refleak%3A held-after-last-use::`big` is kept%0Asize: at least 1 GiB: a list of 10485760%0Aline 3: work() runs%0Afix: Insert `del big`')
    expect(lines[1]).toBe('::warning file=bad.py,title=refleak::contains a NUL byte in line 1: a binary or damaged file')
  })
})

describe('--format text', () => {
  it('shows the line, the place and the reasons', async () => {
    expect(await output('a b')).toBe([
      'a b/x.py:2:6: held-after-last-use: `big` is kept',
      '  |',
      '2 |     use(big)',
      '  |         ^^^',
      '  = size: 1 GiB to 2 GiB: a list of 10485760',
      '  = drag: line 3: work() runs',
      '  = held until: function exit',
      '  = note: line 1: made here',
      '  = fix: Insert `del big`',
      '',
      '1 finding in 1 file (1 file checked), 1 can be fixed with --fix',
      '',
    ].join('\n'))
  })

  it('says how sure it is, and which fix needs a review', async () => {
    const text = await output('y.py')
    expect(text).toContain('  = confidence: possible\n')
    expect(text).toContain('  = fix: Insert `del maybe` (unsafe: review it)\n')
    expect(text).toContain('2 findings in 1 file (1 file checked), 1 can be fixed with --fix, 1 more with --fix --unsafe-fixes\n')
  })

  it('is coloured on a terminal only', async () => {
    const coloured = async (isTerminal: boolean, env: Record<string, string>) => (await refleak(['check', 'y.py'], { cwd, isTerminal, env })).out.includes('\u001b[')
    expect(await coloured(false, {})).toBe(false)
    expect(await coloured(true, {})).toBe(true)
    expect(await coloured(true, { NO_COLOR: '1' })).toBe(false)
    expect(await coloured(true, { TERM: 'dumb' })).toBe(false)
    expect(await coloured(false, { FORCE_COLOR: '1' })).toBe(true)
  })
})

it('--output writes the report to a file', async () => {
  const outcome = await refleak(['check', 'y.py', '--format', 'json', '--output', 'out.json'], { cwd, isTerminal: true })
  expect(outcome).toMatchObject({ status: 1, out: '' })
  expect(JSON.parse(readFileSync(`${cwd}/out.json`, 'utf8'))).toMatchObject({ version: 1 })
})

describe('a source line on a terminal', () => {
  it('counts columns in characters and measures wide ones', () => {
    expect(columnOf('😀é = x', 6)).toBe(6)
    expect(width('a日😀e\u0301')).toBe(6)
  })

  it('cannot move the cursor', () => {
    expect(visible('a\u001b[2Jb\r\nc\u202ed')).toBe('a\ufffd[2Jb c\ufffdd')
    expect(clip('\tx = \u0007y', 1, 2)).toEqual({ before: '    ', inside: 'x', after: ' = \ufffdy' })
  })

  it('is cut when it is long', () => {
    const { before, inside, after } = clip(`${'a'.repeat(5000)}big${'b'.repeat(5000)}`, 5000, 5003)
    expect([before, inside, after].map((part) => part.length)).toEqual([103, 3, 103])
  })
})
