/**
 * The settings of a file: defaults, then the nearest pyproject.toml, then what the editor or the command line gives.
 * Files are read through an injected function, so that the same code serves the command line and the editor.
 */
import { dirname, join, relative } from 'node:path'
import type { ConfigProblem, ConfigValues } from './config-values.ts'
import { loadModels } from './load-models.ts'
import type { Pyproject } from './pyproject.ts'
import { parsePyproject } from './pyproject.ts'
import type { Settings } from './settings.ts'
import { DEFAULT_TARGET_VERSION } from './requires-python.ts'

export const DEFAULT_SETTINGS: Settings = {
  minimumSize: 10 * 1024 * 1024,
  confidence: 'likely',
  assumeLarge: false,
  targetVersion: DEFAULT_TARGET_VERSION,
  select: null,
  ignore: [],
  severity: {},
  exclude: [],
  models: [],
}

/** Later layers win, key by key. */
export function mergeSettings(...layers: readonly ConfigValues[]): Settings {
  return Object.assign({}, DEFAULT_SETTINGS, ...layers) as Settings
}

/** What holds for the files of one folder. */
export interface FolderConfig {
  /** Values of pyproject.toml; `models` holds models only, paths are loaded. `targetVersion` falls back to `requires-python`. */
  readonly values: ConfigValues
  /** The folder that `exclude` patterns are relative to: that of the pyproject.toml; null without one. */
  readonly root: string | null
  readonly problems: readonly FileProblem[]
}

/** A problem with the file it is in: pyproject.toml or a file of models it names. */
export interface FileProblem extends ConfigProblem {
  /** Absolute. */
  readonly path: string
}

export const NO_CONFIG: FolderConfig = { values: {}, root: null, problems: [] }

/** The text of a file by absolute path; null: it does not exist. May throw when it cannot be read. */
export type ReadText = (path: string) => string | null

/** Finds the configuration of folders; asks for each pyproject.toml once. */
export class ConfigFinder {
  readonly #read: ReadText
  readonly #files = new Map<string, (Pyproject & { readonly path: string }) | null>()
  readonly #folders = new Map<string, FolderConfig>()

  constructor(read: ReadText) {
    this.#read = read
  }

  /** The configuration for files in the folder, by absolute path. The same object for the same pyproject.toml. */
  configOf(folder: string): FolderConfig {
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    const found = this.#search(folder)
    const config = found === null ? NO_CONFIG : this.#folders.get(dirname(found.path)) ?? this.#build(found)
    this.#folders.set(folder, config)
    if (found !== null) this.#folders.set(dirname(found.path), config)
    return config
  }

  /**
   * The nearest pyproject.toml with `[tool.refleak]`, else the nearest with `requires-python`, else one that is broken:
   * its problems must be told.
   */
  #search(folder: string): (Pyproject & { readonly path: string }) | null {
    let fallback: (Pyproject & { readonly path: string }) | null = null
    for (let current = folder; ; current = dirname(current)) {
      const file = this.#load(join(current, 'pyproject.toml'))
      if (file?.declared === true) return file
      if (file !== null && fallback === null && (file.requiresPython !== null || file.problems.length > 0)) fallback = file
      if (dirname(current) === current) return fallback
    }
  }

  #load(path: string): (Pyproject & { readonly path: string }) | null {
    const known = this.#files.get(path)
    if (known !== undefined) return known
    let file: (Pyproject & { readonly path: string }) | null
    try {
      const text = this.#read(path)
      file = text === null ? null : { ...parsePyproject(text), path }
    } catch (error) {
      file = { declared: false, values: {}, requiresPython: null, problems: [unreadable(error)], path }
    }
    this.#files.set(path, file)
    return file
  }

  #build(file: Pyproject & { readonly path: string }): FolderConfig {
    const root = dirname(file.path)
    const { models, problems } = loadModels(file.values.models ?? [], root, this.#read)
    const values: ConfigValues = {
      ...(file.requiresPython === null ? {} : { targetVersion: file.requiresPython }),
      ...file.values,
      ...(file.values.models === undefined ? {} : { models }),
    }
    return { values, root, problems: [...file.problems.map((problem) => ({ ...problem, path: file.path })), ...problems] }
  }
}

function unreadable(error: unknown): ConfigProblem {
  return { key: null, line: null, message: `cannot be read: ${error instanceof Error ? error.message : String(error)}` }
}

/** `pyproject.toml:12: select: unknown rule "x"`, the path relative to the given folder where that is shorter. */
export function formatProblem(problem: FileProblem, from: string): string {
  const inside = relative(from, problem.path)
  const shown = inside.startsWith('..') ? problem.path : inside
  const line = problem.line === null ? '' : `:${problem.line}`
  const key = problem.key === null ? '' : `${problem.key}: `
  return `${shown}${line}: ${key}${problem.message}`
}
