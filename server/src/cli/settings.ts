/** The settings of a run: those of the project, with what the command line says over them. */
import { join } from 'node:path'
import { checkUserModels } from '../models/user.ts'
import { CONFIDENCES } from '../rules/names.ts'
import type { ConfigValues } from '../service/config-values.ts'
import type { FolderConfig, ReadText } from '../service/config.ts'
import { ConfigFinder, mergeSettings } from '../service/config.ts'
import type { Settings } from '../service/settings.ts'

/** The configuration of folders, with what is wrong in the project's own models among its problems. The same object for the same pyproject.toml. */
export function configReader(read: ReadText): (folder: string) => FolderConfig {
  const finder = new ConfigFinder(read)
  const checked = new Map<FolderConfig, FolderConfig>()
  return (folder) => {
    const found = finder.configOf(folder)
    const known = checked.get(found) ?? withModelProblems(found)
    checked.set(found, known)
    return known
  }
}

function withModelProblems(config: FolderConfig): FolderConfig {
  const { root, values: { models = [] } } = config
  if (root === null || models.length === 0) return config
  const path = join(root, 'pyproject.toml')
  const problems = checkUserModels(models).problems.map((message) => ({ path, key: null, line: null, message }))
  return { ...config, problems: [...config.problems, ...problems] }
}

/**
 * Where the command line shows less than the project's settings do, what is suppressed may not even be found: then suppressions are
 * not called unused, unless that is asked for by name.
 */
export function settingsOf(config: FolderConfig, overrides: ConfigValues): Settings {
  const own = mergeSettings(config.values)
  const settings = mergeSettings(config.values, overrides)
  const showsLess = settings.minimumSize > own.minimumSize || CONFIDENCES.indexOf(settings.confidence) < CONFIDENCES.indexOf(own.confidence)
  if (!showsLess || settings.select?.includes('unused-suppression') === true) return settings
  return { ...settings, ignore: [...settings.ignore, 'unused-suppression'] }
}
