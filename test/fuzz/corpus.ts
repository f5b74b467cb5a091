/** Real Python to spoil: the files of a folder, or the examples of this project. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Characters; the server is asked thousands of times. */
const LONGEST = 60_000
/** Spread evenly over the folder, so that the same ones are taken every time. */
const MOST = 200

/** Texts of Python files below the folder, in a fixed order. */
export function corpus(folder: string | undefined): readonly string[] {
  const root = folder ?? fileURLToPath(new URL('../../examples', import.meta.url))
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.py')).sort().map(path => join(root, path))
  const short = paths.filter(path => statSync(path).isFile() && statSync(path).size < LONGEST)
  const step = Math.max(1, Math.floor(short.length / MOST))
  const texts = short.filter((_, i) => i % step === 0).map(path => readFileSync(path, 'utf8'))
  if (texts.length === 0) throw new Error(`no Python files below ${root}`)
  return texts
}
