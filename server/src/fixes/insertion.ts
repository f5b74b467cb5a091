/** Where and how a statement is written into a gap of a suite, in the layout that is there. */
import type { Stmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Edit } from '../rules/finding.ts'
import { lineEnd, lineStart } from '../text/line-starts.ts'
import { insertion } from './edits.ts'

/** The gap before `body[index]`; `index` equal to the length is the end of the suite. */
export interface Gap {
  readonly suite: { readonly body: readonly Stmt[]; readonly owner: Stmt | null }
  readonly index: number
}

/** Writes `statement` (one simple statement, one line) into the gap: on a line of its own, or after a semicolon in a suite on one line. */
export function insertStatement(gap: Gap, statement: string, source: Source): Edit {
  const { body } = gap.suite
  return gap.index === 0 ? insertBefore(body[0]!, statement, source) : insertAfter(gap, asItIs(body[gap.index - 1]!, source), statement, source)
}

/** A frame outlives edits inside the functions that it makes: where they end now, the source knows. */
function asItIs(stmt: Stmt, source: Source): Stmt {
  if (stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef') return stmt
  const now = source.segmentAt(source.offsetOf(stmt.start))
  return [...now?.classes ?? [], ...now ? [now.statement] : []].find(s => s.kind === stmt.kind && s.start === stmt.start) ?? stmt
}

function insertBefore(first: Stmt, statement: string, source: Source): Edit {
  const start = source.offsetOf(first.start)
  const indent = indentBefore(source.text, start)
  if (indent === null) return insertion(first.start, `${statement}; `)
  return insertion(first.start - indent.length, `${indent}${statement}${lineEnding(source.text, start)}`)
}

function insertAfter(gap: Gap, previous: Stmt, statement: string, source: Source): Edit {
  const { text } = source
  const end = source.offsetOf(previous.end)
  const next = gap.suite.body[gap.index]
  if (isOnOneLine(gap, source) || (next && !/[\r\n]/.test(text.slice(end, source.offsetOf(next.start))))) {
    return insertion(previous.end, `; ${statement}`)
  }
  const indent = leadingBlanks(text, lineStart(text, source.offsetOf(previous.start)))
  const stop = lineEnd(text, end)
  const ending = lineEnding(text, end)
  const after = previous.end + (stop - end)
  // Two blank lines follow a definition at the top of a module.
  const apart = gap.suite.owner === null && (previous.kind === 'FunctionDef' || previous.kind === 'ClassDef') ? ending.repeat(2) : ''
  if (stop === text.length) return insertion(after, `${ending}${apart}${indent}${statement}`)
  const breakLength = text.startsWith('\r\n', stop) ? 2 : 1
  return insertion(after + breakLength, `${apart}${indent}${statement}${ending}`)
}

/** `if x: a; b`: the suite begins on its owner's line. */
function isOnOneLine({ suite }: Gap, source: Source): boolean {
  if (suite.owner === null) return false
  return indentBefore(source.text, source.offsetOf(suite.body[0]!.start)) === null
}

/** The blanks before an offset, or null where other text stands before it on its line. */
function indentBefore(text: string, offset: number): string | null {
  const before = text.slice(lineStart(text, offset), offset)
  return /^[ \t\f]*$/.test(before) ? before : null
}

function leadingBlanks(text: string, start: number): string {
  return /^[ \t\f]*/.exec(text.slice(start, start + 400))![0]
}

/** The blanks before a position that is the first on its line; null where it is not. */
export function lineIndent(source: Source, pos: number): string | null {
  return indentBefore(source.text, source.offsetOf(pos))
}

/** The line ending in use nearest before an offset, or the first one of the text. */
export function lineEnding(text: string, offset: number): string {
  const near = text.slice(Math.max(0, lineStart(text, offset) - 2), lineStart(text, offset))
  const found = /\r\n$|\n$|\r$/.exec(near) ?? /\r\n|\n|\r/.exec(text.slice(offset, offset + 4000)) ?? /\r\n|\n|\r/.exec(text)
  return found?.[0] ?? '\n'
}
