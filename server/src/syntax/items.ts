/** What a piece of text was lowered to, under a segment number. Kept from version to version as long as the text is the same. */
import type { Stmt } from './ast.ts'
import type { Lowered } from './lower/run.ts'

export interface Item extends Lowered {
  readonly segment: number
}

/** `sibling` is an earlier item with the same segment number, with whose function's header this one begins. */
export function itemOf(lowered: Lowered, segment: number, sibling: Item | undefined): Item {
  if (sibling === undefined) return { ...lowered, segment }
  return { ...lowered, segment, statements: lowered.statements.map((statement) => withHeader(statement, sibling)) }
}

function withHeader(statement: Stmt, sibling: Item): Stmt {
  const [known] = sibling.statements
  if (statement.kind !== 'FunctionDef' || known?.kind !== 'FunctionDef' || known.header.end !== statement.header.end) return statement
  return { ...statement, header: known.header }
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
