/**
 * The objects of a frame that are held after their last use: found once, reported by the three rules whose names end in
 * `held` (and `held-after-last-use`), each taking its kind. Facts only; `judgement.ts` decides what is worth saying.
 */
import type { ExprStmt, Name, Stmt, Suite } from '../syntax/ast.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import { branchesWithout, isAbsentAt } from '../values/absence.ts'
import { resolveCallee } from '../values/calls.ts'
import { dragBetween, dragFrom, dragInRound, type DragReport } from '../values/drag.ts'
import type { Evaluator } from '../values/evaluate.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { bulkOf } from '../values/bulky.ts'
import { isOfGroups } from '../values/groups.ts'
import { isLittle } from '../values/little.ts'
import { isBulk, kindOf as kindOfType } from '../values/parts.ts'
import { freedWith } from '../values/freed.ts'
import { isSmall, join, type Value } from '../values/value.ts'
import { isOneOf, keptSites } from './displayed.ts'
import { changedLast } from './changed-last.ts'
import { keptByGraph } from './layer-graphs.ts'
import { contains } from '../syntax/ancestors.ts'
import type { FrameIndex } from './frame-index.ts'
import { isOutOfSight, looksAt } from './frame-looks.ts'
import { givenOut } from './given-out.ts'
import { holdingAt, type Obstacle, strongestOfEach } from './holders.ts'
import { isUse, lastUseBefore, placeNode } from './last-use.ts'
import { isRefilled } from './late-loops.ts'
import { jointRelease, legalityOf, type JointRelease } from './legality.ts'
import { isTaskThatIsOver, runningCall } from './running-calls.ts'
import { isMainGuard, isReadByName, isScript } from './script.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { placesLater } from './later-places.ts'
import { isOnlyItemUsed } from './only-item.ts'
import { isExhausted } from './exhausted.ts'
import { goesAroundDelete } from './own-deletes.ts'
import { deathsOf, isPlaceInBranch, type Death, type Place } from './places.ts'
import { textReaders } from './text-readers.ts'
import { mayBeWorthwhile } from './uncared.ts'
import { keptByUnwinding } from './unwinding.ts'

export type HeldKind = 'held-after-last-use' | 'previous-iteration-held' | 'loop-variable-held'

export interface HeldObject {
  readonly kind: HeldKind
  readonly variable: Variable
  /** Dead names of the same object, released with it. */
  readonly together: readonly Variable[]
  readonly bindings: readonly Binding[]
  readonly value: Value
  readonly places: readonly Place[]
  readonly release: JointRelease
  /** More of a kind than most arrays and tables (`values/bulky.ts`). */
  readonly bulk: number
  /** It has a row for each group of rows only (`values/groups.ts`). */
  readonly isOfGroups: boolean
  /** Let go of in a round of a loop, which has another one. */
  readonly isOfLoop: boolean
  /** Small beside the data it comes from (`values/little.ts`), and does not keep that. */
  readonly isLittle: boolean
  /** Null where no use stands right before the places: the name is never read, or on other ways only. */
  readonly lastUse: Name | null
  /** Where it is read on other ways only: the statement from which on it is not. */
  readonly unusedFrom: Stmt | null
  readonly drag: DragReport
  readonly doubts: readonly Obstacle[]
  /** What shows it, or a view of it, so that a notebook's history keeps it too. */
  readonly shownBy: readonly ExprStmt[]
}

export interface HeldOptions {
  /** Bytes; objects surely smaller are not looked at. */
  readonly minimumSize: number
  /** Drags of fewer points are not worth a word. */
  readonly minimumDrag: number
  /** Also objects of which nothing is known. */
  readonly includeUnknown: boolean
  /** Only what may be worthwhile where nobody cares for memory is worth a word (`uncared.ts`), or is known to be large. */
  readonly isUncared: boolean
  /** Nobody imports the module: its names are its own, whatever it does. */
  readonly isRun: boolean
  /** What the cells of a notebook end in and show. */
  readonly displayed: readonly ExprStmt[]
}

export function heldObjects(analysis: FrameAnalysis, index: FrameIndex, options: HeldOptions): readonly HeldObject[] {
  const { graph } = analysis.flow
  // The namespace of a module is no snapshot (fact 119).
  if (looksAt(graph) === null || (graph.frame !== 'module' && textReaders(analysis.values).pinsFrame)) return []
  const isOurs = graph.frame === 'module' && !options.isRun && !isScript(graph.body) ? underMainGuard(graph.body) : () => true
  const held: HeldObject[] = []
  const kept: Death[] = []
  const candidates = graph.variables.flatMap(variable => {
    if (variable.scope !== graph.scope || variable.storage === 'outer' || (graph.frame === 'module' && isReadByName(variable.name))) return []
    const values = (index.bindings.get(variable) ?? []).filter(isCandidate).map(b => freedWith(b, analysis.values))
    return [{ variable, values, isInteresting: values.some(v => isInteresting(v, options)) }]
  })
  if (options.isUncared && !candidates.some(({ variable, values }) => values.some(v => maySayOf(v, variable, analysis.values, options)))) return []
  for (const { variable, isInteresting } of candidates) {
    if (!isInteresting) continue
    for (const death of deathsOf(variable, index)) {
      const object = heldObject(death, analysis, index, options)
      if (object === null) kept.push(death)
      else if (isOurs(object) && !held.some(other => isSameAs(other, object))) held.push(object)
    }
  }
  for (const death of kept) {
    const object = heldLater(death, analysis, index, options)
    if (!object || !isOurs(object)) continue
    // Of a loader and the table in it, the table tells of its size by what it is.
    const same = held.findIndex(other => isSameAs(other, object) && other.value.size.origin === 'derived' && isBulk(object.value, analysis.values.context) && !isBulk(other.value, analysis.values.context))
    if (same >= 0) held[same] = object
    else if (!held.some(other => covers(other, object))) held.push(object)
  }
  return held
}

/** At the same places, the first lets go of all the names that the second does: one object, found under each of its names, or what holds it. */
export function covers(a: HeldObject, b: HeldObject): boolean {
  const names = [a.variable, ...a.together]
  return [b.variable, ...b.together].every(v => names.includes(v))
    && a.places.length === b.places.length && a.places.every((p, i) => p.suite === b.places[i]!.suite && p.index === b.places[i]!.index)
}

function isSameAs(a: HeldObject, b: HeldObject): boolean {
  return covers(a, b) && covers(b, a)
}

/** Bound nowhere but in the part of a module that runs as a script only. */
function underMainGuard(body: Suite): (object: HeldObject) => boolean {
  const guards = body.filter(isMainGuard)
  return ({ bindings }) => bindings.every(b => guards.some(g => contains(g, b.name)))
}

/** Parameters belong to the caller (fact 13); what `with` binds, to its manager, which ends it; imports, functions and classes are small. */
function isCandidate(binding: Binding): boolean {
  switch (binding.kind) {
    case 'parameter':
    case 'with':
    case 'import':
    case 'function':
    case 'class':
    case 'except':
    case 'type-parameter':
    case 'type-alias': return false
    default: return true
  }
}

function isInteresting(value: Value, options: HeldOptions): boolean {
  if (isSmall(value, options.minimumSize)) return false
  return options.includeUnknown || value.size.origin !== 'unknown'
}

/** Where nobody cares for memory. */
function maySayOf(value: Value, { name }: Variable, { context }: Evaluator, { minimumSize }: HeldOptions): boolean {
  return (value.size.origin === 'known' && !isSmall(value, minimumSize)) || mayBeWorthwhile(value, kindOfType(value.type, context), name)
}

function heldObject(death: Death, analysis: FrameAnalysis, index: FrameIndex, options: HeldOptions): HeldObject | null {
  for (const places of byPreference(death, analysis, options)) {
    const object = describe(death.variable, places, analysis, index, options)
    if (object) return object
  }
  return null
}

/** An object that another name surely keeps at first. */
function heldLater(death: Death, analysis: FrameAnalysis, index: FrameIndex, options: HeldOptions): HeldObject | null {
  for (const places of byPreference(death, analysis, options)) {
    const later = placesLater(death.variable, places, analysis)
    const object = later && describe(death.variable, later, analysis, index, options)
    if (object && object.drag.points >= options.minimumDrag) return object.lastUse ? object : { ...object, lastUse: lastUseBefore(death.variable, places, analysis, index), unusedFrom: stmtAt(later) }
  }
  return null
}

/**
 * The outermost places first, unless something that matters runs between the inner ones and them, or the name can be deleted
 * further in and only be set to None further out.
 */
function byPreference({ variable, alternatives }: Death, { flow, values }: FrameAnalysis, options: HeldOptions): readonly (readonly Place[])[] {
  const isWorthIt = (p: Place): boolean => dragFrom(p.point, variable, values).points >= options.minimumDrag
    && flow.reachingAt(p.point, variable).some(b => isInteresting(freedWith(b, values), options) && !branchesWithout(b, flow).some(branch => isPlaceInBranch(p, branch)) && !isAbsentAt(p.point, b, flow))
  const ordered = [...alternatives].reverse().map(places => places.filter(isWorthIt)).filter(places => places.length > 0)
  if (ordered.length <= 1) return ordered
  const isFarFrom = (outer: readonly Place[]) => (p: Place): boolean => dragBetween(p.point, outer.map(o => o.point), variable, values) >= options.minimumDrag
  let best = 0
  for (let i = 1; i < ordered.length; i++) if (ordered[i]!.some(isFarFrom(ordered[best]!))) best = i
  const isDeletable = (places: readonly Place[]) => legalityOf(variable, places, flow, values) === 'delete'
  if (!isDeletable(ordered[best]!)) best = Math.max(best, ordered.findIndex((places, i) => i > best && isDeletable(places)))
  return [ordered[best]!, ...ordered.filter((_, i) => i !== best)]
}

function describe(variable: Variable, all: readonly Place[], analysis: FrameAnalysis, index: FrameIndex, options: HeldOptions): HeldObject | null {
  const { flow, values } = analysis
  const each = all.map(place => ({ place, holding: holdingAt(flow.reachingAt(place.point, variable), place.point, analysis) }))
  // A loop that still walks the object ends: the place is further out then.
  if (each.some(h => h.holding.isWalked)) return null
  const held = each.filter(({ place, holding }) => {
    const bindings = flow.reachingAt(place.point, variable)
    return holding.blockedBy === null && !isExhausted(variable, bindings, place, values) && !bindings.some(b => isOnlyItemUsed(b, place.point, analysis)) && !goesAroundDelete(place, variable, bindings, analysis, index)
  })
  const [places, holdings] = [held.map(h => h.place), held.map(h => h.holding)]
  const bindings = unique(places.flatMap(p => flow.reachingAt(p.point, variable)))
  if (legalityOf(variable, places, flow, values) === null || bindings.length === 0 || !bindings.every(isCandidate) || bindings.some(b => isMeantToLive(b, values) && !places.every(p => isTaskThatIsOver(b, p, analysis)))) return null
  if (bindings.some(b => isRefilled(b, values) && places.some(p => contains(b.node as Stmt, placeNode(p))))) return null
  const value = bindings.reduce<Value | null>((v, b) => join(v, freedWith(b, values)), null)!
  const big = bindings.filter(b => isInteresting(freedWith(b, values), options))
  // Of what is small on every way nobody knows which it is, and that it is large is not true of any.
  if (big.length === 0 || !isInteresting(value, options)) return null
  const drag = places.map(p => dragFrom(p.point, variable, values)).reduce((a, b) => (b.points > a.points ? b : a))
  // What a task gave the event loop still has until this coroutine suspends (fact 145).
  if (big.some(b => isFromTask(b, values)) && !drag.items.some(i => i.kind === 'suspension')) return null
  const running = places.map(p => runningCall(bindings, p, drag, analysis)).find(r => r !== null)
  if (running?.surely) return null
  const perhaps = new Map(holdings.flatMap(h => [...h.perhaps]))
  const possible = [...perhaps.keys()].filter(v => legalityOf(v, places, flow, values) !== null)
  const together = unique([...holdings.flatMap(h => h.together), ...possible])
  const release = jointRelease([variable, ...together], places, analysis)
  if (release === null || ![variable, ...together].every(v => isOutOfSight(v, places, analysis)) || together.some(v => isMeantToLiveAt(v, places, analysis))) return null
  const lastUse = [variable, ...together].map(v => lastUseBefore(v, places, analysis, index)).find(n => n !== null) ?? null
  return {
    kind: kindOf(big, places, drag, variable, values),
    variable, together, bindings: big, value, places, release,
    bulk: Math.max(0, ...big.map(b => bulkOf(b, values))),
    isOfGroups: big.every(b => isOfGroups(b, values)),
    isOfLoop: places.every(p => flow.graph.blocks[p.point.block]!.loops.length > 0),
    isLittle: big.every(b => isLittle(b, values) && freedWith(b, values).size === values.ofBinding(b).size),
    lastUse,
    unusedFrom: lastUse === null && index.names.get(variable)!.some(n => isUse(n, variable, flow)) ? firstWithout(places, bindings) : null,
    drag,
    shownBy: options.displayed.filter(stmt => big.some(b => isOneOf(b, keptSites(stmt, values), values))),
    doubts: strongestOfEach([
      ...holdings.flatMap(h => h.doubts).filter(d => !together.some(v => flow.graph.bindings.some(b => b.variable === v && b.name === d.node))),
      ...places.flatMap(p => keptByUnwinding(bindings, p, analysis) ?? []),
      ...[givenOut(bindings, analysis), changedLast(lastUse, analysis), keptByGraph(value, analysis), running ?? null].filter(o => o !== null),
      ...[...perhaps].flatMap(([v, obstacle]) => (possible.includes(v) ? [] : [obstacle])),
    ]),
  }
}

/** The statement at the first place; null where each follows what binds the name. */
function firstWithout(places: readonly Place[], bindings: readonly Binding[]): Stmt | null {
  const isBoundBefore = ({ suite, index }: Place) => bindings.some(b => index > 0 && contains(suite.body[index - 1]!, b.name))
  return places.every(isBoundBefore) ? null : stmtAt(places)
}

function stmtAt([first]: readonly Place[]): Stmt | null {
  return first!.suite.body[first!.index] ?? null
}

/** `await asyncio.gather(…)`, `await asyncio.to_thread(…)`, `await task`. */
function isFromTask({ value }: Binding, values: Evaluator): boolean {
  if (value?.kind === 'Await' && values.ofExpr(value.value).type === 'asyncio.Task') return true
  const callee = value?.kind === 'Await' && value.value.kind === 'Call' ? resolveCallee(value.value, values) : null
  return callee?.kind === 'model' && (callee.model.awaits !== undefined || callee.model.runs?.gives === 'result')
}

function isMeantToLiveAt(variable: Variable, places: readonly Place[], analysis: FrameAnalysis): boolean {
  const { flow, values } = analysis
  return places.some(p => flow.reachingAt(p.point, variable).some(b => isMeantToLive(b, values) && !isTaskThatIsOver(b, p, analysis)))
}

function kindOf(bindings: readonly Binding[], places: readonly Place[], drag: DragReport, variable: Variable, values: Evaluator): HeldKind {
  const loop = bindings[0]!.node
  if (bindings.every(b => b.kind === 'for') && places.every(p => !contains(loop as never, placeNode(p)))) return 'loop-variable-held'
  const endsRound = drag.endsByRebinding && places.every(p => dragInRound(p.point, variable, values) === 0)
  return endsRound ? 'previous-iteration-held' : 'held-after-last-use'
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)]
}
