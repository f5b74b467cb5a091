/** How long lines may become. */
import type { Source } from '../syntax/source.ts'

const LEAST = 79
const MOST = 120

const known = new WeakMap<Source, number>()

/** As long as the longest line of the file, within what is usual (PEP 8: 79; up to 120). */
export function lineLimit(source: Source): number {
  let limit = known.get(source)
  if (limit === undefined) {
    const longest = source.text.split(/\r\n|\n|\r/).reduce((most, line) => (line.length > MOST ? most : Math.max(most, line.length)), LEAST)
    known.set(source, limit = longest)
  }
  return limit
}
