/** The state of one lowering pass: a cursor that only goes forward, and the extents of what was read last. */
import type { ErrorExpr, ErrorStmt, Expr, Name } from '../ast.ts'
import type { Cursor } from '../engine.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import type { Pos } from '../position.ts'
import type { Interner } from './interner.ts'
import { errorExpr, errorStmt } from './unreadable.ts'

/**
 * Deepest tree that is built, counted in objects from a statement of the module or of a class body down. What lies deeper becomes
 * `ErrorExpr` or `ErrorStmt`, so that later layers may recurse. CPython's own compiler stops near 3,000.
 */
export const MAX_DEPTH = 500

/** Deepest recursion of the lowering itself. CPython's tokenizer stops at 200 brackets and 100 indentations. */
export const MAX_NESTING = 300

const { comment: COMMENT, line_continuation: CONTINUATION, ERROR } = NODE_TYPES

export class Lowering {
  readonly cursor: Cursor
  /** The text that was parsed; cursor indices count from its start. */
  readonly text: string
  readonly interner: Interner
  /** The tree has an error or invented node somewhere. */
  readonly hasErrors: boolean
  /** Added to an index in `text`, gives the position. */
  shift: Pos = 0
  /** Where the node lowered last begins and ends in `text`, with the parentheses around it. */
  start = 0
  end = 0
  /** Set where something could not be lowered as it stands. Whoever clears it restores it. */
  flaw = false
  /** Stands before the innermost operand of the chain read next; see `soft-type.ts`. */
  head: Name | null = null
  /** Reading a context manager: an `as` found within it belongs to the whole of it, and its target is left here. */
  context: { target: Expr | null; end: number } | null = null
  /** The chain read last had a star before its innermost operand. */
  starred = false
  /** What was passed over because it could not be read, and stands in no statement yet. */
  lost: ErrorStmt[] = []
  depth = 0
  nesting = 0
  /** Kinds of the nodes a left-leaning chain has descended through; see `chain.ts`. */
  readonly chain: number[] = []

  constructor(cursor: Cursor, text: string, hasErrors: boolean, interner: Interner) {
    this.cursor = cursor
    this.text = text
    this.hasErrors = hasErrors
    this.interner = interner
  }

  /** Moves to the first child that is no comment, and returns its type. Only for nodes that have children. */
  enter(): number {
    this.cursor.gotoFirstChild()
    const type = this.cursor.nodeTypeId
    return type === COMMENT || type === CONTINUATION || type === ERROR ? this.skip(type) : type
  }

  /** Moves to the next sibling that is no comment, and returns its type; `NONE` at the end. */
  next(): number {
    if (!this.cursor.gotoNextSibling()) return NONE
    const type = this.cursor.nodeTypeId
    return type === COMMENT || type === CONTINUATION || type === ERROR ? this.skip(type) : type
  }

  /**
   * The next sibling is the token `char`: it stands right behind the node lowered last. Asking the text is several times
   * cheaper than asking the tree. False where the tree has to be asked.
   */
  isNext(char: number): boolean {
    return !this.hasErrors && this.text.charCodeAt(this.end) === char
  }

  leave(): void {
    this.cursor.gotoParent()
  }

  private skip(type: number): number {
    while (type === COMMENT || type === CONTINUATION || type === ERROR) {
      if (type === ERROR) {
        this.flaw = true
        const { cursor: { startIndex: start, endIndex: end }, text, shift, interner } = this
        this.lost.push(errorStmt({ text, start, end, shift, interner }))
      }
      if (!this.cursor.gotoNextSibling()) return NONE
      type = this.cursor.nodeTypeId
    }
    return type
  }

  /** Reads the extents of the node under the cursor from the tree. */
  measure(): void {
    this.start = this.cursor.startIndex
    this.end = this.cursor.endIndex
  }

  /** An `ErrorExpr` for the node under the cursor. */
  unreadable(): ErrorExpr {
    this.measure()
    this.flaw = true
    return errorExpr(this)
  }
}
