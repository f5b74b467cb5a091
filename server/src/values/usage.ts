/**
 * Types from use: an object that answers to `.groupby` or `.astype` is a frame or an array, wherever it came from
 * (`models/tells.ts`). The result is a guess and marked as one.
 */
import type { Expr, Name, Node } from '../syntax/ast.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import type { TypeName } from '../models/model.ts'
import { typeTold } from '../models/tells.ts'
import type { FrameContext } from './context.ts'

/** For each variable, the attributes read on it and whether it is indexed in several dimensions. */
interface Usage {
  readonly attributes: Map<Variable, Map<string, Name[]>>
  readonly indexed: Map<Variable, Name[]>
}

const usages = new WeakMap<object, Usage>()

/** The bulk type that the uses of a binding reveal, or null. */
export function usedAsType(binding: Binding, context: FrameContext): TypeName | null {
  const usage = usageOf(context)
  const attributes = usage.attributes.get(binding.variable)
  if (attributes) {
    for (const [attribute, places] of attributes) {
      const type = typeTold(attribute)
      if (type !== null && places.some(p => context.flow.reaching(p).includes(binding))) return type
    }
  }
  const places = usage.indexed.get(binding.variable)
  return places?.some(p => context.flow.reaching(p).includes(binding)) ? 'numpy.ndarray' : null
}

function usageOf(context: FrameContext): Usage {
  const graph = context.flow.graph
  const known = usages.get(graph)
  if (known) return known
  const usage: Usage = { attributes: new Map(), indexed: new Map() }
  const variableOf = new Map<Name, Variable>()
  for (const block of graph.blocks) {
    for (const event of block.events) {
      if (event.kind === 'use') variableOf.set(event.node, event.variable)
      else if (event.kind === 'operation') record(usage, event.node, variableOf)
      else if (event.kind === 'store') record(usage, event.node, variableOf)
      else if (event.kind === 'call') record(usage, event.node.func, variableOf)
    }
  }
  usages.set(graph, usage)
  return usage
}

function record(usage: Usage, expr: Node, variableOf: Map<Name, Variable>): void {
  if (expr.kind === 'Attribute' && expr.value.kind === 'Name') {
    const variable = variableOf.get(expr.value)
    if (!variable) return
    let byName = usage.attributes.get(variable)
    if (!byName) usage.attributes.set(variable, byName = new Map())
    const places = byName.get(expr.attr)
    if (places) places.push(expr.value)
    else byName.set(expr.attr, [expr.value])
  } else if (expr.kind === 'Subscript' && expr.value.kind === 'Name' && isMultiDimensional(expr.slice)) {
    const variable = variableOf.get(expr.value)
    if (!variable) return
    const places = usage.indexed.get(variable)
    if (places) places.push(expr.value)
    else usage.indexed.set(variable, [expr.value])
  }
}

/** `x[:, 0]`, `x[..., None]`: only arrays take that. `d[a, b]` may be a dict. */
function isMultiDimensional(slice: Expr): boolean {
  return slice.kind === 'Tuple' && slice.elts.some(e => e.kind === 'Slice' || (e.kind === 'Constant' && e.type === 'Ellipsis'))
}
