/**
 * Which physical lines of a Python text cannot end in a comment, because they go on in the next one: those that end
 * inside a string or with a backslash. A lexical scan; it never fails, whatever the text is.
 */

import { isBreak } from '../text/line-starts.ts'

export interface PhysicalLine {
  /** Absolute UTF-16 offsets; `end` is before the line break. */
  readonly start: number
  readonly end: number
  /** The line ends inside a string or with a backslash. */
  readonly joined: boolean
}

/** The lines of the text in order; breaks are LF, CRLF and lone CR. A text has one line more than line breaks. */
export function physicalLines(text: string): readonly PhysicalLine[] {
  const lines: PhysicalLine[] = []
  let start = 0
  /** The quotes that end the open string, or ''. */
  let quote = ''
  let offset = 0
  const breakLine = (joined: boolean): void => {
    lines.push({ start, end: offset, joined })
    offset += text.startsWith('\r\n', offset) ? 2 : 1
    start = offset
  }
  while (offset < text.length) {
    const char = text[offset] ?? ''
    if (isBreak(char)) {
      if (quote.length === 1) quote = ''
      breakLine(quote !== '')
    } else if (char === '\\') {
      const next = text[offset + 1] ?? ''
      offset += 1
      if (isBreak(next)) breakLine(true)
      else if (quote !== '') offset += 1
    } else if (quote !== '') {
      if (text.startsWith(quote, offset)) {
        offset += quote.length
        quote = ''
      } else offset += 1
    } else if (char === '#') {
      while (offset < text.length && !isBreak(text[offset] ?? '')) offset += 1
    } else if (char === '"' || char === "'") {
      quote = text.startsWith(char.repeat(3), offset) ? char.repeat(3) : char
      offset += quote.length
    } else offset += 1
  }
  lines.push({ start, end: text.length, joined: quote.length === 3 || text.endsWith('\\') })
  return lines
}

/** The index of the line that holds the offset; an offset in a line break belongs to the line it ends. */
export function lineAt(lines: readonly PhysicalLine[], offset: number): number {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
