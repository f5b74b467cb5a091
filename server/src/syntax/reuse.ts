/** Finds, for new pieces, what the pieces they replace were lowered to. */
import type { Item } from './items.ts'
import type { Layout } from './layout.ts'
import { SEGMENT_SPAN } from './position.ts'
import type { Outline, Replacement } from './split/outline.ts'
import type { Piece } from './split/splitter.ts'

/** Which of the new pieces of a replacement have to be lowered, and what they can keep. */
export interface Match {
  /** So many pieces at the beginning, and at the end, have the text of as many old ones. */
  readonly head: number
  readonly tail: number
  /** By index of the new piece: an old function with the header that the new one begins with. */
  readonly headers: ReadonlyMap<number, Item>
}

/** Old functions looked at, at most, to find one with the header of a new one. */
const LOOKAHEAD = 50

export function match(old: Layout, oldCode: string, { from, to, outline }: Replacement, code: string): Match {
  const count = outline.pieces.length
  const isSame = (oldIndex: number, index: number): boolean => samePiece(old, oldCode, oldIndex, outline, code, index)
  let head = 0
  while (from + head < to && head < count && isSame(from + head, head)) head++
  let tail = 0
  while (to - tail > from + head && count - tail > head && isSame(to - tail - 1, count - tail - 1)) tail++
  const headers = new Map<number, Item>()
  let candidate = from + head
  for (let index = head; index < count - tail; index++) {
    const limit = Math.min(to - tail, candidate + LOOKAHEAD)
    const found = withHeader(old, oldCode, candidate, limit, textAt(outline, code, index, (outline.pieces[index] as Piece).length))
    if (found === -1) continue
    headers.set(index, old.items[found] as Item)
    candidate = found + 1
  }
  return { head, tail, headers }
}

function samePiece(old: Outline, oldCode: string, oldIndex: number, next: Outline, code: string, index: number): boolean {
  const before = old.pieces[oldIndex] as Piece
  const after = next.pieces[index] as Piece
  return before.form === after.form && before.length === after.length && before.head === after.head
    && before.indents.length === after.indents.length && textAt(old, oldCode, oldIndex, before.length) === textAt(next, code, index, after.length)
}

/** Index in `[from, to)` of the first old function whose header `text` begins with, or -1. */
function withHeader(old: Layout, oldCode: string, from: number, to: number, text: string): number {
  for (let index = from; index < to; index++) {
    const length = headerLength(old.items[index] as Item)
    if (length > 0 && text.startsWith(textAt(old, oldCode, index, length))) return index
  }
  return -1
}

/** UTF-16 units of the header of the function that an item consists of; 0 for other items. */
function headerLength({ statements, segment }: Item): number {
  const [statement] = statements
  return statement?.kind === 'FunctionDef' && statements.length === 1 ? statement.header.end - segment * SEGMENT_SPAN : 0
}

function textAt({ starts }: Outline, code: string, index: number, length: number): string {
  const start = starts[index] as number
  return code.slice(start, start + length)
}
