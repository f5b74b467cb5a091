/** Where the statements, suites and names of a frame are in its graph. Recorded while the graph is built, looked up on demand. */
import type { Name, Stmt, Suite } from '../syntax/ast.ts'
import type { Block, Event, Point, SuiteInfo } from './graph.ts'

export interface StatementPoints {
  readonly before: Point
  readonly after: Point | null
}

export class Places {
  private readonly statements: Stmt[] = []
  /** Four numbers per statement: block and index before, block and index after. */
  private readonly points: number[] = []
  private readonly suites: Omit<SuiteInfo, 'start'>[] = []
  /** Two numbers per suite. */
  private readonly starts: number[] = []

  /** The number to close the statement with. */
  open(stmt: Stmt, block: number, index: number): number {
    this.points.push(block, index, -1, -1)
    return this.statements.push(stmt) - 1
  }

  close(statement: number, block: number, index: number): void {
    this.points[statement * 4 + 2] = block
    this.points[statement * 4 + 3] = index
  }

  suite(body: Suite, owner: Stmt | null, part: SuiteInfo['part'], block: number, index: number): void {
    this.suites.push({ body, owner, part })
    this.starts.push(block, index)
  }

  /** The reachable statements. `renumbered`: the blocks' final numbers by those they were recorded with. */
  statementPoints(blocks: readonly Block[], renumbered: Int32Array): Map<Stmt, StatementPoints> {
    const found = new Map<Stmt, StatementPoints>()
    for (let i = 0; i < this.statements.length; i++) {
      const stmt = this.statements[i]!
      const before = pointIn(this.points, i * 4, blocks, renumbered)
      if (before === null) continue
      const after = pointIn(this.points, i * 4 + 2, blocks, renumbered)
      const known = found.get(stmt)
      found.set(stmt, known === undefined ? { before, after } : { before: joined(known.before, before), after: joined(known.after, after) })
    }
    return found
  }

  /** The reachable suites. */
  suiteInfos(blocks: readonly Block[], renumbered: Int32Array): SuiteInfo[] {
    const found = new Map<Suite, SuiteInfo>()
    for (let i = 0; i < this.suites.length; i++) {
      const { body, owner, part } = this.suites[i]!
      const start = pointIn(this.starts, i * 2, blocks, renumbered)
      if (start === null) continue
      const known = found.get(body)
      found.set(body, { body, owner, part, start: known === undefined ? start : joined(known.start, start) })
    }
    return [...found.values()]
  }
}

/** Null where nothing reaches the block. */
function pointIn(numbers: readonly number[], at: number, blocks: readonly Block[], renumbered: Int32Array): Point | null {
  const block = renumbered[numbers[at]!]!
  return blocks[block]?.reachable === true ? { block, index: numbers[at + 1]! } : null
}

function joined<P extends Point | null>(known: P, copy: P): P {
  if (known === null || copy === null) return known ?? copy
  return { ...known, copies: [...(known.copies ?? []), copy] }
}

/** For every name evaluated in a reachable block, the point of its event; of the first one where a name has two kinds (`x += 1`). */
export function namePoints(blocks: readonly Block[]): Map<Name, Point> {
  const found = new Map<Name, Point>()
  for (const { id, events, reachable } of blocks) {
    if (!reachable) continue
    for (let index = 0; index < events.length; index++) {
      const event = events[index]!
      const name = nameOf(event)
      if (name === null) continue
      const known = found.get(name)
      if (known === undefined) found.set(name, { block: id, index })
      else if (kindAt(known, blocks) === event.kind) found.set(name, joined(known, { block: id, index }))
    }
  }
  return found
}

function kindAt({ block, index }: Point, blocks: readonly Block[]): Event['kind'] {
  return blocks[block]!.events[index]!.kind
}

function nameOf(event: Event): Name | null {
  if (event.kind === 'use' || event.kind === 'delete') return event.node
  return event.kind === 'bind' ? event.binding.name : null
}
