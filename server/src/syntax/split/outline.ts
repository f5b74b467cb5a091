/** The pieces of a whole text, and how they follow from those of the text before an edit. */
import type { Region } from '../../text/changes.ts'
import { Splitter } from './splitter.ts'
import type { Beginning, Piece } from './splitter.ts'

export interface Outline {
  /** In the order of the text. */
  readonly pieces: readonly Piece[]
  /** Where each begins, UTF-16 units. */
  readonly starts: readonly number[]
}

/** Old pieces `[oldFrom, oldTo)` have become new pieces `[newFrom, newTo)`; all others are unchanged but for their place. */
export interface Replacement {
  readonly oldFrom: number
  readonly oldTo: number
  readonly newFrom: number
  readonly newTo: number
}

export interface UpdatedOutline {
  readonly outline: Outline
  readonly replaced: readonly Replacement[]
}

/** `text` has no `\r` but before `\n`. */
export function outlineOf(text: string): Outline {
  const pieces: Piece[] = []
  const starts: number[] = []
  const splitter = new Splitter(text)
  for (let piece = splitter.next(); piece !== null; piece = splitter.next()) {
    pieces.push(piece)
    starts.push(splitter.start)
  }
  return { pieces, starts }
}

/** The outline of `text`, which differs from the text of `old` in `regions` only, and what became of the old pieces. */
export function updatedOutline(old: Outline, text: string, regions: readonly Region[]): UpdatedOutline {
  const update = new Update(old, text, regions)
  while (update.region < regions.length) update.splitAgain()
  update.keep(old.pieces.length)
  return { outline: { pieces: update.pieces, starts: update.starts }, replaced: update.replaced }
}

class Update {
  readonly pieces: Piece[] = []
  readonly starts: number[] = []
  readonly replaced: Replacement[] = []
  /** Index of the first region not yet passed. */
  region = 0
  private readonly old: Outline
  private readonly text: string
  private readonly regions: readonly Region[]
  /** Index of the first old piece not yet dealt with. */
  private at = 0
  /** Added to an old offset behind the regions passed, gives the new one. */
  private shift = 0
  /** Index of the region that `splitAgain` was called for. */
  private target = 0

  constructor(old: Outline, text: string, regions: readonly Region[]) {
    this.old = old
    this.text = text
    this.regions = regions
  }

  /** Takes over the old pieces up to index `to`. */
  keep(to: number): void {
    for (; this.at < to; this.at++) {
      this.pieces.push(this.old.pieces[this.at] as Piece)
      this.starts.push(this.old.starts[this.at] as number + this.shift)
    }
  }

  /** Splits from before the next region until the pieces meet the old ones again. */
  splitAgain(): void {
    const restart = this.restart()
    this.keep(Math.max(this.at, restart))
    this.target = this.region
    const oldFrom = this.at
    const newFrom = this.pieces.length
    const splitter = new Splitter(this.text)
    if (restart !== -1) splitter.resume(this.old.starts[oldFrom] as number + this.shift, this.old.pieces[oldFrom] as Piece)
    for (let next = splitter.peek(); !this.meets(next); next = splitter.peek()) {
      this.pieces.push(splitter.next() as Piece)
      this.starts.push(splitter.start)
    }
    this.replaced.push({ oldFrom, oldTo: this.at, newFrom, newTo: this.pieces.length })
  }

  /**
   * Index of the last old piece that begins on a line before the next region: its beginning and surroundings are what
   * they were. -1, to begin with the text, where there is none.
   */
  private restart(): number {
    const { oldStart } = this.regions[this.region] as Region
    // Within the line, the text before the region is the same in both versions.
    const line = oldStart - this.columnOf(this.regions[this.region] as Region)
    return lastBefore(this.old.starts, line)
  }

  private columnOf({ newStart }: Region): number {
    return newStart === 0 ? 0 : newStart - (this.text.lastIndexOf('\n', newStart - 1) + 1)
  }

  /** From the beginning `next` on, all is as before the edit, up to the next region if there is one. */
  private meets(next: Beginning | null): boolean {
    const here = next?.start ?? this.text.length
    this.pass(here)
    if (next === null) {
      this.at = this.old.pieces.length
      return true
    }
    const following = this.regions[this.region]
    if (this.region === this.target || here < (this.regions[this.region - 1] as Region).newEnd) return false
    if (following !== undefined && following.newStart - this.columnOf(following) <= here) return false
    const match = pieceAt(this.old, here - this.shift, next)
    if (match < this.at) return false
    this.at = match
    return true
  }

  /** Moves behind the regions that begin at or before `offset`. */
  private pass(offset: number): void {
    for (let region = this.regions[this.region]; region !== undefined && region.newStart <= offset; region = this.regions[this.region]) {
      this.shift = region.newEnd - region.oldEnd
      this.region++
    }
  }
}

/** Index of the last start below `offset`, or -1. */
export function lastBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Index of the piece that begins at `start` in the same surroundings, or -1. */
function pieceAt(old: Outline, start: number, { indents, irregular }: Beginning): number {
  const index = lastBefore(old.starts, start + 1)
  const piece = old.pieces[index]
  if (piece === undefined || old.starts[index] !== start || irregular !== (piece.form === 'irregular')) return -1
  return sameIndents(piece.indents, indents) ? index : -1
}

function sameIndents(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((column, index) => column === b[index])
}
