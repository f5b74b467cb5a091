import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../server/src/cli/settings.ts'
import type { ConfigValues } from '../../server/src/service/config-values.ts'
import { NO_CONFIG } from '../../server/src/service/config.ts'

describe('suppressions are called unused', () => {
  const judged = (project: ConfigValues, line: ConfigValues): boolean => {
    const { select, ignore } = settingsOf({ ...NO_CONFIG, values: project }, line)
    return !ignore.includes('unused-suppression') && (select === null || select.includes('unused-suppression'))
  }

  it.each<[string, ConfigValues, ConfigValues, boolean]>([
    ['under the settings of the project', {}, {}, true],
    ['where the command line shows more', {}, { minimumSize: 1, confidence: 'possible', assumeLarge: true }, true],
    ['not where it shows smaller sizes no more', {}, { minimumSize: 2 ** 30 }, false],
    ['not where it shows less sure findings no more', {}, { confidence: 'certain' }, false],
    ['not where it shows less than the project wants', { confidence: 'possible' }, { confidence: 'likely' }, false],
    ['where that is asked for by name', {}, { confidence: 'certain', select: ['unused-suppression'] }, true],
    ['not where other rules are asked for', {}, { select: ['useless-del'] }, false],
  ])('%s', (_, project, line, expected) => {
    expect(judged(project, line)).toBe(expected)
  })
})
