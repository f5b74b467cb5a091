/**
 * Our scopes of every file of the standard library, tests of the language included, against the symbol table of the Python it belongs to:
 * `npm run test:stdlib-scopes`. Asks the Pythons in the environment variable PYTHON (separated as in PATH), else every one found on the
 * machine; always the one in `pyodide`.
 */
import { delimiter } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { everyPython } from '../values/sizes/pythons.ts'
import { compareFile } from './compare.ts'
import { embeddedJudge, findJudges, type Judge } from './judges.ts'
import { KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts'

const asked = process.env['PYTHON']?.split(delimiter)
const judges = [...await findJudges(asked ?? everyPython()), await embeddedJudge()]

function knownIn(judge: Judge, path: string): KnownDifference | undefined {
  return KNOWN_DIFFERENCES.find(({ file, versions }) => versions.includes(judge.target) && path.endsWith(`/${file}`))
}

describe('the standard library has the names that CPython says', () => {
  afterAll(() => judges.forEach((judge) => judge.close()))

  it.each(judges)('$name', async (judge) => {
    const wrong: string[] = []
    const met: KnownDifference[] = []
    const sum = { files: 0, refused: 0, scopes: 0, symbols: 0, time: 0 }
    const library = judge.library()
    for (const path of library) {
      const { differences, scopes, symbols, time } = await compareFile(judge, path)
      if (differences === null) {
        sum.refused++
        continue
      }
      sum.files++
      sum.scopes += scopes
      sum.symbols += symbols
      sum.time += time
      const known = differences.length === 0 ? undefined : knownIn(judge, path)
      if (known !== undefined) met.push(known)
      for (const { scope, text } of differences) if (known?.scopes.includes(scope) !== true) wrong.push(`${path}: ${text}`)
    }
    console.log(`${judge.name}: ${sum.files} files, ${sum.scopes} scopes, ${sum.symbols} symbols; ${sum.refused} files it refuses; `
      + `${met.length} with known differences; resolved in ${Math.round(sum.time)} ms`)
    expect(sum.files, `${judge.name} has no library`).toBeGreaterThan(100)
    expect(wrong).toEqual([])
    const stale = KNOWN_DIFFERENCES.filter((known) => library.some((path) => knownIn(judge, path) === known) && !met.includes(known))
    expect(stale, 'known differences that are none any more').toEqual([])
  }, 1_800_000)
})
