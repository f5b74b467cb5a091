/** What a pyproject.toml says to this tool. Pure: text in, values and problems out; never throws on a broken file. */
import { TomlError, parse } from 'smol-toml'
import type { ConfigProblem, ConfigValues } from './config-values.ts'
import { readConfigTable } from './config-values.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { lowestAllowed } from './requires-python.ts'

export interface Pyproject {
  /** Has a `[tool.refleak]` table, also a broken or empty one: the search for settings ends here. */
  readonly declared: boolean
  readonly values: ConfigValues
  /** From `project.requires-python`; null where absent or not understood. */
  readonly requiresPython: TargetVersion | null
  readonly problems: readonly ConfigProblem[]
}

/** Reads the text of a pyproject.toml. */
export function parsePyproject(text: string): Pyproject {
  let document: Readonly<Record<string, unknown>>
  try {
    document = parse(text.replace(/^\uFEFF/, ''), { unsafeKeyBehaviour: 'drop' })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const message = (error.message.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '')
    const declared = /^\s*\[\s*tool\s*\.\s*refleak\s*[\].]/m.test(text)
    return { declared, values: {}, requiresPython: null, problems: [{ key: null, line: error.line, message: `not valid TOML: ${message}` }] }
  }
  const requiresPython = readRequiresPython(document['project'])
  const tool = asTable(document['tool'])
  const table = tool?.['refleak']
  if (table === undefined) return { declared: false, values: {}, requiresPython, problems: [] }
  if (asTable(table) === null) {
    const problem = { key: 'tool.refleak', line: lineOfKey(text, 'refleak'), message: 'expected a table' }
    return { declared: true, values: {}, requiresPython, problems: [problem] }
  }
  const { values, problems } = readConfigTable(asTable(table) ?? {})
  return { declared: true, values, requiresPython, problems: problems.map((problem) => ({ ...problem, line: lineOfKey(text, problem.key ?? '') })) }
}

function readRequiresPython(project: unknown): TargetVersion | null {
  const specifier = asTable(project)?.['requires-python']
  return typeof specifier === 'string' ? lowestAllowed(specifier) : null
}

function asTable(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : null
}

/** 1-based line where `[tool.refleak]` sets the key; null when it is written in a way this search does not see. */
function lineOfKey(text: string, key: string): number | null {
  const lines = text.split(/\r\n|\n|\r/)
  const quoted = `["']?${key.replace(/[^\w-]/g, '\\$&')}["']?`
  const inTable = new RegExp(`^\\s*${quoted}\\s*[.=]`)
  const dotted = new RegExp(`^\\s*(tool\\.)?refleak\\.${quoted}\\s*[.=]`)
  const header = new RegExp(`^\\s*\\[\\s*tool\\s*\\.\\s*refleak\\s*\\.\\s*${quoted}\\s*[\\].]`)
  let inside = false
  for (const [index, line] of lines.entries()) {
    if (/^\s*\[/.test(line)) inside = /^\s*\[\s*tool\s*\.\s*refleak\s*\]/.test(line)
    if (header.test(line) || dotted.test(line) || (inside && inTable.test(line))) return index + 1
  }
  return null
}
