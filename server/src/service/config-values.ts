/**
 * The keys of `[tool.refleak]` and of the editor's `refleak.*` settings: one table says what each key accepts.
 * Pure: values in, settings and problems out.
 */
import type { Confidence, RuleName, Severity } from '../rules/finding.ts'
import { CONFIDENCES, RULE_NAMES, SEVERITIES, isRuleName } from '../rules/names.ts'
import { parseSize } from '../text/bytes.ts'
import { TARGET_VERSIONS, type TargetVersion } from '../text/target-version.ts'
import type { Settings } from './settings.ts'
import { isTargetVersion } from './requires-python.ts'
import { isTable } from '../text/json.ts'

/** Settings that were given, already validated. `models` may still hold paths of JSON files. */
export type ConfigValues = Partial<Settings>

export interface ConfigProblem {
  /** `severity.useless-del`; null when it is about the whole file. */
  readonly key: string | null
  /** 1-based line of the file, where known. */
  readonly line: number | null
  /** One line, without key and place. */
  readonly message: string
}

/** Reads one value: the setting, or why it is refused. */
type Reader<T> = (value: unknown, key: string) => { readonly value: T } | { readonly problem: string }

type KeyTable = { readonly [K in keyof Settings]: { readonly key: string; readonly read: Reader<Settings[K]> } }

const KEYS: KeyTable = {
  minimumSize: { key: 'minimum-size', read: readSize },
  confidence: { key: 'confidence', read: oneOf<Confidence>(CONFIDENCES) },
  assumeLarge: { key: 'assume-large', read: readBoolean },
  targetVersion: { key: 'target-version', read: readTargetVersion },
  select: { key: 'select', read: readRules },
  ignore: { key: 'ignore', read: readRules },
  severity: { key: 'severity', read: readSeverities },
  exclude: { key: 'exclude', read: readStrings },
  models: { key: 'models', read: readModels },
}

export const CONFIG_KEYS: readonly string[] = Object.values(KEYS).map((entry) => entry.key)

/**
 * Reads a table of settings. What is wrong is left out of `values` and named in `problems`; the rest counts.
 * A null value means "not set", as editors send it.
 */
export function readConfigTable(table: Readonly<Record<string, unknown>>): { values: ConfigValues; problems: ConfigProblem[] } {
  const values: Record<string, unknown> = {}
  const problems: ConfigProblem[] = []
  for (const [key, value] of Object.entries(table)) {
    const entry = Object.entries(KEYS).find(([, candidate]) => candidate.key === key)
    if (entry === undefined) {
      problems.push({ key, line: null, message: `unknown key; known are ${CONFIG_KEYS.join(', ')}` })
      continue
    }
    if (value === null || value === undefined) continue
    const [property, { read }] = entry
    const result = read(value, key)
    if ('problem' in result) problems.push({ key, line: null, message: result.problem })
    else values[property] = result.value
  }
  return { values: values as ConfigValues, problems }
}

function readSize(value: unknown): { value: number } | { problem: string } {
  const bytes = typeof value === 'number' ? value : typeof value === 'string' ? parseSize(value) : null
  if (bytes === null || !Number.isFinite(bytes) || bytes < 0) return { problem: `expected a size such as "10MiB", got ${show(value)}` }
  return { value: bytes }
}

function oneOf<T extends string>(allowed: readonly T[]): Reader<T> {
  return (value) => {
    const found = allowed.find((candidate) => candidate === value)
    return found === undefined ? { problem: `expected ${alternatives(allowed)}, got ${show(value)}` } : { value: found }
  }
}

function readBoolean(value: unknown): { value: boolean } | { problem: string } {
  return typeof value === 'boolean' ? { value } : { problem: `expected true or false, got ${show(value)}` }
}

function readTargetVersion(value: unknown): { value: TargetVersion } | { problem: string } {
  if (typeof value === 'string' && isTargetVersion(value)) return { value }
  return { problem: `expected a string from "${TARGET_VERSIONS[0]}" to "${TARGET_VERSIONS.at(-1)}", got ${show(value)}` }
}

function readStrings(value: unknown): { value: readonly string[] } | { problem: string } {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return { problem: `expected a list of strings, got ${show(value)}` }
  return { value }
}

function readRules(value: unknown): { value: readonly RuleName[] } | { problem: string } {
  const names = readStrings(value)
  if ('problem' in names) return names
  const unknown = names.value.filter((name) => !isRuleName(name))
  if (unknown.length > 0) return { problem: unknownRule(unknown[0] ?? '') }
  return { value: names.value.filter(isRuleName) }
}

function readSeverities(value: unknown): { value: Settings['severity'] } | { problem: string } {
  if (!isTable(value)) return { problem: `expected a table of rule names and severities, got ${show(value)}` }
  const severity: Partial<Record<RuleName, Severity | 'off'>> = {}
  const read = oneOf<Severity | 'off'>([...SEVERITIES, 'off'])
  for (const [name, level] of Object.entries(value)) {
    if (!isRuleName(name)) return { problem: unknownRule(name) }
    const result = read(level, name)
    if ('problem' in result) return { problem: `${name}: ${result.problem}` }
    severity[name] = result.value
  }
  return { value: severity }
}

function readModels(value: unknown): { value: readonly unknown[] } | { problem: string } {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string' || isTable(item))) {
    return { problem: `expected a list of paths to JSON files or of tables, got ${show(value)}` }
  }
  return { value }
}

/** The message for a name that is no rule, the same wherever one can be given. */
export function unknownRule(name: string): string {
  return `unknown rule "${name}"; rules are ${RULE_NAMES.join(', ')}`
}

function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`)
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
