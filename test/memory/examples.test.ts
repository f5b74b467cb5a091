/** Each rule has an example whose memory is measured, and reports it with default settings. That it keeps its promise `npm run test:memory` shows. */
import { expect, it } from 'vitest'
import { RULES } from '../../server/src/rules/rules.ts'
import { TARGET_VERSIONS } from '../../server/src/text/target-version.ts'
import { examplesIn, fixedBy } from './examples.ts'

it.each(TARGET_VERSIONS)('on %s each rule has its example', version => {
  const reported = (['saves', 'grows', 'in_vain'] as const).flatMap(examplesIn).flatMap(example => fixedBy(example, version).findings.map(f => f.rule))
  expect(RULES.map(r => r.name).filter(rule => !reported.includes(rule))).toEqual([])
})
