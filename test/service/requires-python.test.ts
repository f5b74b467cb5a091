import { describe, expect, it } from 'vitest'
import { lowestAllowed } from '../../server/src/service/requires-python.ts'

describe('the target version is the lowest that requires-python allows', () => {
  it.each([
    ['>=3.9,<4', '3.9'],
    ['>=3.9', '3.9'],
    ['>= 3.10.2', '3.10'],
    ['>3.9', '3.9'],
    ['~=3.11', '3.11'],
    ['~=3.11.2', '3.11'],
    ['==3.12.*', '3.12'],
    ['==3.12.4', '3.12'],
    ['>=3.8,!=3.8.*', '3.9'],
    ['<3.12', '3.8'],
    ['>=2.7,!=3.0.*,!=3.1.*', '3.8'],
    ['>=3.20', '3.14'],
    ['>=3.10a1', '3.10'],
  ])('%s → %s', (specifier, expected) => {
    expect(lowestAllowed(specifier)).toBe(expected)
  })

  it.each(['', 'three', '>=', '^3.9', '~=3', '<3', '>=4'])('"%s" says nothing', (specifier) => {
    expect(lowestAllowed(specifier)).toBeNull()
  })
})
