/**
 * Parameters that a function is done with long before it returns. It cannot free what they hold, as long as the caller has a name for it
 * (fact 13).
 */
import type { Call, Expr, Node } from '../syntax/ast.ts'
import { doomedBlocks } from '../flow/doomed.ts'
import type { Binding, Event } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { keepingsOf } from '../values/mutations.ts'
import type { Link, Value } from '../values/value.ts'
import { POINTS, repeated, weighOnce, type DragItem } from '../values/weights.ts'
import { indexFrame } from './frame-index.ts'
import { legalityOf } from './legality.ts'
import { deathsOf, type Place } from './places.ts'
import { walkedNames } from './walked.ts'

export interface EarlyParameter {
  readonly binding: Binding
  /** What runs while the function has no use for the object any more. */
  readonly items: readonly DragItem[]
  /** Where `del` lets its name go; empty where the function does so already. */
  readonly places: readonly Place[]
}

const known = new WeakMap<FrameAnalysis, ReadonlyMap<string, EarlyParameter>>()

/** By name. Worked out once for each state of the function. */
export function earlyParameters(analysis: FrameAnalysis): ReadonlyMap<string, EarlyParameter> {
  let found = known.get(analysis)
  if (!found) {
    const parameters = analysis.flow.graph.bindings.filter(b => b.kind === 'parameter' && b.node.kind === 'Parameter' && b.node.form !== 'star' && b.node.form !== 'double-star')
    found = new Map(parameters.flatMap(binding => {
      const early = earlyParameter(binding, analysis)
      return early ? [[binding.variable.name, early] as const] : []
    }))
    known.set(analysis, found)
  }
  return found
}

function earlyParameter(binding: Binding, analysis: FrameAnalysis): EarlyParameter | null {
  const { values, flow } = analysis
  const { variable } = binding
  if (variable.storage !== 'local' || flow.graph.scope.seesFrames || isKept(binding, analysis)) return null
  const items = itemsAfter(binding, analysis)
  if (items.reduce((sum, i) => sum + i.points, 0) < POINTS.allocation) return null
  const index = indexFrame(flow)
  const isOnlyBinding = (index.bindings.get(variable) ?? []).length === 1
  const isLetGo = !isOnlyBinding || (index.changes.get(variable) ?? []).some(c => !c.binds)
  if (isLetGo) return { binding, items, places: [] }
  for (const places of deathsOf(variable, index).flatMap(d => [...d.alternatives].reverse())) {
    if (legalityOf(variable, places, flow, values) === 'delete') return { binding, items, places }
  }
  return null
}

/** The object outlives the call through the function itself: it is returned, stored, or something it made keeps it, as the results of a model that is called do. */
function isKept(binding: Binding, { values, flow }: FrameAnalysis): boolean {
  const isIt = (v: Value) => v.links.some(l => l.site === binding && !isLoose(l))
  if (flow.graph.blocks.some(b => b.events.some(e => e.kind === 'call' && e.node.func.kind === 'Name' && flow.reaching(e.node.func).includes(binding)))) return true
  if (keepingsOf(flow.graph, values).some(k => isIt(k.kept))) return true
  if (flow.graph.blocks.some(b => b.events.some(e => e.kind === 'call' && mayKeep(e.node, values) && e.node.args.some(a => isIt(values.ofExpr(a.value)))))) return true
  return flow.graph.blocks.some(b => b.events.some(e => (e.kind === 'return' && e.node.value !== null && isIt(values.ofExpr(e.node.value))) || (e.kind === 'suspend' && e.node.kind === 'Yield' && e.node.value !== null && isIt(values.ofExpr(e.node.value)))))
}

/** Nothing is known of the method: what it is given may stay in its object (`part.set_payload(data)`). */
function mayKeep(call: Call, values: FrameAnalysis['values']): boolean {
  return call.func.kind === 'Attribute' && resolveCallee(call, values).kind === 'unknown'
}

/** A part of the object, or something that hardly keeps it. */
function isLoose(link: Link): boolean {
  return link.weak === true || link.share === 'little'
}

/** What runs where nothing that is, shows or keeps the object is read again, and no loop walks it. */
function itemsAfter(binding: Binding, { values, flow }: FrameAnalysis): readonly DragItem[] {
  const { graph } = flow
  const isIt = (v: Value) => v.links.some(l => l.site === binding && !isLoose(l))
  const holders = graph.bindings.filter(b => b === binding || isIt(values.ofBinding(b)))
  // What is it, shows it or keeps it does so as long as it has a name; of its parts that matters only where they are read again.
  const holdsAll = (b: Binding) => b !== binding && values.ofBinding(b).links.some(l => l.site === binding && l.how !== 'part' && !isLoose(l))
  const isAlive = (block: number, index: number) => holders.some(h => {
    const point = { block, index }
    return (holdsAll(h) || flow.liveAt(point, h.variable)) && flow.reachingAt(point, h.variable).includes(h)
  })
  // Whatever a loop walks may be made of it, and keep it, though nothing is known of the function that made it.
  const isWalked = (iterable: Expr) => values.ofExpr(iterable).links.some(l => l.site === binding && l.share !== 'little') || walkedNames(iterable).some(n => flow.reaching(n).includes(binding))
  const walksIt = (node: Node) => node.kind === 'For' && isWalked(node.iter)
  const items: DragItem[] = []
  const uses = graph.blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'use' && e.variable === binding.variable ? [e.node.start] : [])))
  const last = Math.max(...uses, -1)
  const doomed = doomedBlocks(graph)
  // A call that is given the object has it while its other arguments are worked out, and until it is over.
  const takers = graph.blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'call' && contains(e.node, uses) ? [e.node] : [])))
  const isOfTaker = ({ start, end }: Node) => takers.some(t => t.start <= start && end <= t.end)
  for (const { id, events, loops, reachable } of graph.blocks) {
    if (!reachable || doomed.has(id) || loops.some(l => walksIt(l.node))) continue
    events.forEach((event, i) => {
      const item = isWork(event) ? weighOnce(event, values) : null
      if (item && item.node.end > last && !isOfTaker(item.node) && !contains(item.node, uses) && !isAlive(id, i)) items.push(loops.length > 0 ? repeated(item) : item)
    })
  }
  return items
}

function contains(node: Node, positions: readonly number[]): boolean {
  return positions.some(p => p >= node.start && p < node.end)
}

function isWork(event: Event): boolean {
  return event.kind === 'call' || event.kind === 'operation' || event.kind === 'next' || event.kind === 'suspend'
}
