/** Each rule has an example whose memory is measured, and each of these is reported with default settings. That it keeps its promise `npm run test:memory` shows. */
import { expect, it } from 'vitest'
import { RULES } from '../../server/src/rules/rules.ts'
import { TARGET_VERSIONS } from '../../server/src/text/target-version.ts'
import { examplesIn, fixedBy } from './examples.ts'

it.each(TARGET_VERSIONS)('on %s each rule has its example', version => {
  const reported = (['saves', 'grows', 'in_vain'] as const).flatMap(examplesIn).flatMap(example => fixedBy(example, version).findings.map(f => f.rule))
  expect(RULES.map(r => r.name).filter(rule => !reported.includes(rule))).toEqual([])
})

it.each((['saves', 'grows', 'in_vain'] as const).flatMap(examplesIn))('$folder/$name is spoken of with default settings, and what grows is fixed', example => {
  const { findings, text } = fixedBy(example, TARGET_VERSIONS.at(-1)!)
  expect(findings).not.toEqual([])
  if (example.folder === 'grows') expect(text).not.toBe(example.text)
})
