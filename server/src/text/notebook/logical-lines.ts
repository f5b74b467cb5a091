/** Cuts the text of a notebook cell into logical lines: those of Python, which brackets, strings and backslashes join, and IPython's own. */
import { isBreak, lineEnd } from '../line-starts.ts'

export interface LogicalLine {
  readonly start: number
  /** Before the line break. */
  readonly end: number
  /** IPython's: a magic, a shell command, a question. */
  readonly isMagic: boolean
  /** The last character that is neither blank nor in a comment; '' where there is none. */
  readonly last: string
  /** False: the text ends inside a string or a bracket. */
  readonly isComplete: boolean
}

/** A lexical scan: it never fails, whatever the text is. */
export function logicalLines(text: string, isMagic: (line: string) => boolean): readonly LogicalLine[] {
  const lines: LogicalLine[] = []
  for (let start = 0; start < text.length;) {
    const line = isMagic(text.slice(start, lineEnd(text, start)))
      ? { start, end: endOfMagic(text, start), isMagic: true, last: '', isComplete: true }
      : pythonLine(text, start)
    lines.push(line)
    start = afterBreak(text, line.end)
  }
  return lines
}

/** Magics go on after a backslash, whatever quotes they hold. */
function endOfMagic(text: string, start: number): number {
  let end = lineEnd(text, start)
  while (end < text.length && text[end - 1] === '\\') end = lineEnd(text, afterBreak(text, end))
  return end
}

function pythonLine(text: string, start: number): LogicalLine {
  let depth = 0
  let last = ''
  let at = start
  while (at < text.length) {
    const char = text[at]!
    if (isBreak(char)) {
      if (depth === 0) return { start, end: at, isMagic: false, last, isComplete: true }
      at += 1
    } else if (char === '#') {
      at = lineEnd(text, at)
    } else if (char === '"' || char === "'") {
      const end = endOfString(text, at)
      if (end === null) return { start, end: text.length, isMagic: false, last: char, isComplete: false }
      last = char
      at = end
    } else if (char === '\\' && isBreak(text[at + 1] ?? '')) {
      at = afterBreak(text, at + 1)
    } else {
      if ('([{'.includes(char)) depth += 1
      if (')]}'.includes(char)) depth = Math.max(0, depth - 1)
      if (!/\s/.test(char)) last = char
      at += 1
    }
  }
  return { start, end: text.length, isMagic: false, last, isComplete: depth === 0 }
}

/** The offset after the string that starts at `start`; a string on one line that is not closed ends with the line. Null: the text ends inside it. */
function endOfString(text: string, start: number): number | null {
  const quote = text[start]!
  const quotes = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote
  for (let at = start + quotes.length; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text.startsWith(quotes, at)) return at + quotes.length
    else if (quotes.length === 1 && isBreak(text[at]!)) return at
  }
  return quotes.length === 1 ? text.length : null
}

function afterBreak(text: string, at: number): number {
  return at + (text.startsWith('\r\n', at) ? 2 : 1)
}
