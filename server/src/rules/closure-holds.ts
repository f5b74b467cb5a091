/** A function made inside another one keeps a big local of it. Page: closure-holds.md. */
import type { Expr, FunctionDef, Name, Node, Return, Stmt } from '../syntax/ast.ts'
import { contains, someNode } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { Variable } from '../flow/graph.ts'
import { replacement } from '../fixes/edits.ts'
import { insertStatement } from '../fixes/insertion.ts'
import { releaseFix } from '../fixes/release.ts'
import { dragFrom, meetsCapture, type DragReport } from '../values/drag.ts'
import { kindOf } from '../values/parts.ts'
import { POINTS } from '../values/weights.ts'
import { capturedObject, findingOn, leaves, readBy, type Captured } from './captured.ts'
import { capturesOf } from './captures.ts'
import { lackOfCare } from './care.ts'
import { isDefault, needsLittle } from './closure-needs.ts'
import type { Finding, Fix } from './finding.ts'
import { holdingAt, type Obstacle } from './holders.ts'
import { calledOnly, type InnerFunction } from './inner-functions.ts'
import { judge, type Verdict } from './judgement.ts'
import { releaseForm } from './legality.ts'
import { deathsOf, type Place } from './places.ts'
import type { Draft, FrameFacts, FrameRule } from './rule.ts'
import { whereTo } from './where.ts'
import { dragTexts, listed, meanwhile, sizeText } from './wording.ts'

export const closureHolds: FrameRule = {
  name: 'closure-holds',
  summary: 'an inner function, lambda or callback keeps a big local it is done with, or needs little of',
  check: facts => {
    const { graph } = facts.analysis.flow
    if (graph.frame === 'module' || graph.scope.seesFrames) return []
    return graph.variables.flatMap(variable => {
      const isCaptured = variable.storage === 'cell'
      if (variable.scope !== graph.scope || variable.writtenInside || !(isCaptured || isDefault(variable, graph))) return []
      const held = capturedObject(variable, facts)
      const finding = held && ((isCaptured ? afterLastCall(held, facts) ?? inCycle(held, facts) : null) ?? needsLittle(held, facts))
      return finding ? [finding] : []
    })
  },
}

/** Nobody calls the function any more, but the object stays until the frame ends. */
function afterLastCall(captured: Captured, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const { variable, value } = captured
  const inner = calledOnly(variable, facts)
  if (inner === null || inner.length === 0) return null
  for (const places of lastPlaces(captured, inner, facts)) {
    const drag = dragFrom(places[0]!.point, variable, analysis.values)
    // It is let go soon anyway.
    if (drag.points < POINTS.heavy) continue
    const holding = holdingAt(analysis.flow.reachingAt(places[0]!.point, variable), places[0]!.point, analysis)
    if (holding.blockedBy !== null || holding.together.length > 0) continue
    const circumstances = { kind: kindOf(value.type, analysis.values.context), scope, ...lackOfCare(analysis, options) }
    const verdict = judge({ kind: 'held-after-last-use', value, variable, drag, doubts: holding.doubts }, circumstances, options)
    const form = releaseForm(variable, places, analysis)
    if (verdict === null || form === null) continue
    return source => lastCallFinding(captured, inner, { places, drag, verdict, form, doubts: holding.doubts }, facts, source)
  }
  return null
}

/** Where neither the object nor any function that can read it is used again, nor a function is yet to be made that reads or calls one of them. */
function lastPlaces({ variable }: Captured, inner: readonly InnerFunction[], { analysis, index }: FrameFacts): readonly (readonly Place[])[] {
  const { flow } = analysis
  const names = [variable, ...inner.map(i => i.variable)]
  const isOver = ({ point }: Place) => names.every(v => !flow.liveAt(point, v) && !meetsCapture(flow.graph, point, v)) && flow.reachingAt(point, variable).length > 0
  return [...new Set(names)].flatMap(v => deathsOf(v, index)).flatMap(death => [...death.alternatives].reverse()).filter(places => places.every(isOver))
}

interface LastCall {
  readonly places: readonly Place[]
  readonly drag: DragReport
  readonly verdict: Verdict
  readonly form: 'delete' | 'none'
  readonly doubts: readonly Obstacle[]
}

function lastCallFinding(captured: Captured, inner: readonly InnerFunction[], last: LastCall, facts: FrameFacts, source: Source): Finding {
  const { variable } = captured
  const drag = dragTexts(last.drag.items, source)
  const callers = listed(inner.map(i => `\`${i.variable.name}()\``))
  const fix = releaseFix({ names: [variable.name], gaps: last.places, form: last.form, risk: null }, source)
  const uses = inner.flatMap(i => facts.index.names.get(i.variable) ?? []).concat(facts.index.names.get(variable) ?? [])
  const [place] = last.places
  const before = place!.index > 0 ? place!.suite.body[place!.index - 1]! : place!.suite.owner
  const span = before ? uses.filter(n => contains(before, n)).at(-1) ?? captured.binding.name : captured.binding.name
  return {
    ...findingOn(captured, last.verdict, drag, facts),
    message: `\`${variable.name}\` is kept for ${callers}, which ${inner.length > 1 ? 'are' : 'is'} not called after this, until the function returns (${sizeText(captured.value.size)}).${meanwhile(drag)} \`${fix.edits[0]!.newText.trim()}\` ${whereTo(last.places, span, source)} lets it go.`,
    span, lastUse: span, heldUntil: 'function exit', notes: inner.map(i => readBy(i.closure)), fixes: [fix],
  }
}

/** A function that calls itself keeps itself and what it captures until the collector comes by (fact 97), and so does a class (fact 98). */
function inCycle(captured: Captured, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const { variable, value } = captured
  const cyclic = cyclicClosure(captured, facts)
  const { graph } = analysis.flow
  const isDeleted = analysis.flow.reachingAt({ block: graph.exit, index: 0 }, variable).length === 0
  if (cyclic === null || isDeleted || leaves(captured, cyclic.node, facts)) return null
  const verdict = judge({ kind: 'held-after-last-use', value, variable, drag: { points: POINTS.heavy, collects: null }, doubts: [] }, { kind: kindOf(value.type, analysis.values.context), scope }, options)
  if (verdict === null) return null
  return source => ({
    ...findingOn(captured, verdict, [], facts),
    message: `\`${variable.name}\` outlives the function: \`${cyclic.name.id}\` ${cyclic.node.kind === 'ClassDef' ? 'is a class, which refers to itself,' : 'calls itself'} and keeps what it reads, so that only the garbage collector frees them, which may be much later (${sizeText(value.size)}). \`del ${variable.name}\` after the last use lets it go at once.`,
    span: cyclic.name, lastUse: null, heldUntil: 'a run of the garbage collector', notes: [
      { start: cyclic.name.start, end: cyclic.name.end, message: `\`${cyclic.name.id}\` refers to itself, so that it stays until the garbage collector comes by, and what it reads stays with it`, holds: true },
      { start: captured.binding.name.start, end: captured.binding.name.end, message: 'this is what it keeps' },
    ],
    fixes: cycleFixes(captured, facts, source),
  })
}

function cyclicClosure({ variable }: Captured, facts: FrameFacts): { readonly node: FunctionDef | Node; readonly name: Name } | null {
  const inner = calledOnly(variable, facts)
  const rec = inner?.find(i => i.isCyclic)
  if (rec && rec.closure.kind === 'FunctionDef') return { node: rec.closure, name: rec.closure.header.name }
  const classes = capturesOf(variable, facts.analysis.values).filter(c => c.closure.kind === 'ClassDef')
  const [only] = classes
  return only && only.closure.kind === 'ClassDef' ? { node: only.closure, name: only.closure.name } : null
}

/** `return walk(0)` becomes three statements; where the function ends otherwise, the `del` goes to the end. */
function cycleFixes({ variable }: Captured, { analysis, index }: FrameFacts, source: Source): readonly Fix[] {
  const { graph } = analysis.flow
  const top = graph.suites.find(s => s.owner === null)
  const returns = graph.blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'return' ? [e.node] : [])))
  const last = top?.body.at(-1)
  if (!top || !last || graph.isGenerator) return []
  const isSole = returns.length === 1 && returns[0] === last
  if (last.kind === 'Return' && isSole && last.value !== null) return returnFix(last, last.value, variable, top, source, !graph.variables.some(v => v.name === 'result'), analysis.flow.boundAt(graph.pointsOf(last)!.before, variable) === 'yes')
  const after = graph.pointsOf(last)?.after
  if (returns.length > 0 || !after || analysis.flow.boundAt(after, variable) !== 'yes' || (index.names.get(variable) ?? []).length === 0) return []
  return [{ title: `Insert \`del ${variable.name}\``, kind: 'delete', safety: 'safe', edits: [insertStatement({ suite: top, index: top.body.length }, `del ${variable.name}`, source)] }]
}

function returnFix(stmt: Return, value: Expr, variable: Variable, suite: { readonly body: readonly Stmt[]; readonly owner: null | Stmt }, source: Source, isFree: boolean, isBound: boolean): readonly Fix[] {
  if (!isFree || !isBound || someNode(value, n => n.kind === 'Lambda' || (n.kind === 'Comprehension' && n.form === 'generator'))) return []
  const index = suite.body.indexOf(stmt)
  const first = insertStatement({ suite, index: index + 1 }, `del ${variable.name}`, source)
  const then = insertStatement({ suite, index: index + 1 }, 'return result', source)
  return [{
    title: `Keep the result, \`del ${variable.name}\`, then return`, kind: 'extract', safety: 'safe',
    edits: [replacement({ start: stmt.start, end: value.start }, 'result = '), { ...first, newText: first.newText + then.newText }],
  }]
}
