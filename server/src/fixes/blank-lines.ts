/** The blank lines by which definitions at the top of a module stand apart from what is around them: two, as PEP 8 asks for. */
import type { Stmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Edit } from '../rules/finding.ts'
import { lineEnd, lineStart } from '../text/line-starts.ts'
import { replacement } from './edits.ts'
import { lineEnding } from './insertion.ts'

const APART = 2

/** How many are missing above the line of an offset. None where nothing stands above it. */
export function missingAbove(text: string, offset: number): number {
  const line = lineStart(text, offset)
  const before = text.slice(0, line).trimEnd()
  return before === '' ? 0 : missing(text.slice(before.length, line))
}

/** How many are missing below the line of an offset. None where nothing stands below it. */
export function missingBelow(text: string, offset: number): number {
  const end = lineEnd(text, offset)
  const rest = /^\s*/.exec(text.slice(end))![0]
  return end + rest.length === text.length ? 0 : missing(text.slice(end, lineStart(text, end + rest.length)))
}

/**
 * Edits that part a statement of the module from its neighbours, with the comments above it, as if it were a definition. They replace the
 * blanks there are, so that two of them never write the same lines.
 */
export function partings(stmt: Stmt, source: Source): readonly Edit[] {
  const { text, body } = source
  const [start, end] = source.rangeOf(stmt)
  const blank = lineEnding(text, start).repeat(APART + 1)
  const before = body[body.indexOf(stmt) - 1]
  const edits: Edit[] = []
  const top = aboveComments(text, start)
  if (before !== undefined && missingAbove(text, top) > 0) edits.push(replaced(before, text.slice(0, top).trimEnd().length, top, blank, source))
  const below = lineEnd(text, end)
  if (missingBelow(text, end) > 0) edits.push(replaced(stmt, below, lineStart(text, below + /^\s*/.exec(text.slice(below))![0].length), blank, source))
  return edits
}

/** Absolute offsets after a statement. A position is anchored in the statement before it. */
function replaced(stmt: Stmt, from: number, to: number, newText: string, source: Source): Edit {
  const end = source.offsetOf(stmt.end)
  return replacement({ start: stmt.end + from - end, end: stmt.end + to - end }, newText)
}

/** The edits with that of an import; where it would be written into the place of another, they are one. */
export function withImport(imports: readonly Edit[], edits: readonly Edit[], source: Source): readonly Edit[] {
  const [one] = imports
  const at = one && source.offsetOf(one.start)
  const index = at === undefined ? -1 : edits.findIndex(edit => source.offsetOf(edit.start) <= at && at <= source.offsetOf(edit.end))
  const met = edits[index]
  if (one === undefined || at === undefined || met === undefined) return [...imports, ...edits]
  const eol = lineEnding(source.text, at)
  const statement = one.newText.trim()
  const newText = at === source.offsetOf(met.start) && met.newText.trim() !== '' ? statement + eol.repeat(APART + 1) + met.newText : eol + statement + met.newText
  return edits.with(index, { ...met, newText })
}

/** The start of the lines of comments directly above the line of an offset: they belong to what stands there. */
export function aboveComments(text: string, offset: number): number {
  let top = lineStart(text, offset)
  while (top > 0) {
    const above = lineStart(text, text[top - 1] === '\n' && text[top - 2] === '\r' ? top - 2 : top - 1)
    if (!/^#/.test(text.slice(above, top))) break
    top = above
  }
  return top
}

/** `between`: from the end of a line to the start of another. */
function missing(between: string): number {
  const breaks = between.match(/\r\n|\n|\r/g)?.length ?? 0
  return Math.max(0, APART - (breaks - 1))
}
