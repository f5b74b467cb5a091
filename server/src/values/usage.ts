/**
 * What the use of a name tells of its object: one that answers to `.groupby` is a frame, one that goes into `numpy.log` or is
 * indexed `[:, 0]` is an array, wherever it came from. Guesses, and marked as such.
 */
import type { Call, Expr, Name, Node } from '../syntax/ast.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import type { TypeName, ValueKind } from '../models/model.ts'
import { typeTold } from '../models/tells.ts'
import { passedFor } from './arguments.ts'
import type { FrameContext } from './context.ts'
import { dottedName } from './names.ts'

/** One use that tells something. */
interface Tell {
  readonly place: Name
  readonly type: TypeName
  /** Dimensions it is indexed in; 0: not indexed. */
  readonly rank: number
}

const tells = new WeakMap<object, ReadonlyMap<Variable, readonly Tell[]>>()

/** The type that the uses of a binding reveal (the first in the text wins), or null. */
export function usedAsType(binding: Binding, context: FrameContext): TypeName | null {
  return tellsOf(binding, context)[0]?.type ?? null
}

/** The largest number of dimensions a binding's object is indexed in; 0 where it is not. */
export function usedRank(binding: Binding, context: FrameContext): number {
  return Math.max(0, ...tellsOf(binding, context).map(t => t.rank))
}

function tellsOf(binding: Binding, context: FrameContext): readonly Tell[] {
  const graph = context.flow.graph
  let known = tells.get(graph)
  if (!known) tells.set(graph, known = collect(context))
  return known.get(binding.variable)?.filter(t => context.flow.reaching(t.place).includes(binding)) ?? []
}

function collect(context: FrameContext): ReadonlyMap<Variable, readonly Tell[]> {
  const found = new Map<Variable, Tell[]>()
  const variableOf = new Map<Name, Variable>()
  const add = (place: Expr, type: TypeName | null, rank: number): void => {
    const variable = place.kind === 'Name' ? variableOf.get(place) : undefined
    if (place.kind !== 'Name' || variable === undefined || type === null) return
    const list = found.get(variable)
    if (list) list.push({ place, type, rank })
    else found.set(variable, [{ place, type, rank }])
  }
  for (const block of context.flow.graph.blocks) {
    for (const event of block.events) {
      if (event.kind === 'use') variableOf.set(event.node, event.variable)
      else if (event.kind === 'operation' || event.kind === 'store') byAccess(event.node, add)
      else if (event.kind === 'call') {
        byAccess(event.node.func, add)
        byArgument(event.node, context, add)
      }
    }
  }
  return found
}

type Add = (place: Expr, type: TypeName | null, rank: number) => void

function byAccess(expr: Node, add: Add): void {
  if (expr.kind === 'Attribute') add(expr.value, typeTold(expr.attr), 0)
  else if (expr.kind === 'Subscript' && isMultiDimensional(expr.slice)) add(expr.value, 'numpy.ndarray', expr.slice.kind === 'Tuple' ? expr.slice.elts.length : 1)
}

/** `x[:, 0]`, `x[..., None]`: only arrays take that. `d[a, b]` may be a dict. */
function isMultiDimensional(slice: Expr): boolean {
  return slice.kind === 'Tuple' && slice.elts.some(e => e.kind === 'Slice' || (e.kind === 'Constant' && e.type === 'Ellipsis'))
}

const BULK: ReadonlySet<ValueKind | undefined> = new Set<ValueKind>(['array', 'frame', 'series', 'tensor', 'sparse'])

/** What a function of bulk data makes something as large from is bulk data of the same kind: `pandas.concat([a, b])`, `numpy.log(x)`. */
function byArgument(call: Call, context: FrameContext, add: Add): void {
  if (call.args.length === 0) return
  const dotted = dottedName(call.func, context)
  const model = dotted === null ? null : context.models.call(dotted)
  if (!model?.result || typeof model.size !== 'object' || !('like' in model.size) || !BULK.has(context.models.type(model.result)?.kind)) return
  for (const ref of model.size.like) {
    for (const passed of passedFor(call, model.params ?? [], ref)) {
      const places = passed.kind === 'List' || passed.kind === 'Tuple' ? passed.elts : [passed]
      for (const place of places) add(place, model.result, 0)
    }
  }
}
