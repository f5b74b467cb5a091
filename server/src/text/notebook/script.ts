/**
 * Files with cells: lines `# %%` begin them, as editors and Jupytext have it. What IPython adds to Python is replaced as in notebooks, so that
 * offsets stay what they are; lines stay lines, too.
 */
import { isBreak, lineStart } from '../line-starts.ts'
import { maskCell } from './magics.ts'

const MARK = /^#[ \t]*%%/gm

/** Where cells begin. What stands before the first is a cell, too. */
export function cellStarts(text: string): readonly number[] {
  return text.includes('%%') ? Array.from(text.matchAll(MARK), match => match.index) : []
}

/** One of the lines from `start` to `end` may begin a cell. */
export function mayBeginCell(text: string, start: number, end: number): boolean {
  const next = text.indexOf('\n', end)
  return text.slice(lineStart(text, start), next < 0 ? text.length : next).search(MARK) >= 0
}

/** Some line looks like one of IPython's. */
const MAYBE_MAGIC = /^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[%!]/m

/** The text as Python where it has cells; the text itself where there is nothing to replace. */
export function maskScript(text: string): string {
  const starts = cellStarts(text)
  if (starts.length === 0 || !MAYBE_MAGIC.test(text)) return text
  let masked = ''
  for (const end of [...starts.filter(start => start > 0), text.length]) masked += maskedCell(text.slice(masked.length, end)) ?? ''
  return masked + text.slice(masked.length)
}

/** Null: it ends inside a string or a bracket, so that the mark after it is none. */
function maskedCell(cell: string): string | null {
  const mark = /^#[ \t]*%%.*/.exec(cell)?.[0] ?? ''
  const body = cell.slice(mark.length)
  const { code, isComplete } = maskCell(body)
  if (!isComplete) return null
  return mark + (code === body ? body : withLines(code, body) ?? body)
}

/** With the line breaks of the text. Null: names are read across lines that are no Python, among which nothing can be inserted. */
function withLines(code: string, text: string): string | null {
  const lines = text.split(/(?<=\n|\r(?!\n))/)
  let at = 0
  let isJoined = false
  let result = ''
  for (const line of lines) {
    const breaks = /[\r\n]*$/.exec(line)![0]
    const own = code.slice(at, at + line.length)
    const goesOn = breaks !== '' && !isBreak(own.at(-1)!)
    if ((isJoined || goesOn) && /[\p{L}_]/u.test(own)) return null
    result += own.slice(0, own.length - breaks.length) + breaks
    isJoined = goesOn
    at += line.length
  }
  return result
}
