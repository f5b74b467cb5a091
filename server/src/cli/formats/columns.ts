/** Source lines on a terminal: how wide text is, and what of a long line is shown. */

const TAB_WIDTH = 4
/** Columns of source on either side of the marked part that are shown of a long line. */
const CONTEXT = 100
const MARKED = 200

export interface Clipped {
  readonly before: string
  readonly inside: string
  readonly after: string
}

/** The line cut at the marked part [start, end) (UTF-16 units), ready to print; `...` stands for what is left out. */
export function clip(line: string, start: number, end: number): Clipped {
  const [before, inside, after] = [line.slice(0, start), line.slice(start, end), line.slice(end)]
  return {
    before: before.length > CONTEXT ? `...${printable(whole(before.slice(-CONTEXT)))}` : printable(before),
    inside: inside.length > MARKED ? `${printable(whole(inside.slice(0, MARKED)))}...` : printable(inside),
    after: after.length > CONTEXT ? `${printable(whole(after.slice(0, CONTEXT)))}...` : printable(after),
  }
}

/** 1-based column in characters, as editors count them. */
export function columnOf(line: string, character: number): number {
  return [...line.slice(0, character)].length + 1
}

/** Columns that printable text takes; wide East Asian characters and emoji take two, combining marks none. */
export function width(text: string): number {
  let columns = 0
  for (const char of text) columns += /\p{Mn}|\p{Me}|\u200d|\ufe0f/u.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return columns
}

const WIDE = /\p{Emoji_Presentation}|\p{sc=Han}|\p{sc=Hiragana}|\p{sc=Katakana}|\p{sc=Hangul}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u

/** Text without characters that would move the cursor or change the terminal's state; line breaks become spaces. */
export function visible(text: string): string {
  return text.replace(/[\r\n\t\f\v]+/g, ' ').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

function printable(text: string): string {
  return visible(text.replaceAll('\t', ' '.repeat(TAB_WIDTH)))
}

/** Without the half of a surrogate pair at either end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '').replace(/[\ud800-\udbff]$/, '')
}
