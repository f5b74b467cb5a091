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
  const texts = outline.pieces.map((piece, index) => textAt(outline, code, index, piece.length))
  const items = texts.map((text, index) => rest.takeEqual(text, outline.pieces[index] as Piece))
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
  private readonly byText = new Map<string, number[]>()

  constructor(old: Layout, code: string, from: number, to: number) {
    this.old = old
    this.code = code
    for (let index = from; index < to; index++) {
      this.free.add(index)
      const text = textAt(old, code, index, (old.pieces[index] as Piece).length)
      const same = this.byText.get(text)
      if (same === undefined) this.byText.set(text, [index])
      else same.push(index)
    }
  }

  items(): Item[] {
    return Array.from(this.free, (index) => this.old.items[index] as Item)
  }

  takeEqual(text: string, { form }: Piece): Item | null {
    const same = this.byText.get(text)
    const at = same?.findIndex((index) => this.old.pieces[index]?.form === form) ?? -1
    const [index] = same === undefined || at === -1 ? [] : same.splice(at, 1)
    return index === undefined ? null : this.take(index)
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
