/** Comments that speak to the analyser. */
import type { Directive } from './source.ts'
import type { Outline } from './split/outline.ts'
import { lastBefore } from './split/outline.ts'
import { lineEnd, logicalLineEnd } from './split/scanner.ts'

export const MARK = 'refleak:'

/** In the order of the text. `code` is the text with line ends that are `\n` or `\r\n`. */
export function directivesIn(code: string, outline: Outline): Directive[] {
  const directives: Directive[] = []
  for (let at = code.indexOf(MARK); at !== -1;) {
    const start = commentAround(code, outline, at)
    if (start !== null) directives.push(directive(code, start))
    at = code.indexOf(MARK, start === null ? at + 1 : lineEnd(code, at))
  }
  return directives
}

function directive(code: string, start: number): Directive {
  const text = code.slice(start, lineEnd(code, start)).trimEnd()
  return { start, end: start + text.length, text }
}

/** Where the comment with the offset in it begins; null where the offset is in no comment. */
function commentAround(code: string, { pieces, starts }: Outline, offset: number): number | null {
  const index = lastBefore(starts, offset + 1)
  const start = starts[index] ?? 0
  const end = start + (pieces[index]?.length ?? 0)
  if (offset < end) return commentWithin(code, start, end, offset)
  const line = code.lastIndexOf('\n', offset) + 1
  return code.indexOf('#', line)
}

function commentWithin(code: string, start: number, end: number, offset: number): number | null {
  let found: number | null = null
  for (let at = start; at < end && at <= offset;) {
    at = logicalLineEnd(code, at, (comment) => {
      if (comment <= offset && offset < lineEnd(code, comment)) found = comment
    }) + 1
  }
  return found
}
