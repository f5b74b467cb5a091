/** The settings of a run: those of the project, with what the command line says over them. */
import { CONFIDENCES } from '../rules/names.ts'
import type { ConfigValues } from '../service/config-values.ts'
import type { FolderConfig } from '../service/config.ts'
import { mergeSettings } from '../service/config.ts'
import type { Settings } from '../service/settings.ts'

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
