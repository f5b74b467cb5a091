/** A piece of text together with what it was lowered to. Kept from version to version as long as its text is the same. */
import type { Stmt } from './ast.ts'
import type { Pos } from './position.ts'
import type { Lowered } from './lower/pieces.ts'

export interface Item {
  readonly segment: number
  /** For the header of a class one ClassDef without its body. */
  readonly statements: readonly Stmt[]
  /** Where the last statement ends, with the semicolon after it. */
  readonly end: Pos
  /** The parser or the lowering could not make sense of all of it. */
  readonly flawed: boolean
  /** Where it ends is doubtful: functions next to it may be larger or smaller than they seem. */
  readonly doubtful: boolean
}

/** Hands out segment numbers. A number is reused late, so that a position kept too long is noticed rather than misread. */
export class SegmentNumbers {
  /** One more than the highest number handed out. */
  limit = 0
  private readonly free: number[] = []

  take(): number {
    const oldest = this.free.length > LATE ? this.free.shift() : undefined
    return oldest ?? this.limit++
  }

  release(segment: number): void {
    this.free.push(segment)
  }
}

const LATE = 1024

/**
 * The item of a piece that begins at `start` in `code`. `sibling` is an earlier item with the same segment number and the text
 * of whose function's header this one begins with.
 */
export function itemOf({ statements, end, flawed }: Lowered, segment: number, code: string, start: number, sibling: Item | undefined): Item {
  const doubtful = statements.some((statement) => statement.kind === 'ErrorStmt') && !CLEAR_BEGINNING.test(code.slice(start, start + 6))
  const settled = sibling === undefined ? statements : statements.map((statement) => withHeader(statement, sibling))
  return { segment, statements: settled, end, flawed, doubtful }
}

/** Text that cannot belong to the statement before it. */
const CLEAR_BEGINNING = /^(?:@|(?:def|class|async)\b)/

function withHeader(statement: Stmt, sibling: Item): Stmt {
  const [known] = sibling.statements
  if (statement.kind !== 'FunctionDef' || known?.kind !== 'FunctionDef' || known.header.end !== statement.header.end) return statement
  return { ...statement, header: known.header }
}
