/**
 * An existing `del x` or `x = None` that frees nothing: the object is surely held elsewhere, or the frame ends anyway.
 * Page: useless-del.md.
 */
import type { Assign, Delete, Name, Stmt } from '../syntax/ast.ts'
import { isNone } from '../syntax/expressions.ts'
import type { Binding, Block, Event, FlowGraph, Point, SuiteInfo, Variable } from '../flow/graph.ts'
import { removeStatement } from '../fixes/removal.ts'
import { meetsDelete } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { dottedOf } from '../values/names.ts'
import { isBulk } from '../values/parts.ts'
import { join, type Value } from '../values/value.ts'
import { collectionBy } from '../values/weights.ts'
import type { Finding, Fix } from './finding.ts'
import { freedWith } from '../values/freed.ts'
import { holdingAt, type Holding } from './holders.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { unpairing } from '../fixes/unpair.ts'
import type { Source } from '../syntax/source.ts'
import { copyEdits, isPlain, narrowViewOf, riskOfCopy } from './narrow-views.ts'
import type { Draft, FrameFacts, Rule } from './rule.ts'
import { isTest } from './test-code.ts'
import { textReaders } from './text-readers.ts'
import { mayBeWritten } from './writes.ts'
import { estimateOf, listed } from './wording.ts'

export const uselessDel: Rule = {
  name: 'useless-del',
  summary: 'an existing `del` frees nothing, because the object is held elsewhere or the function ends anyway',
  check: facts => facts.analysis.flow.graph.suites.flatMap(suite => suite.body.flatMap((stmt, i) => inStatement(stmt, i, suite, facts))),
}

interface UselessRelease {
  readonly stmt: Delete | Assign
  readonly name: Name
  readonly variable: Variable
  readonly bindings: readonly Binding[]
  readonly value: Value
  readonly reason: { readonly kind: 'held'; readonly holding: Holding } | { readonly kind: 'end' }
}

function inStatement(stmt: Stmt, index: number, suite: SuiteInfo, facts: FrameFacts): readonly Draft[] {
  const names = releasedNames(stmt)
  if (names.length === 0 || isRename(names, suite.body[index - 1], suite.body[index + 1])) return []
  if (new Set(names.map(name => name.id)).size < names.length) return []
  const found = names.map(name => useless(stmt as Delete | Assign, name, index, suite, facts))
  // A statement that frees something of use is left alone as a whole.
  if (found.some(f => f === null || isHeldBy(f, names))) return []
  const [first] = found
  return [source => ({ ...finding(found as readonly UselessRelease[], first!, facts), fixes: [copyFix(found as readonly UselessRelease[], facts) ?? rewriteFix(found as readonly UselessRelease[], facts, source) ?? removeStatement(suite, index, source)] })]
}

/** By a name that goes at the same time. */
function isHeldBy({ reason }: UselessRelease, names: readonly Name[]): boolean {
  const holder = reason.kind === 'held' && !reason.holding.isWalked ? reason.holding.blockedBy!.node : null
  return holder?.kind === 'Name' && names.some(name => name.id === holder.id)
}

/** What holds the object is a small view of it: a copy of that makes the statement do what it was written for. */
function copyFix([only, ...others]: readonly UselessRelease[], { analysis, index }: FrameFacts): Fix | null {
  const holder = only?.reason.kind === 'held' ? only.reason.holding.blockedBy!.node : null
  const binding = analysis.flow.graph.bindings.find(b => b.name === holder)
  const view = others.length === 0 && binding?.value && isPlain(binding) ? narrowViewOf(binding.value, analysis.values) : null
  if (!only || !view || view.form === null || view.doubt !== null || view.base.kind !== 'Name' || view.base.id !== only.name.id) return null
  const risk = riskOfCopy(view) ?? (mayBeWritten(view, only.variable, { analysis, index }) ? 'unless they change each other' : null)
  return { title: `Copy what \`${binding!.name.id}\` shows${risk === null ? '' : `: ${risk}`}`, kind: 'copy', safety: risk === null ? 'safe' : 'unsafe', edits: copyEdits(view) }
}

/** What holds the object lets go of it once it has made the next: written otherwise, nothing but the name has it. */
function rewriteFix([only, ...others]: readonly UselessRelease[], facts: FrameFacts, source: Source): Fix | null {
  const late = only?.reason.kind === 'held' ? only.reason.holding.late : null
  return late?.maker && others.length === 0 && late.maker.target.id === only!.name.id ? unpairing(late, facts)?.([], source) ?? null : null
}

/** `table = rows` right before `del rows`: a new name for the object, and nobody takes it for a release, unless a collection follows. */
function isRename([only, ...others]: readonly Name[], before: Stmt | undefined, after: Stmt | undefined): boolean {
  if (after?.kind === 'ExprStmt' && after.value.kind === 'Call' && collectionBy(after.value) !== null) return false
  return others.length === 0 && before?.kind === 'Assign' && before.value.kind === 'Name' && before.value.id === only!.id && before.targets.every(t => t.kind === 'Name')
}

/** `del a, b` and `a = b = None`; nothing for attributes and items. */
function releasedNames(stmt: Stmt): readonly Name[] {
  const targets = stmt.kind === 'Delete' ? stmt.targets : stmt.kind === 'Assign' && isNone(stmt.value) ? stmt.targets : []
  return targets.every(t => t.kind === 'Name') ? targets as readonly Name[] : []
}

function useless(stmt: Delete | Assign, name: Name, index: number, suite: SuiteInfo, facts: FrameFacts): UselessRelease | null {
  const { analysis } = facts
  const { graph } = analysis.flow
  const points = graph.pointsOf(stmt)
  const variable = releasedVariable(name, graph)
  if (points === null || variable === null) return null
  if (!isIdle(variable, points, analysis)) return null
  const bindings = analysis.flow.reachingAt(points.before, variable)
  if (bindings.length === 0) return null
  const value = bindings.reduce<Value | null>((v, b) => join(v, freedWith(b, analysis.values)), null)!
  if (!isForMemory(value, facts) || bindings.some(b => isMeantToLive(b, analysis.values)) || isExport(value)) return null
  const base = { stmt, name, variable, bindings, value }
  if (stmt.kind === 'Delete' && endsFrame(index, suite, facts) && !bindings.some(b => mayHoldFrame(b, analysis))) return { ...base, reason: { kind: 'end' } }
  if (stmt.kind !== 'Delete') return null
  // Whatever it may be that the name holds here, something else has to hold it.
  const holdings = bindings.filter(b => b.value === null || !isNone(b.value)).map(b => holdingAt([b], points.before, analysis))
  const [holding] = holdings
  return holding && holdings.every(h => isSure(h, points.before, analysis) && !holderEnds(stmt, h, analysis)) ? { ...base, reason: { kind: 'held', holding } } : null
}

/** It can be shown who holds the object, and nothing here may have made that let go before. */
function isSure({ blockedBy, isWalked }: Holding, at: Point, { flow }: FrameAnalysis): boolean {
  const holder = blockedBy?.node ?? null
  if (holder === null || blockedBy?.elementsOnly) return false
  if (isWalked || holder.kind !== 'Name') return true
  const variable = flow.graph.bindings.find(b => b.name === holder)?.variable
  if (variable === undefined || flow.reachingAt(at, variable).length > 1) return variable === undefined
  // What an argument had, it may have been made to forget.
  const isParameter = flow.graph.bindings.some(b => b.name === holder && b.kind === 'parameter')
  return !isParameter || !flow.graph.blocks.some(b => b.events.some(e => e.kind === 'store' && dottedOf(e.node)?.root === holder.id))
}

/** A local of the frame itself: a class body has names of its own. */
function releasedVariable(name: Name, graph: FlowGraph): Variable | null {
  const point = graph.pointOf(name)
  const event = point && graph.blocks[point.block]!.events[point.index]
  const variable = event?.kind === 'delete' ? event.variable : event?.kind === 'bind' ? event.binding.variable : null
  return variable?.scope === graph.scope && variable.storage === 'local' ? variable : null
}

/** What holds the object lets go of it while the frame goes on: a loop that ends, a name that is bound anew, a place in it that is given something else. Then the statement has its use. */
function holderEnds(stmt: Stmt, { blockedBy, isWalked, late }: Holding, { cautious: { graph } }: FrameAnalysis): boolean {
  const after = graph.pointsOf(stmt)?.after
  const holder = blockedBy!.node!
  if (!after || late !== null) return false
  const isOutside = ({ id, events, loops }: Block) => events.length > 0 && id !== graph.exit && id !== graph.raised && !loops.some(l => l.node.kind === 'For' && l.node.iter === holder)
  const id = holder.kind === 'Name' ? holder.id : holder.kind === 'Parameter' ? holder.name.id : null
  const changes = (event: Event) => (event.kind === 'bind' && event.binding.variable.name === id) || (event.kind === 'delete' && event.variable.name === id) || (event.kind === 'store' && id !== null && dottedOf(event.node)?.root === id)
  const ahead = [...blocksAfter(after, graph)]
  if (isWalked) return ahead.some(isOutside)
  return graph.blocks[after.block]!.events.slice(after.index).some(changes) || ahead.some(block => block.events.some(changes))
}

/** Where control may get to from a point, exceptional ways included. */
function blocksAfter({ block }: Point, { blocks }: FlowGraph): ReadonlySet<Block> {
  const reached = new Set<Block>()
  const queue = [blocks[block]!]
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    for (const id of [...from.successors, ...from.handlers]) {
      const next = blocks[id]!
      if (reached.has(next)) continue
      reached.add(next)
      queue.push(next)
    }
  }
  return reached
}

/** Taking the statement away changes nothing: it does not raise, and nothing finds out afterwards that the name is still bound. */
function isIdle(variable: Variable, { before, after }: { readonly before: Point; readonly after: Point | null }, { flow, values }: FrameAnalysis): boolean {
  if (flow.graph.scope.seesFrames || textReaders(values).mayRead(variable.name) || flow.boundAt(before, variable) !== 'yes') return false
  return after === null || !(flow.liveAt(after, variable) || meetsDelete(flow.graph, after, variable))
}

/** Letting go of it opens a buffer again: a bytearray may grow, a map may be closed (fact 56). */
function isExport({ type }: Value): boolean {
  return type === 'memoryview'
}

/** Only a release of something that may be large is about memory; others are about names. */
function isForMemory(value: Value, facts: FrameFacts): boolean {
  const { context } = facts.analysis.values
  if (value.size.origin === 'known') return value.size.low >= facts.options.minimumSize
  return value.size.origin === 'outside' || (isBulk(value, context) && !value.guessed)
}

/** An exception caught here keeps the frame, and the frame its names: letting go of them opens the circle (fact 76). */
function mayHoldFrame(binding: Binding, { values }: FrameAnalysis): boolean {
  return values.ofBinding(binding).links.some(({ site }) => typeof site !== 'string' && 'variable' in site && site.kind === 'except')
}

/** The last thing a function does; a `finally` or an enclosing loop or `with` still runs something. */
function endsFrame(index: number, suite: SuiteInfo, facts: FrameFacts): boolean {
  return facts.scope !== '<module>' && suite.owner === null && index === suite.body.length - 1
}

/** Tests let go of small things, for tidiness or to see what happens then. */
function isOfTests({ size }: Value, { options, scope }: FrameFacts): boolean {
  return size.origin !== 'known' && (options.inTests || isTest(scope))
}

function finding(found: readonly UselessRelease[], first: UselessRelease, facts: FrameFacts): Omit<Finding, 'fixes'> {
  const names = listed(found.map(f => `\`${f.name.id}\``))
  const holder = first.reason.kind === 'held' ? first.reason.holding.blockedBy! : null
  const isLate = first.reason.kind === 'held' && first.reason.holding.late !== null
  const message = holder && isLate ? `This frees nothing before the next round has made its object: ${holder.why}. Both have to let it go, or this statement can.` : holder
    ? `This frees nothing: ${names} ${found.length > 1 ? 'are' : 'is'} still held (${holder.why}). Let that go too, or remove this statement.`
    : `This frees nothing: the function ends here and releases ${names} anyway. Remove this statement.`
  return {
    rule: 'useless-del', severity: 'hint', confidence: isOfTests(first.value, facts) ? 'possible' : 'likely', message,
    name: first.name.id, names: found.map(f => f.name.id), scope: facts.scope, span: first.stmt, binding: first.bindings[0]!.name, lastUse: null,
    size: estimateOf(first.value.size), drag: [], heldUntil: holder ? holder.why : 'function exit',
    notes: holder?.node ? [{ start: holder.node.start, end: holder.node.end, message: holder.why, holds: true }] : [],
  }
}
