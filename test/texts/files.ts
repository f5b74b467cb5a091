/** Checks the fixes of the Python files of a folder. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSource } from '../../server/src/text/decode.ts'
import type { Engine } from '../../server/src/syntax/engine.ts'
import type { TargetVersion } from '../../server/src/text/target-version.ts'
import { complaints } from '../rules/cpython.ts'
import { fixesOf } from './texts.ts'

export interface Checked {
  readonly files: number
  readonly fixes: number
  readonly problems: readonly string[]
}

/** Files that Python itself does not read are left out. Throws where there is no Python to ask. */
export function checkFolder(engine: Engine, folder: string, target: TargetVersion, tell: (line: string) => void): Checked {
  const problems: string[] = []
  let files = 0
  let fixes = 0
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.py')).sort()
  for (const path of paths) {
    const bytes = readFileSync(join(folder, path))
    const source = decodeSource(bytes)
    if ('problem' in source || !isPython(source.text)) continue
    files++
    const found = fixesOf(engine, source.text, target)
    fixes += found.count
    problems.push(...found.problems.map(p => `${path}: ${p}`))
    const same = source.encode(source.text)
    if (same === null || Buffer.compare(bytes, same) !== 0) problems.push(`${path}: is not written as it was read`)
    if (found.count === 0) continue
    if (found.texts.some(({ text }) => source.encode(text) === null)) problems.push(`${path}: a fix cannot be written in ${source.encoding}`)
    const answers = asked(found.texts.map(t => t.text))
    answers.forEach((answer, i) => { if (answer !== null) problems.push(`${path}: after ${found.texts[i]!.by}: ${answer}`) })
    if (files % 100 === 0) tell(`${files} files, ${fixes} fixes, ${problems.length} problems`)
  }
  return { files, fixes, problems }
}

function isPython(text: string): boolean {
  return asked([text])[0] === null
}

function asked(texts: readonly string[]): readonly (string | null)[] {
  const answers = complaints(texts)
  if (answers === null) throw new Error('no python3, 3.10 or newer, is on this machine')
  return answers
}
