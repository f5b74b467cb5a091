import { describe, expect, it } from 'vitest'
import { ConfigFinder, DEFAULT_SETTINGS, formatProblem, mergeSettings } from '../../server/src/service/config.ts'
import { parsePyproject } from '../../server/src/service/pyproject.ts'

/** The problems as the command line prints them, for a pyproject.toml at `/p`. */
function problemsOf(text: string): string[] {
  return parsePyproject(text).problems.map((problem) => formatProblem({ ...problem, path: '/p/pyproject.toml' }, '/p'))
}

describe('pyproject.toml', () => {
  it('may set every key', () => {
    const { values, problems, declared } = parsePyproject(`
[tool.refleak]
minimum-size = "1.5 GiB"
confidence = "certain"
assume-large = true
target-version = "3.10"
select = ["useless-del"]
ignore = ["loop-variable-held"]
exclude = ["generated/", "*_pb2.py"]
models = [{ library = "ours" }]
[tool.refleak.severity]
useless-del = "off"
held-after-last-use = "hint"
`)
    expect(problems).toEqual([])
    expect(declared).toBe(true)
    expect(values).toEqual({
      minimumSize: 1.5 * 1024 ** 3, confidence: 'certain', assumeLarge: true, targetVersion: '3.10', select: ['useless-del'],
      ignore: ['loop-variable-held'], exclude: ['generated/', '*_pb2.py'], models: [{ library: 'ours' }],
      severity: { 'useless-del': 'off', 'held-after-last-use': 'hint' },
    })
  })

  it('takes a size as a number of bytes', () => {
    expect(parsePyproject('[tool.refleak]\nminimum-size = 4096').values).toEqual({ minimumSize: 4096 })
  })

  it.each([
    ['minimum-size = "big"', 'pyproject.toml:2: minimum-size: expected a size such as "10MiB", got "big"'],
    ['minimum-size = -1', 'pyproject.toml:2: minimum-size: expected a size such as "10MiB", got -1'],
    ['confidence = "sure"', 'pyproject.toml:2: confidence: expected "certain", "likely" or "possible", got "sure"'],
    ['assume-large = "yes"', 'pyproject.toml:2: assume-large: expected true or false, got "yes"'],
    ['target-version = 3.10', 'pyproject.toml:2: target-version: expected a string from "3.8" to "3.14", got 3.1'],
    ['target-version = "3.7"', 'pyproject.toml:2: target-version: expected a string from "3.8" to "3.14", got "3.7"'],
    ['select = "useless-del"', 'pyproject.toml:2: select: expected a list of strings, got "useless-del"'],
    ['exclude = [1]', 'pyproject.toml:2: exclude: expected a list of strings, got [1]'],
    ['severity = "hint"', 'pyproject.toml:2: severity: expected a table of rule names and severities, got "hint"'],
    ['models = [1]', 'pyproject.toml:2: models: expected a list of paths to JSON files or of tables, got [1]'],
    ['severity.useless-del = "error"',
      'pyproject.toml:2: severity: useless-del: expected "warning", "information", "hint" or "off", got "error"'],
  ])('%s is named with its line', (line, expected) => {
    expect(problemsOf(`[tool.refleak]\n${line}\n`)).toEqual([expected])
  })

  it('names an unknown rule and lists the known ones', () => {
    const [problem = ''] = problemsOf('[tool.refleak]\nselect = ["useless-del", "no-such-rule"]')
    expect(problem).toMatch(/^pyproject\.toml:2: select: unknown rule "no-such-rule"; rules are .*held-after-last-use/)
  })

  it('names an unknown key and keeps the others', () => {
    const text = '[project]\nname = "x"\n\n[tool.refleak]\nconfidence = "certain"\nmin-size = "1MiB"\n'
    expect(parsePyproject(text).values).toEqual({ confidence: 'certain' })
    expect(problemsOf(text)[0]).toMatch(/^pyproject\.toml:6: min-size: unknown key; known are minimum-size, /)
  })

  it('finds the line of a key in a sub-table', () => {
    expect(problemsOf('[tool.refleak]\n\n[tool.refleak.severity]\nuseless = "off"\n')[0]).toMatch(/^pyproject\.toml:3: severity: unknown rule "useless"/)
  })

  it('with a syntax error is one clear line', () => {
    const problems = problemsOf('[tool.refleak]\nconfidence = \n')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^pyproject\.toml:2: not valid TOML: [^\n]+$/)
  })

  it('that is not about this tool is no configuration', () => {
    expect(parsePyproject('[tool.ruff]\nselect = 3')).toMatchObject({ declared: false, values: {}, problems: [] })
  })

  it('with tool.refleak that is no table says so', () => {
    expect(problemsOf('[tool]\nrefleak = 3\n')[0]).toMatch(/tool\.refleak: expected a table/)
  })
})

describe('the configuration of a folder', () => {
  const finder = (files: Readonly<Record<string, string>>): ConfigFinder => new ConfigFinder((path) => files[path] ?? null)
  const settings = (files: Readonly<Record<string, string>>, folder: string) => mergeSettings(finder(files).configOf(folder).values)

  it('is the default without a pyproject.toml', () => {
    expect(settings({}, '/p/src')).toEqual(DEFAULT_SETTINGS)
  })

  it('comes from the nearest pyproject.toml with a [tool.refleak] table', () => {
    const files = {
      '/p/pyproject.toml': '[tool.refleak]\nconfidence = "certain"',
      '/p/sub/pyproject.toml': '[project]\nname = "sub"',
      '/p/own/pyproject.toml': '[tool.refleak]\nconfidence = "possible"',
    }
    expect(settings(files, '/p/sub/deep').confidence).toBe('certain')
    expect(settings(files, '/p/own').confidence).toBe('possible')
    expect(finder(files).configOf('/p/sub/deep').root).toBe('/p')
  })

  it('takes the target version from requires-python unless it is set', () => {
    expect(settings({ '/p/pyproject.toml': '[project]\nrequires-python = ">=3.9,<4"' }, '/p/a').targetVersion).toBe('3.9')
    expect(settings({ '/p/pyproject.toml': '[project]\nrequires-python = ">=3.9"\n[tool.refleak]\ntarget-version = "3.12"' }, '/p').targetVersion).toBe('3.12')
  })

  it('is shared by the folders under one pyproject.toml', () => {
    const same = finder({ '/p/pyproject.toml': '[tool.refleak]' })
    expect(same.configOf('/p/a')).toBe(same.configOf('/p/b/c'))
  })

  it('loads models from JSON files beside the pyproject.toml', () => {
    const files = { '/p/pyproject.toml': '[tool.refleak]\nmodels = ["m/ours.json", { library = "x" }]', '/p/m/ours.json': '{ "library": "ours" }' }
    expect(settings(files, '/p').models).toEqual([{ library: 'ours' }, { library: 'x' }])
  })

  it('names missing and broken files of models', () => {
    const files = { '/p/pyproject.toml': '[tool.refleak]\nmodels = ["none.json", "bad.json"]', '/p/bad.json': '{' }
    const { problems } = finder(files).configOf('/p')
    expect(problems.map((problem) => formatProblem(problem, '/p'))).toEqual([
      'none.json: models: no such file',
      expect.stringMatching(/^bad\.json: models: not valid JSON: /),
    ])
  })

  it('tells of a pyproject.toml that cannot be read', () => {
    const broken = new ConfigFinder(() => { throw new Error('EACCES: permission denied') })
    expect(broken.configOf('/p').problems[0]?.message).toBe('cannot be read: EACCES: permission denied')
  })

  it('tells of a broken pyproject.toml when nothing else is found', () => {
    expect(finder({ '/p/pyproject.toml': '[tool.refleak' }).configOf('/p/a').problems).toHaveLength(1)
  })
})
