/**
 * Whether some statements of a suite can become a function of their own, and what goes in and comes out. Worked out on the graph where context
 * managers may swallow exceptions, so that nothing rests on trust.
 */
import type { Node, Stmt } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding, Point, SuiteInfo, Variable } from '../flow/graph.ts'
import { isReadInVain } from '../flow/vain-reads.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { isSmall } from '../values/value.ts'
import { capturesOf } from '../rules/captures.ts'
import { contains } from '../syntax/ancestors.ts'
import { beginningIn, nodeOf, placedEvents, type Placed, type PlacedEvents } from './placed-events.ts'
import { isMeantToLive } from '../rules/meant-to-live.ts'

/** `suite.body[first]` up to, not including, `suite.body[end]`. */
export interface Region {
  readonly suite: SuiteInfo
  readonly first: number
  readonly end: number
}

export interface Extraction {
  /** In the order in which the statements name them, `self` first. */
  readonly parameters: readonly string[]
  /** Bound inside and needed later, in the order of their bindings. */
  readonly results: readonly string[]
  /** Other names of the region whose objects nothing is known of: they go when the function returns. */
  readonly unknown: readonly string[]
}

export function extractionOf({ suite, first, end }: Region, analysis: FrameAnalysis): Extraction | null {
  const statements = suite.body.slice(first, end)
  const flow = analysis.cautious
  const entry = flow.graph.pointsOf(statements[0]!)?.before
  const exit = flow.graph.pointsOf(statements.at(-1)!)?.after
  if (!entry || !exit || !statements.every(stmt => canMove(stmt, 0))) return null
  const region = new Events(statements, flow)
  const bound = region.bound()
  const taken = region.taken()
  if (![...bound, ...taken].every(v => isOwn(v)) || bound.some(v => !isPlain(v))) return null
  if (!region.ownsItsClosures(bound, analysis) || region.leaksOnException(bound) || region.deletesFromOutside()) return null
  const results = bound.filter(v => flow.liveAt(exit, v))
  if (taken.length > MOST_PARAMETERS || taken.some(v => isImported(v, entry, flow))) return null
  if (taken.some(v => flow.boundAt(entry, v) !== 'yes') || results.some(v => flow.boundAt(exit, v) !== 'yes')) return null
  if (taken.some(v => !flow.liveAt(exit, v) && isLarge(v.name, analysis))) return null
  // A result that some way leaves as it was has to come in first.
  if (results.some(v => !taken.includes(v) && region.mayComeFromOutside(v, exit))) return null
  // What is bound in one round of a loop around, the next may read: it would have to come in, and is not there in the first.
  if (bound.some(v => !taken.includes(v) && flow.liveAt(entry, v))) return null
  // What a name held before would live on where the statements no longer bind it anew.
  if (bound.some(v => !results.includes(v) && region.mayComeFromOutside(v, entry))) return null
  if (bound.some(v => !results.includes(v) && (region.takesItsScope(v) || isReadInVain(v, flow.graph)))) return null
  const dropped = bindingsIn(statements, analysis).filter(b => !results.some(v => v.name === b.variable.name))
  if (dropped.some(b => isMeantToLive(b, analysis.values))) return null
  return { parameters: taken.map(v => v.name), results: results.map(v => v.name), unknown: [...new Set(dropped.filter(b => isUnknown(b, analysis)).map(b => b.variable.name))] }

  /** A local of the frame: names of enclosing functions and declared globals are left alone. */
  function isOwn(variable: Variable): boolean {
    return variable.storage !== 'outer' && !variable.writtenInside && variable.scope === flow.graph.scope
  }

  /** Deleted nowhere but inside: a `del` that is there already would find nothing. */
  function isPlain(variable: Variable): boolean {
    return region.outsideOf(variable).every(({ event }) => event.kind !== 'delete' || event.implicit)
  }
}

/** With more of them the statements are too much of one piece with the rest. */
const MOST_PARAMETERS = 6

/** The function imports it itself: nobody passes modules on. */
function isImported(variable: Variable, at: Point, flow: FlowAnalysis): boolean {
  return flow.graph.frame !== 'module' && flow.reachingAt(at, variable).some(b => b.kind === 'import')
}

/** The events of a frame, those of some statements apart from the others. */
class Events {
  private readonly inside: readonly Placed[]
  private readonly start: number
  private readonly end: number
  private readonly flow: FlowAnalysis
  private readonly placed: PlacedEvents

  /** `statements` stand one after the other. */
  constructor(statements: readonly Stmt[], flow: FlowAnalysis) {
    this.flow = flow
    this.start = statements[0]!.start
    this.end = statements.at(-1)!.end
    this.placed = placedEvents(flow.graph)
    this.inside = beginningIn(this.placed.all, this.start, this.end)
  }

  /** What happens to the variable elsewhere. */
  outsideOf(variable: Variable): readonly Placed[] {
    return this.placed.of(variable).filter(({ node }) => !this.isInside(node))
  }

  private isInside(node: Node): boolean {
    return this.start <= node.start && node.end <= this.end
  }

  /** What the variable holds at the point may be what it was bound to elsewhere. */
  mayComeFromOutside(variable: Variable, point: Point): boolean {
    return this.flow.reachingAt(point, variable).some(b => !this.isInside(b.name))
  }

  /** The name is read outside, which is bound nowhere but inside: without the statements it would mean a global. */
  takesItsScope(variable: Variable): boolean {
    const outside = this.outsideOf(variable)
    return outside.some(({ event }) => event.kind === 'use') && !outside.some(({ event }) => event.kind === 'bind')
  }

  /** Names of the frame that the statements bind; those of comprehensions are their own. */
  bound(): readonly Variable[] {
    return this.variables(({ event }) => (event.kind === 'bind' ? [event.binding.variable] : event.kind === 'delete' ? [event.variable] : []))
  }

  /**
   * Names that come from outside, to the statements or to closures that are made and gone in them. Those that the module binds and the
   * statements only read stay globals; so do the globals a function reads.
   */
  taken(): readonly Variable[] {
    const { graph } = this.flow
    const bound = new Set(this.bound())
    const isFromOutside = (v: Variable, point: Point) => !isGlobal(v, graph.scope) && (v.storage === 'outer' || this.mayComeFromOutside(v, point))
    const fromOutside = this.variables(({ event, point }) => {
      const read = event.kind === 'use' ? [event.variable] : event.kind === 'closure' ? event.captures : []
      return read.filter(v => isFromOutside(v, point))
    }).filter(v => graph.frame !== 'module' || bound.has(v))
    return fromOutside.filter(v => v.name === 'self').concat(fromOutside.filter(v => v.name !== 'self'))
  }

  /** A function can only unbind what it binds. */
  deletesFromOutside(): boolean {
    return this.inside.some(({ event, point }) => event.kind === 'delete' && !event.implicit && this.mayComeFromOutside(event.variable, point))
  }

  /** What closures capture is theirs: made inside and gone with the expression, or of names the statements leave alone in a module. */
  ownsItsClosures(bound: readonly Variable[], { flow, values }: FrameAnalysis): boolean {
    const transient = (variable: Variable, closure: Node) => {
      const twin = flow.graph.variables.find(v => v.name === variable.name && v.scope === variable.scope)
      return twin !== undefined && capturesOf(twin, values).some(c => c.closure === closure && c.isTransient)
    }
    const isGlobal = (variable: Variable) => this.flow.graph.frame === 'module' && !bound.includes(variable)
    return this.inside.every(({ event }) => event.kind !== 'closure' || event.captures.every(v => isGlobal(v) || transient(v, event.node)))
      && this.placed.closures.every(({ event, node }) => event.kind !== 'closure' || this.isInside(node) || !event.captures.some(v => bound.includes(v)))
  }

  /** Does an exception that leaves the statements come to code that reads what they have bound by then? */
  leaksOnException(bound: readonly Variable[]): boolean {
    const { graph } = this.flow
    const handlers = new Set(this.inside.flatMap(({ point }) => graph.blocks[point.block]!.handlers))
    return [...handlers].some(block => block !== graph.raised && this.isLeft(block) && bound.some(v => this.flow.liveAt({ block, index: 0 }, v)))
  }

  /** The first code that runs from the block on is outside. */
  private isLeft(block: number): boolean {
    const { blocks } = this.flow.graph
    const seen = new Set<number>()
    const queue = [block]
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      const [event] = blocks[id]!.events
      if (event === undefined) queue.push(...blocks[id]!.successors)
      else if (!this.isInside(nodeOf(event))) return true
    }
    return false
  }

  private variables(pick: (placed: Placed) => readonly Variable[]): readonly Variable[] {
    const { scope } = this.flow.graph
    const found = this.inside.flatMap(placed => pick(placed).filter(v => v.scope === scope || v.storage === 'outer'))
    return [...new Set(found)]
  }
}

function isGlobal({ name, storage }: Variable, scope: Variable['scope']): boolean {
  const symbol = scope.symbols.get(name)
  return storage === 'outer' && (symbol === undefined || symbol.scope.startsWith('global'))
}

function bindingsIn(statements: readonly Stmt[], { flow }: FrameAnalysis): readonly Binding[] {
  return flow.graph.bindings.filter(({ kind, name, variable }) => variable.scope === flow.graph.scope && !ENDED.has(kind) && statements.some(stmt => contains(stmt, name)))
}

/** What ends by itself, or is there anyway. */
const ENDED: ReadonlySet<Binding['kind']> = new Set(['with', 'import', 'except', 'comprehension'])

/** A local that may be large: were it to end inside, the call of the new function would hold it until it returns (fact 13). */
function isLarge(name: string, { flow, values }: FrameAnalysis): boolean {
  return flow.graph.bindings.some(binding => {
    if (binding.variable.name !== name || binding.variable.scope !== flow.graph.scope || binding.kind === 'parameter') return false
    const value = values.ofBinding(binding)
    return value.size.origin !== 'unknown' && !isSmall(value, LARGE)
  })
}

/** Bytes. */
const LARGE = 1 << 20

function isUnknown(binding: Binding, { values }: FrameAnalysis): boolean {
  const { type, size } = values.ofBinding(binding)
  return type === null && size.origin === 'unknown'
}

/** Nothing in it speaks of the frame or the class it stands in. `loops`: how many of the loops around are part of the region. */
function canMove(node: Node, loops: number): boolean {
  switch (node.kind) {
    case 'Return': case 'Yield': case 'YieldFrom': case 'Await': case 'Global': case 'Nonlocal': case 'FunctionDef': case 'ClassDef':
    case 'TypeAlias': case 'ErrorStmt': case 'ErrorExpr': return false
    case 'Break': case 'Continue': return loops > 0
    case 'For': case 'With': case 'Generator': if (node.isAsync) return false; break
    case 'ImportFrom': return !node.star
    case 'Name': return !isPrivate(node.id) && node.id !== 'super' && node.id !== '__class__'
    case 'Attribute': if (isPrivate(node.attr)) return false
  }
  const inner = node.kind === 'For' || node.kind === 'While' ? loops + 1 : loops
  let can = true
  // The `else` of a loop belongs to the loops around it.
  forEachChild(node, child => { can &&= canMove(child, isElse(node, child) ? loops : inner) })
  return can
}

function isElse(node: Node, child: Node): boolean {
  return (node.kind === 'For' || node.kind === 'While') && node.orelse.includes(child as Stmt)
}

/** The class it stands in mangles it. */
function isPrivate(name: string): boolean {
  return name.startsWith('__') && !name.endsWith('__')
}
