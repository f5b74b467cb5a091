/** Whether an expression can be written otherwise where it stands. */
import type { Span } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'

/** It is written in these very words, and not where they are shown (`f"{self.x=}"`). */
export function isReplaceable(place: Span, words: string, source: Source): boolean {
  const { text } = source
  const [start, end] = source.rangeOf(place)
  return text.slice(start, end) === words && !/^\s*=\s*[}!:]/.test(text.slice(end, end + 100))
}
