/** Where the statements, suites and names of a frame are in its graph. Recorded while the graph is built, looked up on demand. */
import type { Name, Stmt, Suite } from '../syntax/ast.ts'
import type { Block, Event, Point, SuiteInfo } from './graph.ts'

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

  statementPoints(blocks: readonly Block[], renumbered: Int32Array): Map<Stmt, { readonly before: Point; readonly after: Point | null }> {
    const before = new Map<Stmt, Point[]>()
    const after = new Map<Stmt, Point[]>()
    this.statements.forEach((stmt, i) => {
      append(before, stmt, this.points, i * 4, blocks, renumbered)
      append(after, stmt, this.points, i * 4 + 2, blocks, renumbered)
    })
    const joined = new Map<Stmt, { before: Point; after: Point | null }>()
    for (const [stmt, points] of before) joined.set(stmt, { before: join(points), after: after.has(stmt) ? join(after.get(stmt)!) : null })
    return joined
  }

  /** The reachable suites. */
  suiteInfos(blocks: readonly Block[], renumbered: Int32Array): SuiteInfo[] {
    const starts = new Map<Suite, Point[]>()
    this.suites.forEach((suite, i) => append(starts, suite.body, this.starts, i * 2, blocks, renumbered))
    const infos = new Map<Suite, SuiteInfo>()
    for (const suite of this.suites) {
      const points = starts.get(suite.body)
      if (points !== undefined) infos.set(suite.body, { ...suite, start: join(points) })
    }
    return [...infos.values()]
  }
}

function append<K>(places: Map<K, Point[]>, key: K, numbers: readonly number[], at: number, blocks: readonly Block[], renumbered: Int32Array): void {
  const block = renumbered[numbers[at]!]!
  if (blocks[block]?.reachable !== true) return
  const point = { block, index: numbers[at + 1]! }
  const known = places.get(key)
  if (known === undefined) places.set(key, [point])
  else known.push(point)
}

function join(points: readonly Point[]): Point {
  const first = points[0]!
  return points.length === 1 ? first : { ...first, copies: points.slice(1) }
}

/** For every name evaluated in a reachable block, the point of its event; of the first one where a name has two kinds (`x += 1`). */
export function namePoints(blocks: readonly Block[]): Map<Name, Point> {
  const found = new Map<Name, Point>()
  for (const block of blocks) {
    if (!block.reachable) continue
    block.events.forEach((event, index) => {
      const name = nameOf(event)
      if (name === null) return
      const known = found.get(name)
      const point = { block: block.id, index }
      if (known === undefined) found.set(name, point)
      else if (blocks[known.block]!.events[known.index]!.kind === event.kind) {
        found.set(name, { ...known, copies: [...(known.copies ?? []), point] })
      }
    })
  }
  return found
}

function nameOf(event: Event): Name | null {
  if (event.kind === 'use' || event.kind === 'delete') return event.node
  return event.kind === 'bind' ? event.binding.name : null
}
