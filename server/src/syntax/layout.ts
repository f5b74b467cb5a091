/**
 * All pieces of one version side by side, in the order of the text. Parallel arrays of numbers, because an edit of a long file
 * passes over all of them: that costs next to nothing as long as no object has to be looked into.
 */
import type { Stmt } from './ast.ts'
import type { Item } from './items.ts'
import type { Outline } from './split/outline.ts'

export interface Layout extends Outline {
  readonly starts: Int32Array
  readonly items: readonly Item[]
  /** The first statement of each item. */
  readonly statements: readonly (Stmt | undefined)[]
  /** Segment number of each, and the position at which its last statement ends. */
  readonly segments: Int32Array
  readonly ends: Float64Array
  /** 1 for a piece of the module, one more for each class around it. */
  readonly depths: Uint8Array
  /** The flags below. */
  readonly flags: Uint8Array
}

/** There is more to an item than its first statement, or less. */
export const NOT_ONE = 1
/** The item is the header of a class; the pieces after it that lie deeper are its body. */
export const CLASS = 2
/** See `Lowered`. */
export const DOUBTFUL = 4

export const EMPTY_LAYOUT: Layout = {
  pieces: [], items: [], statements: [],
  starts: new Int32Array(0), segments: new Int32Array(0), ends: new Float64Array(0), depths: new Uint8Array(0), flags: new Uint8Array(0),
}

interface Kept {
  readonly from: number
  readonly to: number
  readonly shift: number
}

interface Added {
  readonly outline: Outline
  readonly items: readonly Item[]
}

interface Numbers {
  subarray(from: number, to: number): ArrayLike<number>
  set(values: ArrayLike<number>, at: number): void
}

/** Builds a layout from stretches of an earlier one and new ones. */
export class LayoutBuilder {
  private readonly old: Layout
  private readonly stretches: (Kept | Added)[] = []
  private length = 0

  constructor(old: Layout) {
    this.old = old
  }

  /** Takes over the old pieces `[from, to)`, moved by `shift` UTF-16 units. */
  keep(from: number, to: number, shift: number): void {
    this.stretches.push({ from, to, shift })
    this.length += to - from
  }

  add(outline: Outline, items: readonly Item[]): void {
    this.stretches.push({ outline, items })
    this.length += items.length
  }

  build(): Layout {
    const { old } = this
    return {
      pieces: this.objects(old.pieces, ({ outline }) => outline.pieces),
      items: this.objects(old.items, ({ items }) => items),
      statements: this.objects(old.statements, ({ items }) => items.map((item) => item.statements[0])),
      starts: this.shifted(),
      segments: this.numbers(old.segments, new Int32Array(this.length), ({ items }) => items.map((item) => item.segment)),
      ends: this.numbers(old.ends, new Float64Array(this.length), ({ items }) => items.map((item) => item.end)),
      depths: this.numbers(old.depths, new Uint8Array(this.length), ({ outline }) => outline.pieces.map(({ indents }) => indents.length)),
      flags: this.numbers(old.flags, new Uint8Array(this.length), flagsOf),
    }
  }

  private objects<T>(old: readonly T[], added: (stretch: Added) => readonly T[]): T[] {
    const parts = this.stretches.map((stretch) => ('items' in stretch ? added(stretch) : old.slice(stretch.from, stretch.to)))
    return ([] as T[]).concat(...parts)
  }

  private numbers<T extends Numbers>(old: Numbers, into: T, added: (stretch: Added) => ArrayLike<number>): T {
    let at = 0
    for (const stretch of this.stretches) {
      const part: ArrayLike<number> = 'items' in stretch ? added(stretch) : old.subarray(stretch.from, stretch.to)
      into.set(part, at)
      at += part.length
    }
    return into
  }

  private shifted(): Int32Array {
    const starts = this.numbers(this.old.starts, new Int32Array(this.length), ({ outline }) => outline.starts)
    let at = 0
    for (const stretch of this.stretches) {
      const end = at + ('items' in stretch ? stretch.items.length : stretch.to - stretch.from)
      if ('items' in stretch || stretch.shift === 0) at = end
      else for (; at < end; at++) starts[at] = (starts[at] as number) + stretch.shift
    }
    return starts
  }
}

function flagsOf({ outline, items }: Added): number[] {
  return items.map(({ statements, doubtful }, index) => {
    const isClass = outline.pieces[index]?.form === 'class' && statements[0]?.kind === 'ClassDef'
    return (isClass ? CLASS : statements.length === 1 ? 0 : NOT_ONE) | (doubtful ? DOUBTFUL : 0)
  })
}
