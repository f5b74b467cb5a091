/** Finds, for new pieces, what the pieces they replace were lowered to. */
import type { Item } from './items.ts'
import type { Layout } from './layout.ts'
import { SEGMENT_SPAN } from './position.ts'
import type { Outline, Replacement } from './split/outline.ts'
import type { Piece } from './split/splitter.ts'

export interface Match {
  /** By index of the new piece: the item of an old one with the same text. Null where the piece has to be lowered. */
  readonly items: readonly (Item | null)[]
  /** By index of a new piece to be lowered: an old function with the header that the new one begins with. */
  readonly headers: ReadonlyMap<number, Item>
  /** The old items that are in neither. */
  readonly dropped: readonly Item[]
}

export function match(old: Layout, oldCode: string, { from, to, outline }: Replacement, code: string): Match {
  const rest = new Candidates(old, oldCode, from, to)
  const { pieces } = outline
  const count = pieces.length
  const texts = pieces.map((piece, index) => textAt(outline, code, index, piece.length))
  const items = new Array<Item | null>(count).fill(null)
  let head = 0
  while (head < count && (items[head] = rest.takeAt(from + head, texts[head] as string, pieces[head] as Piece)) !== null) head++
  let last = count - 1
  while (last > head && (items[last] = rest.takeAt(to - count + last, texts[last] as string, pieces[last] as Piece)) !== null) last--
  for (let index = head; index <= last; index++) items[index] = rest.takeEqual(texts[index] as string, pieces[index] as Piece)
  const headers = new Map<number, Item>()
  items.forEach((item, index) => {
    const sibling = item === null ? rest.takeHeader(texts[index] as string) : null
    if (sibling !== null) headers.set(index, sibling)
  })
  return { items, headers, dropped: rest.items() }
}

/** Old functions looked at, at most, to find one with the header of a new one. */
const LOOKAHEAD = 50

/** Old pieces that no new one has taken over yet. */
class Candidates {
  private readonly old: Layout
  private readonly code: string
  private readonly free = new Set<number>()
  /** The first is last. */
  private readonly byText = new Map<string, number[]>()

  constructor(old: Layout, code: string, from: number, to: number) {
    this.old = old
    this.code = code
    for (let index = from; index < to; index++) this.free.add(index)
    for (let index = to - 1; index >= from; index--) {
      const text = textAt(old, code, index, (old.pieces[index] as Piece).length)
      const same = this.byText.get(text)
      if (same === undefined) this.byText.set(text, [index])
      else same.push(index)
    }
  }

  items(): Item[] {
    return Array.from(this.free, (index) => this.old.items[index] as Item)
  }

  /** The piece at an index, if its text is this. */
  takeAt(index: number, text: string, { form }: Piece): Item | null {
    const piece = this.old.pieces[index]
    const isEqual = this.free.has(index) && piece?.form === form && textAt(this.old, this.code, index, piece.length) === text
    return isEqual ? this.take(index) : null
  }

  /** Any piece with this text. */
  takeEqual(text: string, { form }: Piece): Item | null {
    const same = this.byText.get(text) ?? []
    while (same.length > 0 && !this.free.has(same.at(-1) as number)) same.pop()
    const index = same.at(-1)
    return index !== undefined && this.old.pieces[index]?.form === form ? this.take(index) : null
  }

  /** The first function whose header `text` begins with. */
  takeHeader(text: string): Item | null {
    let looked = 0
    for (const index of this.free) {
      const length = headerLength(this.old.items[index] as Item)
      if (length === 0) continue
      if (text.startsWith(textAt(this.old, this.code, index, length))) return this.take(index)
      if (++looked === LOOKAHEAD) return null
    }
    return null
  }

  private take(index: number): Item {
    this.free.delete(index)
    return this.old.items[index] as Item
  }
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
