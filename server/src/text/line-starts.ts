/** Lines of a text that does not change. Lines end at LF, CRLF or a lone CR, as in Python and in the Language Server Protocol. */

/** Zero-based line, and column in UTF-16 units. */
export interface LineColumn {
  readonly line: number
  readonly character: number
}

/** The offset at which each line starts. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  return starts
}

/** Where an offset of the text is. */
export function positionAt(starts: readonly number[], offset: number): LineColumn {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low, character: offset - (starts[low] ?? 0) }
}

/** Where the line of the offset begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset
  while (start > 0 && !isBreak(text[start - 1] ?? '')) start -= 1
  return start
}

/** Where the line of the offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  let end = offset
  while (end < text.length && !isBreak(text[end] ?? '')) end += 1
  return end
}

/** A character that ends a line, alone or as part of CRLF. */
export function isBreak(char: string): boolean {
  return char === '\n' || char === '\r'
}
