/** Puts the statements of the pieces together to the tree of a module. */
import type { ClassDef, FunctionDef, Stmt, Suite } from './ast.ts'
import type { Item } from './items.ts'
import type { Piece } from './split/splitter.ts'

export interface Composition {
  readonly body: Suite
  readonly hasErrors: boolean
  /** The finished class of each header. */
  readonly classes: ReadonlyMap<Item, ClassDef>
  /** Functions next to a doubtful item, and what they became. */
  readonly doubted: ReadonlyMap<Stmt, FunctionDef>
}

export const EMPTY: Composition = { body: [], hasErrors: false, classes: new Map(), doubted: new Map() }

/** A class or function that is what it was in `previous` is the same object. */
export function compose(pieces: readonly Piece[], items: readonly Item[], previous: Composition): Composition {
  return new Composer(pieces, items, previous).module()
}

class Composer {
  private readonly classes = new Map<Item, ClassDef>()
  private readonly doubted = new Map<Stmt, FunctionDef>()
  private readonly pieces: readonly Piece[]
  private readonly items: readonly Item[]
  private readonly previous: Composition
  private index = 0

  constructor(pieces: readonly Piece[], items: readonly Item[], previous: Composition) {
    this.pieces = pieces
    this.items = items
    this.previous = previous
  }

  module(): Composition {
    const body = this.suite(1)
    return { body, hasErrors: this.items.some((item) => item.flawed), classes: this.classes, doubted: this.doubted }
  }

  /** The statements of the pieces from here on that lie at least `depth` deep. */
  private suite(depth: number): Stmt[] {
    const body: Stmt[] = []
    for (; this.index < this.items.length && (this.pieces[this.index] as Piece).indents.length >= depth; this.index++) {
      const item = this.items[this.index] as Item
      const [first] = item.statements
      if ((this.pieces[this.index] as Piece).form === 'class' && first?.kind === 'ClassDef') body.push(this.classOf(item, first, depth))
      else for (const statement of item.statements) body.push(this.settled(statement))
    }
    return body
  }

  /** The class with this header; leaves `index` on the last piece of its body. */
  private classOf(item: Item, head: ClassDef, depth: number): ClassDef {
    this.index++
    const body = this.suite(depth + 1)
    this.index--
    const known = this.previous.classes.get(item)
    const end = body.length === 0 ? head.end : this.lastEnd()
    const whole = known !== undefined && known.end === end && sameStatements(known.body, body) ? known : { ...head, end, body }
    this.classes.set(item, whole)
    return whole
  }

  /** Where the piece at `index` ends, or the class of which it is the last. */
  private lastEnd(): number {
    return (this.items[this.index] as Item).end
  }

  /** A function next to a doubtful item is not to be analysed. */
  private settled(statement: Stmt): Stmt {
    if (statement.kind !== 'FunctionDef' || statement.broken) return statement
    if (!this.items[this.index - 1]?.doubtful && !this.items[this.index + 1]?.doubtful) return statement
    const broken = this.previous.doubted.get(statement) ?? { ...statement, broken: true }
    this.doubted.set(statement, broken)
    return broken
  }
}

function sameStatements(a: Suite, b: Suite): boolean {
  return a.length === b.length && a.every((statement, index) => statement === b[index])
}
