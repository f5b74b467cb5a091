/** Mappings out of files that are read for one item: whoever wants the rest asks for that, too, so that the item is most of what is held. */
import type { Call, Expr, Name, Node, Subscript } from '../syntax/ast.ts'
import { ancestorsIn } from '../syntax/ancestors.ts'
import type { Binding, FlowGraph, Point } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { kindOf } from '../values/parts.ts'
import { statementAround } from './frame-index.ts'
import { isUsedAt } from './holders.ts'

/** Is the only item that was taken still used, so that letting go of the rest is hardly worth it? */
export function isOnlyItemUsed(binding: Binding, point: Point, analysis: FrameAnalysis): boolean {
  const { flow, values } = analysis
  const item = onlyItemOf(binding, analysis)
  const isIt = (b: Binding) => values.ofBinding(b).links.some(l => l.site === item && l.how === 'is')
  return item !== null && flow.graph.bindings.some(b => isIt(b) && flow.reachingAt(point, b.variable).includes(b) && isUsedAt(point, b.variable, analysis))
}

/** The expression that takes the only item that is ever taken out of what the binding holds, once; null: more is done with it. */
function onlyItemOf(binding: Binding, { flow, values }: FrameAnalysis): Subscript | Call | null {
  const value = values.ofBinding(binding)
  if (value.size.origin !== 'outside' || binding.value?.kind !== 'Call') return null
  const isMapping = kindOf(value.type, values.context) === 'dict'
  if (!isMapping && value.type !== null) return null
  const items = flow.usesOf(binding).map(use => takingBy(use, isMapping, flow.graph)).filter(taking => taking !== 'nothing')
  const [only] = items
  if (items.length !== 1 || only === undefined || only === 'unknown') return null
  return loopsAround(only, flow.graph) > loopsAround(binding.name, flow.graph) ? null : only
}

/** What a use of the name takes out of the mapping: an item, nothing, or nobody knows. */
function takingBy(use: Name, isMapping: boolean, graph: FlowGraph): Subscript | Call | 'nothing' | 'unknown' {
  const stmt = statementAround(use, graph)
  const around = (stmt && ancestorsIn(stmt, use)) ?? []
  const [parent, outer] = [around.at(-1), around.at(-2)]
  switch (parent?.kind) {
    case 'Subscript': return parent.value === use && isRead(parent, graph) && (isMapping || isText(parent.slice)) ? parent : 'unknown'
    case 'Attribute': return outer?.kind === 'Call' && outer.func === parent ? byMethod(outer, parent.attr) : 'unknown'
    case 'Compare': return parent.left !== use && parent.ops.every(op => op === 'in' || op === 'not in') ? 'nothing' : 'unknown'
    case 'Generator':
    case 'For': return isMapping && parent.iter === use ? 'nothing' : 'unknown'
    case 'Call': return parent.func.kind === 'Name' && (parent.func.id === 'len' || (isMapping && KEYS_OF.has(parent.func.id))) ? 'nothing' : 'unknown'
    default: return 'unknown'
  }
}

const KEYS_OF: ReadonlySet<string> = new Set(['list', 'sorted', 'set', 'tuple', 'iter', 'enumerate'])

function byMethod(call: Call, method: string): Call | 'nothing' | 'unknown' {
  if (method === 'keys') return 'nothing'
  return method === 'get' && call.args.length === 1 ? call : 'unknown'
}

function isText(key: Expr): boolean {
  return key.kind === 'Constant' && key.type === 'str'
}

function isRead(item: Subscript, graph: FlowGraph): boolean {
  return !graph.blocks.some(b => b.events.some(e => e.kind === 'store' && e.node === item))
}

function loopsAround(node: Node, graph: FlowGraph): number {
  const stmt = statementAround(node, graph)
  const point = stmt && graph.pointsOf(stmt)?.before
  return point ? graph.blocks[point.block]!.loops.length : 0
}
