/** The settings of open documents: what the editor says over what the project's pyproject.toml says. */
import { dirname, isAbsolute, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConfigurationItem } from 'vscode-languageserver'
import { checkUserModels } from '../models/user.ts'
import { readConfigTable } from '../service/config-values.ts'
import type { ConfigValues } from '../service/config-values.ts'
import type { FolderConfig, ReadText } from '../service/config.ts'
import { ConfigFinder, DEFAULT_SETTINGS, NO_CONFIG, formatProblem, mergeSettings } from '../service/config.ts'
import { isExcluded } from '../service/exclude.ts'
import { loadModels } from '../service/load-models.ts'
import { lowestAllowed } from '../service/requires-python.ts'
import type { Settings } from '../service/settings.ts'
import { isTable } from '../text/json.ts'
import type { Log } from './log.ts'
import { describeError, guarded } from './log.ts'

export interface DocumentSettings {
  readonly settings: Settings
  /** Why the document is not analysed, for a person; null: it is. */
  readonly off: string | null
}

export const INITIAL_SETTINGS: DocumentSettings = { settings: DEFAULT_SETTINGS, off: null }

/** Asks the client for its settings, one answer per item; an answer may be anything. */
export type AskClient = (items: ConfigurationItem[]) => Promise<unknown[]>

export class SettingsProvider {
  readonly #ask: AskClient
  readonly #readText: ReadText
  readonly #log: Log
  #finder: ConfigFinder
  #folders: readonly string[] = []
  /** Problems already told; each is said once until the settings change. */
  #told = new Set<string>()

  constructor(ask: AskClient, readText: ReadText, log: Log) {
    this.#ask = ask
    this.#readText = readText
    this.#log = log
    this.#finder = new ConfigFinder(readText)
  }

  /** The workspace folders by URI: the editor's `exclude` patterns are relative to them. */
  set folders(uris: readonly string[]) {
    this.#folders = uris.flatMap((uri) => pathOf(uri) ?? [])
  }

  /** Settings may have changed: files are read again. */
  forget(): void {
    this.#finder = new ConfigFinder(this.#readText)
    this.#told = new Set()
  }

  /** One answer per document. Never throws: what is wrong is logged and left out. */
  async load(uris: readonly string[]): Promise<DocumentSettings[]> {
    const answers = await this.#askClient(uris)
    return uris.map((uri, index) => guarded(this.#log, `settings of ${uri}`, INITIAL_SETTINGS, () => this.#settingsOf(uri, answers[index])))
  }

  async #askClient(uris: readonly string[]): Promise<unknown[]> {
    try {
      return await this.#ask(uris.map((scopeUri) => ({ scopeUri, section: 'refleak' })))
    } catch (error) {
      this.#log.warn(`the client did not say its settings, defaults are used: ${describeError(error)}`)
      return []
    }
  }

  #settingsOf(uri: string, answer: unknown): DocumentSettings {
    const path = pathOf(uri)
    const project = path === null ? NO_CONFIG : this.#finder.configOf(dirname(path))
    for (const problem of project.problems) this.#tell(formatProblem(problem, project.root ?? '/'))
    const { enabled, interpreter, values } = this.#readEditor(answer, this.#folderOf(path))
    const settings = mergeSettings(interpreter, project.values, values)
    for (const problem of checkUserModels(settings.models).problems) this.#tell(problem)
    return { settings, off: enabled ? this.#excludedBy(path, project, values) : 'switched off by the setting refleak.enable' }
  }

  /** Paths in the answer are relative to `folder`; without a folder they lead nowhere. */
  #readEditor(answer: unknown, folder: string | null): { enabled: boolean; interpreter: ConfigValues; values: ConfigValues } {
    if (!isTable(answer)) return { enabled: true, interpreter: {}, values: {} }
    const { enable, interpreterVersion, trace: _trace, ...rest } = answer
    const table = Object.fromEntries(Object.entries(rest).map(([key, value]) => [kebab(key), value]))
    const { values, problems } = readConfigTable(table)
    for (const { key, message } of problems) this.#tell(`setting refleak.${key ?? ''}: ${message}`)
    const targetVersion = typeof interpreterVersion === 'string' ? lowestAllowed(`>=${interpreterVersion}`) : null
    const models = values.models === undefined ? null : loadModels(values.models, folder ?? '/', this.#readText)
    for (const problem of models?.problems ?? []) this.#tell(formatProblem(problem, folder ?? '/'))
    return {
      enabled: enable !== false,
      interpreter: targetVersion === null ? {} : { targetVersion },
      values: models === null ? values : { ...values, models: models.models },
    }
  }

  #excludedBy(path: string | null, project: FolderConfig, editor: ConfigValues): string | null {
    if (path === null) return null
    const [root, patterns] = editor.exclude === undefined
      ? [project.root, project.values.exclude]
      : [this.#folderOf(path), editor.exclude]
    if (root === null || patterns === undefined) return null
    return isExcluded(path, root, patterns) ? 'excluded by the settings' : null
  }

  /** The innermost workspace folder with the file. */
  #folderOf(path: string | null): string | null {
    if (path === null) return null
    const around = this.#folders.filter((folder) => isInside(path, folder))
    return around.sort((a, b) => b.length - a.length)[0] ?? null
  }

  #tell(problem: string): void {
    if (this.#told.has(problem)) return
    this.#told.add(problem)
    this.#log.warn(problem)
  }
}

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path)
  return !inside.startsWith('..') && !isAbsolute(inside)
}

/** The path of a `file:` URI; null for documents that are not files of this machine. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:')) return null
  try {
    return fileURLToPath(uri)
  } catch {
    return null
  }
}

/** `minimumSize` → `minimum-size`: editors write settings in camel case, pyproject.toml with hyphens. */
function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
