/** The pieces of a whole text, and what becomes of them when it is edited. */
import type { Region } from '../../text/changes.ts'
import { Splitter } from './splitter.ts'
import type { Beginning, Piece } from './splitter.ts'

/** Consecutive pieces of a text. */
export interface Outline {
  /** In the order of the text. */
  readonly pieces: readonly Piece[]
  /** Where each begins, UTF-16 units from the start of the text. */
  readonly starts: ArrayLike<number>
}

/** New pieces in the place of the old ones `[from, to)`. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly outline: Outline
  /** Old pieces after these, up to the next replacement, are unchanged but lie this many UTF-16 units further on. */
  readonly shift: number
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

/** How the pieces of `text`, which differs from the text of `old` in `regions` only, follow from the old ones. In order. */
export function replacements(old: Outline, text: string, regions: readonly Region[]): Replacement[] {
  const update = new Update(old, text, regions)
  const replaced: Replacement[] = []
  while (update.region < regions.length) replaced.push(update.splitAgain())
  return replaced
}

class Update {
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

  /** Splits from before the next region until the pieces meet the old ones again. */
  splitAgain(): Replacement {
    const pieces: Piece[] = []
    const starts: number[] = []
    const restart = this.restart()
    const from = Math.max(this.at, restart)
    this.at = from
    this.target = this.region
    const splitter = new Splitter(this.text)
    if (restart !== -1) splitter.resume((this.old.starts[from] as number) + this.shift, this.old.pieces[from] as Piece)
    for (let next = splitter.peek(); !this.meets(next); next = splitter.peek()) {
      pieces.push(splitter.next() as Piece)
      starts.push(splitter.start)
    }
    return { from, to: this.at, outline: { pieces, starts }, shift: this.shift }
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
    for (; this.region < this.regions.length; this.region++) {
      const { newStart, newEnd, oldEnd } = this.regions[this.region] as Region
      if (newStart > offset) return
      this.shift = newEnd - oldEnd
    }
  }
}

/** Index of the last start below `offset`, or -1. */
export function lastBefore(starts: ArrayLike<number>, offset: number): number {
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
