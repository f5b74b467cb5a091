/**
 * Statements that the parser takes for one: after `x = a, 1` a line that begins with `[` reads as a subscript of `1`, because blank space may
 * stand there, line ends included (tree-sitter-python 0.25).
 */
import { logicalLineEnd } from '../split/scanner.ts'

/** The text with a semicolon for the blank or the line end after such a statement, so that every other character stays where it is; null: there are none. */
export function heldApart(text: string): string | null {
  let apart = ''
  let done = 0
  for (let at = 0; at < text.length;) {
    let comment: number | null = null
    const end = logicalLineEnd(text, at, start => { comment = start })
    const gap = comment === null ? end : comment - 1
    // Only between statements of one suite: after `:` another begins, and other indentation ends this one.
    if (nextIndentation(text, end) === indentationOf(text, at) && /[^:;\s]\s*$/.test(text.slice(at, gap)) && /\s/.test(text[gap]!)) {
      apart += `${text.slice(done, gap)};`
      done = gap + 1
    }
    at = end + 1
  }
  return done === 0 ? null : apart + text.slice(done)
}

/** Of a line that begins with `[`, the next that is not blank; null: it begins otherwise. */
function nextIndentation(text: string, end: number): string | null {
  const blank = /^\s*(?=\[)/.exec(text.slice(end, end + LONGEST_BLANK))?.[0]
  return blank === undefined ? null : blank.slice(blank.lastIndexOf('\n') + 1)
}

/** Characters that are looked at for the beginning of the next statement. */
const LONGEST_BLANK = 1000

function indentationOf(text: string, at: number): string {
  return /^[ \t\f]*/.exec(text.slice(at, at + LONGEST_BLANK))![0]
}
