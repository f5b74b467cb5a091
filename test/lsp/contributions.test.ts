import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { RULE_NAMES } from '../../server/src/rules/names.ts'
import { CONFIG_KEYS } from '../../server/src/service/config-values.ts'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import { TARGET_VERSIONS } from '../../server/src/text/target-version.ts'
import { parseSize } from '../../server/src/text/bytes.ts'

interface Setting {
  readonly default: unknown
  readonly enum?: readonly unknown[]
  readonly items?: { readonly enum?: readonly string[] }
  readonly properties?: Readonly<Record<string, { readonly enum: readonly string[]; readonly description: string }>>
  readonly description?: string
  readonly markdownDescription?: string
}

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  contributes: { configuration: { properties: Record<string, Setting> } }
}
const settings = manifest.contributes.configuration.properties
const setting = (key: string): Setting => settings[`refleak.${key}`] ?? expect.fail(`no setting refleak.${key}`)
const camel = (key: string): string => key.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

describe('the settings that the extension declares', () => {
  test('are those of pyproject.toml, and two of the editor alone', () => {
    expect(Object.keys(settings).sort())
      .toEqual([...CONFIG_KEYS.map((key) => `refleak.${camel(key)}`), 'refleak.enable', 'refleak.trace.server'].sort())
  })

  test('have a description each', () => {
    for (const [key, { description, markdownDescription }] of Object.entries(settings)) {
      expect(description ?? markdownDescription, key).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('name every rule', () => {
    expect(setting('select').items?.enum).toEqual(RULE_NAMES)
    expect(setting('ignore').items?.enum).toEqual(RULE_NAMES)
    expect(Object.keys(setting('severity').properties ?? {})).toEqual(RULE_NAMES)
  })

  test('show the defaults that hold', () => {
    expect(parseSize(String(setting('minimumSize').default))).toBe(DEFAULT_SETTINGS.minimumSize)
    for (const key of ['confidence', 'assumeLarge', 'select', 'ignore', 'severity', 'exclude', 'models'] as const) {
      expect(setting(key).default, key).toEqual(DEFAULT_SETTINGS[key])
    }
    expect(setting('targetVersion').enum).toEqual([...TARGET_VERSIONS, null])
    expect(setting('targetVersion').markdownDescription).toContain(`then ${DEFAULT_SETTINGS.targetVersion}`)
  })
})
