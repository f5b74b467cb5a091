/** Text that could not be read. Nobody knows what it does with the names in it, so it is taken to read each of them. */
import { KEYWORDS } from '../../text/keywords.ts'
import type { ErrorExpr, ErrorStmt, Name } from '../ast.ts'
import type { Pos } from '../position.ts'
import type { Interner } from './interner.ts'

/** `start` and `end` are indices in `text`; `shift`, added to an index, gives the position. */
export interface Unread {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly shift: Pos
  readonly interner: Interner
}

export function errorStmt(unread: Unread): ErrorStmt {
  return { kind: 'ErrorStmt', start: unread.shift + unread.start, end: unread.shift + unread.end, names: wordsIn(unread) }
}

export function errorExpr(unread: Unread): ErrorExpr {
  return { kind: 'ErrorExpr', start: unread.shift + unread.start, end: unread.shift + unread.end, names: wordsIn(unread) }
}

/** All that may be a name, once, where it stands first. Words in texts and comments are among them. */
function wordsIn({ text, start, end, shift, interner }: Unread): readonly Name[] {
  const names = new Map<string, Name>()
  for (const { 0: word, index } of text.slice(start, end).matchAll(WORD)) {
    if (KEYWORDS.has(word)) continue
    const id = interner.of(word.normalize('NFKC'))
    if (!names.has(id)) names.set(id, { kind: 'Name', start: shift + start + index, end: shift + start + index + word.length, id })
  }
  return [...names.values()]
}

const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/gu
