/**
 * What is under way while a handler or `finally` body runs: an exception that came out of a call, whose traceback has the call's frame and that
 * its arguments (fact 73); a `return` that has its value already.
 */
import type { Call, Expr, Stmt, Suite, Try } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { contains } from './frame-index.ts'
import type { Obstacle } from './holders.ts'
import type { Place } from './places.ts'

/** Null: nothing of that has an object of these bindings. */
export function keptByUnwinding(bindings: readonly Binding[], place: Place, { flow, values }: FrameAnalysis): Obstacle | null {
  const guarded = flow.graph.suites.flatMap(({ owner, part, body }) => (owner?.kind === 'Try' && (part === 'handler' || part === 'finally') && isInside(place, body) ? guardedBy(owner, part) : []))
  if (guarded.length === 0) return null
  const sites = new Set(bindings.flatMap(b => values.ofBinding(b).links.flatMap(l => (l.how === 'is' ? [l.site] : []))))
  const has = (expr: Expr): boolean => values.ofExpr(expr).links.some(l => sites.has(l.site))
  for (const { events } of flow.graph.blocks) {
    for (const event of events) {
      if (!('node' in event) || !guarded.some(stmt => contains(stmt, event.node))) continue
      if (event.kind === 'return' && event.node.value && has(event.node.value)) return { node: event.node, why: 'a return that waits has it', weak: false }
      const isGiven = event.kind === 'call' ? resolveCallee(event.node, values).kind !== 'model' && givenTo(event.node).some(has)
        : event.kind === 'closure' && bindings.some(b => event.captures.includes(b.variable))
      if (isGiven) return { node: event.node, why: 'an exception that came out of a call with it', weak: true }
    }
  }
  return null
}

function givenTo({ func, args }: Call): readonly Expr[] {
  return [...args.map(arg => arg.value), ...(func.kind === 'Attribute' ? [func.value] : [])]
}

/** The statements whose exceptions arrive in the suite. */
function guardedBy({ body, handlers, orelse }: Try, part: 'handler' | 'finally'): readonly Stmt[] {
  return part === 'handler' ? body : [...body, ...handlers.flatMap(h => h.body), ...orelse]
}

function isInside({ suite, index }: Place, body: Suite): boolean {
  const node = suite.body[index] ?? suite.body[index - 1]
  return node !== undefined && body.some(stmt => stmt === node || contains(stmt, node))
}
