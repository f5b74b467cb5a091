/** Shapes: what an object and the objects it alone holds are made of, as far as its size goes. */
import type { Range } from '../range.ts'
import type { DictType, Growth, StrWidth } from './formulas.ts'

/** What a container refers to: so many elements of one shape, or these items one by one. */
export type Elements =
  | { readonly count: Range; readonly element: Shape }
  | { readonly items: readonly Shape[] }

/** The same for mappings. */
export type Entries =
  | { readonly count: Range; readonly key: Shape; readonly value: Shape }
  | { readonly entries: readonly (readonly [key: Shape, value: Shape])[] }

/**
 * An object that exists anyway: `None`, an interned constant, an element of another container. It costs its holder a
 * reference only. `of`: an object that lives through this holder alone, however many of its references point there
 * (`[row] * n`), and so is counted once.
 */
export interface Shared {
  readonly kind: 'shared'
  /** For a person: `None`. */
  readonly name?: string
  readonly of?: Shape
}

export interface Int {
  readonly kind: 'int'
  /** Of its value; `low` may be negative, and -Infinity or a null `high` where nothing is known. -5 to 256 exist already. */
  readonly range: Range
  /** No two elements of its container are equal, as keys of a dict never are: few can be small ints that exist already. */
  readonly distinct?: boolean
}

/** Numbers side by side, or the references of an array of dtype `object`, whose elements are then of the shape `element`. */
export interface NumberArray {
  readonly kind: 'array'
  /** `array.array`, `ndarray`, `tensor`. */
  readonly type: string
  /** For a person: `float64`. */
  readonly dtype: string
  readonly count: Range
  readonly itemsize: number
  readonly element?: Shape
}

export type Shape =
  | Shared | Int
  | { readonly kind: 'float' | 'complex' | 'range' }
  | { readonly kind: 'str'; readonly length: Range; readonly width: StrWidth | 'unknown' }
  | { readonly kind: 'bytes' | 'bytearray'; readonly length: Range }
  | { readonly kind: 'list'; readonly growth: Growth } & Elements
  | { readonly kind: 'tuple' | 'set' | 'frozenset' | 'deque' } & Elements
  /** `strKeys`: every key is a str. */
  | { readonly kind: DictType; readonly strKeys: boolean } & Entries
  | { readonly kind: 'namedtuple'; readonly name: string; readonly items: readonly Shape[] }
  | { readonly kind: 'instance'; readonly name: string; readonly slots: boolean; readonly attributes: readonly Shape[] }
  | NumberArray
  /** One of these. */
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  /** Known by its size alone; `basis` is for a person: `the file's content`. */
  | { readonly kind: 'opaque'; readonly bytes: Range; readonly basis: string }
