/**
 * Calls out of which an exception may have come that is being handled at a place: the traceback has their frames, and these their arguments
 * (fact 73).
 */
import type { Stmt, Suite, Try } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { contains } from './frame-index.ts'
import type { Obstacle } from './holders.ts'
import type { Place } from './places.ts'

/** Null: no such call had an object of these bindings. */
export function keptByTraceback(bindings: readonly Binding[], place: Place, { flow, values }: FrameAnalysis): Obstacle | null {
  const guarded = flow.graph.suites.flatMap(({ owner, part, body }) => (owner?.kind === 'Try' && (part === 'handler' || part === 'finally') && isInside(place, body) ? guardedBy(owner, part) : []))
  if (guarded.length === 0) return null
  const sites = new Set(bindings.flatMap(b => values.ofBinding(b).links.flatMap(l => (l.how === 'is' ? [l.site] : []))))
  for (const { events } of flow.graph.blocks) {
    for (const event of events) {
      if (event.kind !== 'call' || !guarded.some(stmt => contains(stmt, event.node)) || resolveCallee(event.node, values).kind === 'model') continue
      const { func, args } = event.node
      const given = [...args.map(a => a.value), ...(func.kind === 'Attribute' ? [func.value] : [])]
      if (given.some(expr => values.ofExpr(expr).links.some(l => sites.has(l.site)))) return { node: event.node, why: 'an exception that came out of a call with it', weak: true }
    }
  }
  return null
}

/** The statements whose exceptions arrive in the suite. */
function guardedBy({ body, handlers, orelse }: Try, part: 'handler' | 'finally'): readonly Stmt[] {
  return part === 'handler' ? body : [...body, ...handlers.flatMap(h => h.body), ...orelse]
}

function isInside({ suite, index }: Place, body: Suite): boolean {
  const node = suite.body[index] ?? suite.body[index - 1]
  return node !== undefined && body.some(stmt => stmt === node || contains(stmt, node))
}
