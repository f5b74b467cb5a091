/** The summary of a function: what its calls return, keep and cost, worked out from its flow and values. */
import type { ExceptHandler, Expr, Parameter, Try, Tuple } from '../syntax/ast.ts'
import { ancestorsIn, contains, someNode } from '../syntax/ancestors.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding, Event, FlowGraph } from '../flow/graph.ts'
import type { Cost } from '../models/model.ts'
import { isAbstract } from './abstract.ts'
import { oneOf } from './alternatives.ts'
import { resolveCallee } from './calls.ts'
import { capturesKept } from './captures-kept.ts'
import { compilerOf } from './compiled.ts'
import { returnedAs } from './declared.ts'
import { decorationOf, decoratorScope } from './decorators.ts'
import { frameCost } from './drag.ts'
import type { Evaluator } from './evaluate.ts'
import { isOfGroupsResult } from './groups.ts'
import { isLittleResult } from './little.ts'
import { isCollected, keptParameters, parameterOf } from './kept-parameters.ts'
import { keepingsOf, type Keeping } from './mutations.ts'
import type { ParameterLink, ReturnSummary, Summary } from './summary.ts'
import { isUsedAsPath } from './used-as-path.ts'
import { contentSize, makeValue, OUTER, type Link, type Size, type Value } from './value.ts'

export function summarise(e: Evaluator): Summary | null {
  const { graph } = e.context.flow
  const { frame } = graph
  if (frame === 'module' || frame.kind !== 'FunctionDef') return null
  if (e.context.ownClass !== null && isAbstract(frame)) return null
  const { header } = frame
  // What is yielded goes to the caller, who asks.
  const keepings = [...keepingsOf(graph, e).filter(k => k.node.kind !== 'Yield'), ...capturesKept(graph, e)]
  const lazy = graph.isGenerator ? 'generator' : header.isAsync ? 'coroutine' : null
  const results = resultsOf(e)
  const given = lazy === 'generator' ? yielded(e) : oneOf(results.map(r => e.ofExpr(r)))
  const value = given === null ? makeValue({ type: 'NoneType' }) : lazy !== 'generator' && header.returns ? returnedAs(given, header.returns, e.context) : given
  const summary = inCallersTerms(value, keepings)
  const { binding, manages, caches } = decorationOf(frame, e.context)
  const cached = caches ? header.params.map(p => ({ parameter: p.name.id, by: null, certain: caches === 'all' })) : []
  return {
    name: header.name.id,
    parameters: header.params.map(parameterText),
    returns: lazy === 'generator' && !manages ? { ...summary, type: 'generator', element: summary } : caches ? inCache(summary) : summary,
    little: lazy === null ? littleResults(results, e) : false,
    grouped: lazy === null && results.length > 0 && results.every(r => isOfGroupsResult(r, e)),
    kept: [...keptParameters(keepings), ...cached],
    opens: graph.bindings.filter(b => b.kind === 'parameter' && isUsedAsPath(b, e)).map(b => b.variable.name),
    cost: costOf(e),
    holds: compilerOf(frame, e.context.ownClass, decoratorScope(e.context)) === null ? heldWhileRunning(e) : null,
    lazy,
    binding,
    manages,
    letsGo: lazy === null ? [] : letGoIn(graph),
    neverReturns: lazy === null && !graph.blocks[graph.exit]!.reachable,
    yields: lazy === 'generator' ? yieldedFromOutside(e) : null,
    keepsYielded: lazy === 'generator' && graph.blocks.some(block => block.events.some((event, i) => isYieldOfName(event) && block.events[i + 1]?.kind !== 'delete')),
  }
}

/** With all that it is put together from. */
function inCache(part: ReturnSummary): ReturnSummary {
  return { ...part, outer: 'yes', element: part.element && inCache(part.element), items: part.items?.map(inCache) ?? null }
}

function letGoIn({ bindings, blocks }: FlowGraph): readonly string[] {
  const changed = new Set([...bindings.filter(b => b.kind !== 'parameter').map(b => b.variable), ...blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'delete' ? [e.variable] : [])))])
  return bindings.filter(b => b.kind === 'parameter' && changed.has(b.variable)).map(b => b.variable.name)
}

/** The object keeps its name here while the consumer works. */
function isYieldOfName(event: Event): boolean {
  if (event.kind !== 'suspend' || event.node.kind !== 'Yield') return false
  const { value } = event.node
  return value?.kind === 'Name' || (value?.kind === 'Tuple' && value.elts.some(item => item.kind === 'Name'))
}

function parameterText(parameter: Parameter): string {
  const stars = parameter.form === 'star' ? '*' : parameter.form === 'double-star' ? '**' : ''
  return stars + parameter.name.id
}

function resultsOf(e: Evaluator): readonly Expr[] {
  return fromEvents(e.context.flow.graph, event => (event.kind === 'return' && event.node.value ? [event.node.value] : []))
}

function littleResults(results: readonly Expr[], e: Evaluator): Summary['little'] {
  const [first, ...others] = results
  if (first?.kind === 'Tuple' && others.every(r => r.kind === 'Tuple' && r.elts.length === first.elts.length)) {
    const little = first.elts.map((_, i) => results.every(r => isLittleArray((r as Tuple).elts[i]!, e)))
    return little.includes(true) && little
  }
  return results.length > 0 && results.every(r => isLittleArray(r, e))
}

/** Of others their values tell. */
function isLittleArray(expr: Expr, e: Evaluator): boolean {
  return e.ofExpr(expr).size.origin === 'derived' && isLittleResult(expr, e)
}

function yielded(e: Evaluator): Value | null {
  return oneOf(fromEvents(e.context.flow.graph, event => (event.kind === 'suspend' && event.node.kind === 'Yield' && event.node.value ? [e.ofExpr(event.node.value)] : [])))
}

/** It yields in a loop over a file, a query or a download: so much that comes from there. */
function yieldedFromOutside(e: Evaluator): Size | null {
  for (const { events, loops, reachable } of e.context.flow.graph.blocks) {
    if (!reachable || !events.some(event => event.kind === 'suspend' && event.node.kind === 'Yield')) continue
    const sizes = loops.flatMap(({ node }) => (node.kind === 'For' ? [contentSize(e.ofExpr(node.iter))] : []))
    const outside = sizes.find(size => size.origin === 'outside')
    if (outside) return outside
  }
  return null
}

/** Of the first object made here that is known to be large or as large as something outside. */
function heldWhileRunning(e: Evaluator): Summary['holds'] {
  for (const binding of e.context.flow.graph.bindings) {
    if (binding.kind !== 'assignment' || binding.variable.storage === 'outer') continue
    const { type, size, model, guessed, links, isView } = e.ofBinding(binding)
    const isLarge = size.origin === 'outside' || (size.origin === 'known' && size.low >= LARGE)
    if (isLarge && !isView && links.some(l => l.how === 'is' && l.site !== OUTER && !l.taken) && !isCaughtHere(binding, e)) return { type, size, model, guessed, failsLater: mayFailWith(binding, e) }
  }
  return null
}

/** Whatever fails while the object is there is caught where that is made, and not raised again: no exception takes it out of the frame. */
function isCaughtHere(binding: Binding, { context: { flow } }: Evaluator): boolean {
  const around = flow.graph.body.flatMap(stmt => ancestorsIn(stmt, binding.name) ?? [])
  const stmt = around.findLast((node): node is Try => node.kind === 'Try' && node.body.some(inner => contains(inner, binding.name)) && node.handlers.some(endsErrors))
  return stmt !== undefined && !flow.graph.blocks.some(({ id, events, reachable }) => reachable && events.some((event, index) => (
    (event.kind === 'call' || event.kind === 'raise') && !contains(stmt, event.node) && flow.reachingAt({ block: id, index }, binding.variable).includes(binding)
  )))
}

/** Errors go no further: it catches each of them, though perhaps not what ends the program, and raises none itself. */
function endsErrors({ type, body }: ExceptHandler): boolean {
  const isAny = type === null || (type.kind === 'Name' && (type.id === 'Exception' || type.id === 'BaseException'))
  return isAny && !body.some(stmt => someNode(stmt, node => node.kind === 'Raise'))
}

/** Something raises while the binding's object is there, or a function of the workspace is called that may. */
function mayFailWith(binding: Binding, e: Evaluator): boolean {
  const { flow } = e.context
  const mayFail = (event: Event) => event.kind === 'raise' || (event.kind === 'call' && resolveCallee(event.node, e).kind === 'function')
  return flow.graph.blocks.some(({ id, events, reachable }) => reachable && events.some((event, index) => mayFail(event) && flow.reachingAt({ block: id, index }, binding.variable).includes(binding)))
}

/** Bytes. */
const LARGE = 1 << 20

/** Levels of elements and items that a summary tells. */
const DEPTH = 2

function inCallersTerms(value: Value, keepings: readonly Keeping[], depth = 0): ReturnSummary {
  const links: ParameterLink[] = []
  let fresh = value.links.length === 0
  let outer: ReturnSummary['outer'] = 'no'
  for (const link of value.links) {
    if (link.how === 'keeps' && (link.share === 'element' || link.share === 'little')) continue
    const parameter = parameterOf(link.site)
    if (parameter !== null) links.push(...ofParameter(link, parameter))
    else if (link.site === OUTER) outer = link.how === 'keeps' ? outer : link.certain ? 'yes' : 'maybe'
    else {
      if (link.how !== 'keeps' && !(link.taken && isTakenFromOutside(value))) fresh = true
      for (const keeping of keepings) outer = heldOutside(keeping, link, outer, links)
    }
  }
  const deeper = depth < DEPTH
  return {
    type: value.type, model: value.size.origin === 'unknown' ? null : value.model, size: value.size, count: value.count, fresh, links, outer, guessed: value.guessed, isView: value.isView,
    element: deeper && value.element ? inCallersTerms(value.element, keepings, depth + 1) : null,
    items: deeper && value.items ? value.items.map(i => inCallersTerms(i, keepings, depth + 1)) : null,
  }
}

/** What stands in `*args` and `**kwargs` are the arguments: a part of those is one of them, and what has all keeps each. */
function ofParameter({ site, how, certain, share }: Link, parameter: string): readonly ParameterLink[] {
  if (!isCollected(site)) return [{ parameter, how, certain }]
  return share === 'little' ? [] : [how === 'part' ? { parameter, how: 'is', certain: false } : { parameter, how: 'keeps', certain }]
}

/** An attribute of `self`, an element of an argument: there before the call. */
function isTakenFromOutside(value: Value): boolean {
  return value.links.some(l => l.how === 'part' && (l.site === OUTER || parameterOf(l.site) !== null))
}

/**
 * A local object that the function also stores away, or stores a parameter in. The value has to do with that as surely as with the object; what it
 * only keeps may be stored without it, and what it is only a part of may keep something else.
 */
function heldOutside(keeping: Keeping, { site, how, certain }: Link, outer: ReturnSummary['outer'], links: ParameterLink[]): ReturnSummary['outer'] {
  let result = outer
  const stored = keeping.kept.links.find(l => l.site === site && l.how !== 'part')
  if (stored) {
    const isSure = certain && how !== 'keeps' && stored.certain && keeping.certain
    for (const owner of keeping.owner.links) {
      const parameter = parameterOf(owner.site)
      if (parameter !== null) links.push({ parameter, how: 'part', certain: isSure && owner.certain })
      else if (owner.site === OUTER) result = isSure ? 'yes' : result === 'no' ? 'maybe' : result
    }
  }
  // What a part of it keeps (`box.rows.append(block)`), it keeps as long as it has that part.
  const own = keeping.owner.links.filter(l => l.site === site && l.how !== 'keeps')
  if (own.length > 0) {
    const isSure = certain && how !== 'part' && keeping.certain && own.some(l => l.how === 'is')
    for (const kept of keeping.kept.links) {
      const parameter = parameterOf(kept.site)
      // A part of an argument keeps the rest of it no longer than a view would.
      const isWhole = kept.how !== 'part' || kept.share === 'all' || isCollected(kept.site)
      if (parameter !== null) links.push({ parameter, how: 'keeps', certain: isSure && isWhole && kept.certain })
    }
  }
  return result
}

function costOf(e: Evaluator): Cost {
  const { points, waits } = frameCost(e)
  if (waits) return 'blocking'
  if (points >= HEAVY) return 'heavy'
  return points >= LINEAR ? 'linear' : 'trivial'
}

/** Points (see `drag.ts`) of a body that counts as long-running, and as more than a few words. */
const HEAVY = 24
const LINEAR = 2
