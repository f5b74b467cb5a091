/**
 * Where a name can be let go: the first places, along every path, at which it is bound but will not be read again before
 * it is bound anew. A place is a gap between two statements of a suite.
 */
import type { Name, Stmt } from '../syntax/ast.ts'
import { isInBranch, type Branch } from '../flow/conditions.ts'
import type { Point, SuiteInfo, Variable } from '../flow/graph.ts'
import { arrivals } from './arrivals.ts'
import { meetsCapture } from '../values/drag.ts'
import { emptyNames } from '../flow/emptiness.ts'
import { contains } from '../syntax/ancestors.ts'
import type { FrameIndex } from './frame-index.ts'

/** The gap before `suite.body[index]`; `index` equal to the length is the end of the suite. */
export interface Place {
  readonly suite: SuiteInfo
  readonly index: number
  readonly point: Point
}

/**
 * One death of a name, and the ways to let go of it, from the places nearest to the last uses (several where branches end
 * differently) outwards to the one place after the whole statement that holds them.
 */
export interface Death {
  readonly variable: Variable
  /** At least one; each is a set of places that together cover the death. */
  readonly alternatives: readonly (readonly Place[])[]
}

export function deathsOf(variable: Variable, index: FrameIndex): readonly Death[] {
  const { flow } = index
  const names = index.names.get(variable) ?? []
  const bindings = index.bindings.get(variable) ?? []
  const arrives = arrivals(index.changes.get(variable) ?? [], flow.graph)
  return (index.suites.get(null) ?? []).flatMap(deathsInSuite)

  function deathsInSuite(suite: SuiteInfo): readonly Death[] {
    return suite.body.flatMap((stmt, i) => (names.some(n => contains(stmt, n)) ? deathsInStatement(suite, i, stmt) : []))
  }

  function deathsInStatement(suite: SuiteInfo, i: number, stmt: Stmt): readonly Death[] {
    const points = flow.graph.pointsOf(stmt)
    if (points === null) return []
    const outer = points.after !== null && isHeldDead(points.after) ? { suite, index: i + 1, point: points.after } : null
    const wasDead = isHeldDead(points.before)
    // The body of a class has names of its own.
    const nested = stmt.kind === 'ClassDef' ? [] : index.suites.get(stmt) ?? []
    if (nested.length === 0) return outer && (!wasDead || bindings.some(b => contains(stmt, b.name))) ? [alone(outer)] : []
    const within = nested.flatMap(deathsInSuite)
    const entersAlive = isRead(points.before) || bindings.some(b => inHeader(b.name, stmt, nested))
    const atStart = !entersAlive ? [] : nested.filter(s => canBegin(s) && isHeldDead(s.start) && !isEmptyHere(variable, stmt, s)).map(s => ({ suite: s, index: 0, point: s.start }))
    if (outer && (!wasDead || bindings.some(b => contains(stmt, b.name)))) return [{ variable, alternatives: [...levels(within, atStart), [outer]] }]
    // Dead before, or alive again after it: what dies inside stands for itself.
    return atStart.length > 0 ? [...within, { variable, alternatives: [atStart] }] : within
  }

  function alone(place: Place): Death {
    return { variable, alternatives: [[place]] }
  }

  function isHeldDead(point: Point): boolean {
    return arrives(point) && !isRead(point)
  }

  /** Here or by a closure that is yet to be made. */
  function isRead(point: Point): boolean {
    return flow.liveAt(point, variable) || (variable.storage === 'cell' && meetsCapture(flow.graph, point, variable))
  }
}

/** Alternatives for several deaths together: all of them nearest to the last uses, then one step further out each. */
function levels(deaths: readonly Death[], atStart: readonly Place[]): readonly (readonly Place[])[] {
  const depth = Math.max(atStart.length > 0 ? 1 : 0, ...deaths.map(d => d.alternatives.length))
  return Array.from({ length: depth }, (_, i) => [...atStart, ...deaths.flatMap(d => d.alternatives[Math.min(i, d.alternatives.length - 1)]!)])
}

/** In the statement but in none of its suites: a `for` target, a `with … as` name. */
function inHeader(name: Name, stmt: Stmt, nested: readonly SuiteInfo[]): boolean {
  return contains(stmt, name) && !nested.some(suite => suite.body.some(s => contains(s, name)))
}

/**
 * A statement can be put before the first one: not before an `elif`, which is the only statement of its suite. Nobody wants to let go
 * at the start of every round of what the `for` above it has read once.
 */
function canBegin(suite: SuiteInfo): boolean {
  const [first] = suite.body
  return first !== undefined && !(first.kind === 'If' && first.isElif) && !(suite.owner?.kind === 'For' && suite.part === 'body')
}

/** The test of the `if` says that the name holds nothing in this branch: `if x is None:`, `if not x:`, the `else` of `if x:`. */
function isEmptyHere(variable: Variable, stmt: Stmt, suite: SuiteInfo): boolean {
  return stmt.kind === 'If' && emptyNames(stmt.test, suite.part === 'body').includes(variable.name)
}

/** Is the place in one of the statements, or next to one? */
export function isPlaceIn({ suite, index }: Place, body: readonly Stmt[]): boolean {
  const node = suite.body[index] ?? suite.body[index - 1]
  return node !== undefined && body.some(stmt => stmt === node || contains(stmt, node))
}

/** Between statements that run only where a test came out so. */
export function isPlaceInBranch({ suite, index }: Place, branch: Branch): boolean {
  return suite.body === branch.body ? index >= branch.from : isInBranch(branch, suite.body[0]!)
}
