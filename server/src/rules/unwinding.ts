/**
 * What is under way while a handler or `finally` body runs: an exception, and what it keeps (`raised.ts`); a `return` that has its value already.
 * An exception that somebody keeps after its handler has the same.
 */
import type { Expr, Stmt, Try } from '../syntax/ast.ts'
import type { Binding, Event } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { contains } from '../syntax/ancestors.ts'
import type { Obstacle } from './holders.ts'
import { isPlaceIn, type Place } from './places.ts'
import { keptByException } from './raised.ts'

/** Null: nothing of that has an object of these bindings. */
export function keptByUnwinding(bindings: readonly Binding[], place: Place, analysis: FrameAnalysis): Obstacle | null {
  const { flow, values } = analysis
  const waiting = flow.graph.suites.flatMap(({ owner, part, body }) => (owner?.kind === 'Try' && (part === 'handler' || part === 'finally') && isPlaceIn(place, body) ? guardedBy(owner, part) : []))
  const raising = [...waiting, ...raisedAndKept(place, analysis)]
  if (raising.length === 0) return null
  const sites = new Set(bindings.flatMap(b => values.ofBinding(b).links.flatMap(l => (l.how === 'is' ? [l.site] : []))))
  const has = (expr: Expr): boolean => values.ofExpr(expr).links.some(l => sites.has(l.site))
  const isIn = (stmts: readonly Stmt[], event: Event): boolean => {
    const node = event.kind === 'bind' ? event.binding.name : event.node
    return stmts.some(stmt => contains(stmt, node))
  }
  for (const { events } of flow.graph.blocks) {
    for (const event of events) {
      if (!isIn(raising, event)) continue
      if (event.kind === 'return' && event.node.value && has(event.node.value) && isIn(waiting, event)) return { node: event.node, why: 'a return that waits has it', weak: false }
      const isKept = keptByException(event, values).some(has) || (event.kind === 'closure' && bindings.some(b => event.captures.includes(b.variable)))
      if (isKept) return { node: 'node' in event ? event.node : null, why: 'an exception that came out of code with it', weak: true }
    }
  }
  return null
}

/** The statements whose exceptions arrive in the suite, or wait for its end: those of other `except*` parts are put together last. */
function guardedBy({ body, handlers, orelse, isStar }: Try, part: 'handler' | 'finally'): readonly Stmt[] {
  const handled = handlers.flatMap(h => h.body)
  if (part === 'handler') return isStar ? [...body, ...handled] : body
  return [...body, ...handled, ...orelse]
}

/** The statements whose exceptions something else has at the place, after their handler. */
function raisedAndKept({ point }: Place, { flow, objects }: FrameAnalysis): readonly Stmt[] {
  return flow.graph.bindings.flatMap(binding => {
    if (binding.kind !== 'except') return []
    const isKept = objects.holdersOf(binding).some(h => h.kind === 'outer' || flow.reachingAt(point, h.binding.variable).includes(h.binding))
    const owner = isKept ? flow.graph.suites.find(s => s.owner?.kind === 'Try' && s.owner.handlers.some(h => h.name === binding.name))?.owner : null
    return owner?.kind === 'Try' ? owner.body : []
  })
}
