/**
 * Calls of functions of this workspace that are over only later: coroutines that a task runs, context managers while the block runs. Until then
 * they keep what they were given, unless the function lets its own name go (facts 20, 21, 83, 90).
 */
import type { Call, Name, Node, Stmt, With } from '../syntax/ast.ts'
import { ancestorsIn, mentions } from '../syntax/ancestors.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding, FlowGraph } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { DragReport } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Summary } from '../values/summary.ts'
import { argumentsFor } from '../values/summary-arguments.ts'
import type { Value } from '../values/value.ts'
import { POINTS } from '../values/weights.ts'
import { perObject } from '../text/on-demand.ts'
import type { Obstacle } from './holders.ts'
import { statementAround } from './frame-index.ts'
import { isPlaceIn, type Place } from './places.ts'

/** `surely`: it runs as long as all of the drag does. `weak`: the drag goes on long after it was waited for. */
export interface RunningCall extends Obstacle {
  readonly surely: boolean
}

/** What was given the object of one of these bindings, and may still run at the place; null: nothing. */
export function runningCall(bindings: readonly Binding[], place: Place, drag: DragReport, analysis: FrameAnalysis): RunningCall | null {
  const { flow } = analysis
  for (const { call, around, stmt, summary, self } of pendingCalls(analysis)) {
    const taken = bindings.find(b => isKeptBy(summary, b, call, self, analysis))
    if (!taken || flow.passedSince(taken, call, place.point) === 'never') continue
    const why = `\`${summary.name}()\` keeps it until it has come to its end`
    if (summary.manages) {
      if (stmt.kind === 'With' && isPlaceIn(place, stmt.body)) return { node: call, why, weak: false, surely: true }
      continue
    }
    const group = groupOf(around.findLast(n => n.kind === 'Call') ?? null, analysis)
    if (group && !isPlaceIn(place, group.body)) continue
    const task = taskOf(call, stmt)
    if (task && flow.graph.bindings.some(b => b.name === task && isAwaitedBefore(b, place, analysis))) continue
    const isWait = (node: Node): boolean => node === group || (task !== null && node.kind === 'Await' && mentions(node.value, task.id))
    const waits = drag.items.filter(i => isWait(i.node))
    const after = drag.items.filter(i => waits.some(w => i.node.start >= w.node.end)).reduce((sum, i) => sum + i.points, 0)
    return { node: call, why, weak: after >= POINTS.heavy, surely: waits.length > 0 && waits.length === drag.items.length }
  }
  return null
}

function isKeptBy({ parameters, letsGo, ...summary }: Summary, binding: Binding, call: Call, self: Parameters<typeof argumentsFor>[3], { values }: FrameAnalysis): boolean {
  const sites = new Set(values.ofBinding(binding).links.flatMap(l => (l.how === 'is' ? [l.site] : [])))
  const kept = parameters.filter(p => !letsGo.includes(p))
  return kept.some(p => argumentsFor(call, { parameters, letsGo, ...summary }, p, self, values).some(v => v.links.some(l => l.certain && l.how !== 'part' && !l.share && sites.has(l.site))))
}

interface PendingCall {
  readonly call: Call
  readonly summary: Summary
  readonly self: Value | null
  readonly stmt: Stmt
  /** The nodes around the call in its statement, outermost first. */
  readonly around: readonly Node[]
}

/** Calls of coroutines and context managers that are no part of what their own statement awaits. */
const pendingCalls = perObject(({ flow: { graph }, values }: FrameAnalysis): readonly PendingCall[] => fromEvents(graph, event => {
  if (event.kind !== 'call' || event.node.args.length === 0) return []
  const callee = resolveCallee(event.node, values)
  if (callee.kind !== 'function' || !callee.summary || (callee.summary.lazy !== 'coroutine' && !callee.summary.manages)) return []
  const stmt = statementAround(event.node, graph)
  const around = stmt && ancestorsIn(stmt, event.node)
  return stmt && around && !around.some(n => n.kind === 'Await') ? [{ call: event.node, summary: callee.summary, self: callee.self, stmt, around }] : []
}))

/** The `async with` statement that waits for what runs in its group of tasks. */
function groupOf(starter: Node | null, { flow }: FrameAnalysis): With | null {
  if (starter?.kind !== 'Call' || starter.func.kind !== 'Attribute' || starter.func.attr !== 'create_task' || starter.func.value.kind !== 'Name') return null
  const [binding] = flow.reaching(starter.func.value)
  const owner = binding?.kind === 'with' ? flow.graph.suites.find(s => s.owner?.kind === 'With' && s.owner.items.some(item => item === binding.node))?.owner : null
  return owner?.kind === 'With' ? owner : null
}

/** The name that the task gets: `task = create_task(send(rows))`. */
function taskOf(call: Call, stmt: Stmt): Name | null {
  return stmt.kind === 'Assign' && stmt.targets.length === 1 && stmt.targets[0]!.kind === 'Name' && call.start >= stmt.value.start && call.end <= stmt.value.end ? stmt.targets[0]! : null
}

/** On every way from where the task is made to the place it is waited for. */
function isAwaitedBefore(task: Binding, { point }: Place, { flow }: FrameAnalysis): boolean {
  return awaitsIn(flow.graph).some(node => mentions(node.value, task.variable.name) && flow.passedSince(task, node, point) === 'always')
}

/** A task that was waited for: it has its result, and nobody needs it to go on. */
export function isTaskThatIsOver(binding: Binding, place: Place, analysis: FrameAnalysis): boolean {
  if (analysis.values.ofBinding(binding).type !== 'asyncio.Task') return false
  const group = groupOf(binding.value, analysis)
  return (group !== null && !isPlaceIn(place, group.body)) || isAwaitedBefore(binding, place, analysis)
}

const awaitsIn = perObject((graph: FlowGraph) => fromEvents(graph, event => (event.kind === 'suspend' && event.node.kind === 'Await' ? [event.node] : [])))
