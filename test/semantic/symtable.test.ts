/** Our scopes of the files in `samples/` against CPython's symbol table: always the one in `pyodide`, and `python3` where there is one. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { isAtLeast, type TargetVersion } from '../../server/src/text/target-version.ts'
import { compareFile } from './compare.ts'
import { embeddedJudge, findJudges } from './judges.ts'

const FOLDER = fileURLToPath(new URL('samples/', import.meta.url))
const samples = readdirSync(FOLDER).filter((file) => file.endsWith('.py')).sort()

/** `types-3.12.py` needs Python 3.12. */
function leastOf(sample: string): TargetVersion {
  return (/-(3\.\d+)\.py$/.exec(sample)?.[1] ?? '3.8') as TargetVersion
}

const installed = await findJudges(['python3'])
const judges = [await embeddedJudge(), ...installed]

describe('the samples have the names that CPython says', () => {
  afterAll(() => judges.forEach((judge) => judge.close()))

  if (installed.length === 0) it.skip('python3: none of 3.8 to 3.14 is on this machine')

  it('there are samples', () => expect(samples.length).toBeGreaterThan(5))

  for (const judge of judges) {
    it.each(samples.filter((sample) => isAtLeast(judge.target, leastOf(sample))))(`${judge.name}: %s`, async (sample) => {
      const { differences } = await compareFile(judge, FOLDER + sample)
      expect(differences?.map(({ text }) => text), `${judge.name} refuses ${sample}`).toEqual([])
    })
  }
})
