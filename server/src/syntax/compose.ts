/** Puts the statements of the pieces together to the tree of a module. */
import type { ClassDef, FunctionDef, Stmt, Suite } from './ast.ts'
import { commonEnds } from '../text/common-ends.ts'
import type { Item } from './items.ts'
import { CLASS, DOUBTFUL, NOT_ONE } from './layout.ts'
import type { Layout } from './layout.ts'

export interface Composition {
  readonly body: Suite
  /** The finished class of each header, by segment number. */
  readonly classes: readonly (ClassDef | undefined)[]
  /** Functions next to a doubtful item, and what they became. */
  readonly doubted: ReadonlyMap<Stmt, FunctionDef>
}

export const EMPTY: Composition = { body: [], classes: [], doubted: new Map() }

/** A class or function that is what it was in `previous` is the same object. */
export function compose(layout: Layout, previous: Composition): Composition {
  return new Composer(layout, previous).module()
}

class Composer {
  private readonly classes: (ClassDef | undefined)[] = []
  private readonly doubted = new Map<Stmt, FunctionDef>()
  private readonly layout: Layout
  private readonly previous: Composition
  private index = 0

  constructor(layout: Layout, previous: Composition) {
    this.layout = layout
    this.previous = previous
  }

  module(): Composition {
    return { body: this.suite(1), classes: this.classes, doubted: this.doubted }
  }

  /** The statements of the pieces from here on that lie at least `depth` deep. */
  private suite(depth: number): Stmt[] {
    const body: Stmt[] = []
    const { depths, flags, statements, items } = this.layout
    for (; this.index < depths.length && (depths[this.index] as number) >= depth; this.index++) {
      const flag = flags[this.index] as number
      if ((flag & CLASS) !== 0) body.push(this.classOf(statements[this.index] as ClassDef, depth))
      else if ((flag & NOT_ONE) === 0) body.push(this.settled(statements[this.index] as Stmt))
      else for (const statement of (items[this.index] as Item).statements) body.push(this.settled(statement))
    }
    return body
  }

  /**
   * The class with this header; leaves `index` on the last piece of its body. Segment numbers tell classes apart because one that
   * was given up since the previous composition is not in use again yet.
   */
  private classOf(head: ClassDef, depth: number): ClassDef {
    const { segments, ends } = this.layout
    const segment = segments[this.index] as number
    this.index++
    const body = this.suite(depth + 1)
    this.index--
    const known = this.previous.classes[segment]
    const end = body.length === 0 ? head.end : (ends[this.index] as number)
    const whole = known !== undefined && known.end === end && sameStatements(known.body, body) ? known : { ...head, end, body }
    this.classes[segment] = whole
    return whole
  }

  /** A function next to a doubtful item is not to be analysed. */
  private settled(statement: Stmt): Stmt {
    if (!this.isDoubtful(this.index - 1) && !this.isDoubtful(this.index + 1)) return statement
    if (statement.kind !== 'FunctionDef' || statement.broken) return statement
    const broken = this.previous.doubted.get(statement) ?? { ...statement, broken: true }
    this.doubted.set(statement, broken)
    return broken
  }

  private isDoubtful(index: number): boolean {
    const { flags } = this.layout
    return index >= 0 && index < flags.length && ((flags[index] as number) & DOUBTFUL) !== 0
  }
}

function sameStatements(a: Suite, b: Suite): boolean {
  return a === b || (a.length === b.length && commonEnds(a, b).head === a.length)
}
