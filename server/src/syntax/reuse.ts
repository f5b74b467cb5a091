/** Finds, for the pieces of a new version, what earlier ones were lowered to. */
import type { Item } from './items.ts'
import { SEGMENT_SPAN } from './position.ts'
import type { Outline, Replacement } from './split/outline.ts'
import type { Piece } from './split/splitter.ts'

export interface Version {
  readonly code: string
  readonly outline: Outline
}

export interface Matches {
  /** By index of the new pieces; null where the piece has to be lowered. */
  readonly items: readonly (Item | null)[]
  /** For a function to be lowered, the item of one with the same header. */
  readonly headers: ReadonlyMap<number, Item>
  /** Old items that no new piece took over. */
  readonly dropped: readonly Item[]
}

/** Old functions looked at, at most, to find one with the header of a new one. */
const LOOKAHEAD = 50

export function matchItems(old: Version, items: readonly Item[], next: Version, replaced: readonly Replacement[]): Matches {
  const matches = new Matching(old, items, next)
  for (const replacement of replaced) matches.replace(replacement)
  matches.keep(items.length)
  return matches
}

class Matching implements Matches {
  readonly items: (Item | null)[] = []
  readonly headers = new Map<number, Item>()
  readonly dropped: Item[] = []
  private readonly old: Version
  private readonly oldItems: readonly Item[]
  private readonly next: Version
  private at = 0

  constructor(old: Version, oldItems: readonly Item[], next: Version) {
    this.old = old
    this.oldItems = oldItems
    this.next = next
  }

  /** Takes over the old items up to index `to`. */
  keep(to: number): void {
    for (; this.at < to; this.at++) this.items.push(this.oldItems[this.at] as Item)
  }

  /** Takes over, of a replaced stretch, the pieces at both ends that have the same text. */
  replace({ oldFrom, oldTo, newFrom, newTo }: Replacement): void {
    this.keep(oldFrom)
    let from = newFrom
    while (this.at < oldTo && from < newTo && this.isSame(this.at, from)) {
      this.keep(this.at + 1)
      from++
    }
    let tail = 0
    while (oldTo - tail > this.at && newTo - tail > from && this.isSame(oldTo - tail - 1, newTo - tail - 1)) tail++
    this.middle(oldTo - tail, from, newTo - tail)
    this.keep(oldTo)
  }

  private isSame(oldIndex: number, newIndex: number): boolean {
    const before = this.old.outline.pieces[oldIndex] as Piece
    const after = this.next.outline.pieces[newIndex] as Piece
    return before === after || (before.form === after.form && before.length === after.length && before.head === after.head
      && before.indents.length === after.indents.length && textOf(this.old, oldIndex, before.length) === textOf(this.next, newIndex, after.length))
  }

  /** Old items up to `oldTo` go, new ones from `from` to `to` come; functions keep what they can of their header. */
  private middle(oldTo: number, from: number, to: number): void {
    let candidate = this.at
    for (let index = from; index < to; index++) {
      const match = this.sameHeader(candidate, Math.min(oldTo, candidate + LOOKAHEAD), index)
      this.items.push(null)
      if (match === -1) continue
      this.headers.set(index, this.oldItems[match] as Item)
      this.drop(candidate, match)
      candidate = match + 1
    }
    this.drop(candidate, oldTo)
    this.at = oldTo
  }

  private drop(from: number, to: number): void {
    for (let index = from; index < to; index++) this.dropped.push(this.oldItems[index] as Item)
  }

  /** Index of the first old function in `[from, to)` whose header the new piece begins with, or -1. */
  private sameHeader(from: number, to: number, newIndex: number): number {
    for (let index = from; index < to; index++) {
      const length = headerLength(this.oldItems[index] as Item)
      if (length > 0 && textOf(this.old, index, length) === textOf(this.next, newIndex, length)) return index
    }
    return -1
  }
}

/** UTF-16 units of the header of the function that an item consists of; 0 for other items. */
export function headerLength(item: Item): number {
  const [statement] = item.statements
  return statement?.kind === 'FunctionDef' && item.statements.length === 1 ? statement.header.end - item.segment * SEGMENT_SPAN : 0
}

function textOf({ code, outline }: Version, index: number, length: number): string {
  const start = outline.starts[index] as number
  return code.slice(start, start + length)
}
