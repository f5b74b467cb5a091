/**
 * What the use of a name tells of its object: one that answers to `.groupby` is a frame, one that goes into `numpy.log` or is
 * indexed `[:, 0]` is an array, one that bounds a slice a number, wherever it came from. Guesses, and marked as such.
 */
import type { Attribute, Call, Expr, IfExp, Name, Node, Slice } from '../syntax/ast.ts'
import { nodesIn } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import type { TypeName, ValueKind } from '../models/model.ts'
import { namesArrayLibrary } from '../models/told-results.ts'
import { typeTold } from '../models/tells.ts'
import { passedFor } from './arguments.ts'
import type { FrameContext } from './context.ts'
import { writtenAsNumbers } from './formats.ts'
import { dottedName } from './names.ts'

/** One use that tells something. */
interface Tell {
  readonly place: Name
  readonly type: TypeName
  /** Dimensions it is indexed in; 0: not indexed. */
  readonly rank: number
  /** A number would do as well: `np.abs(x)`. */
  readonly isLoose: boolean
}

const tells = new WeakMap<object, ReadonlyMap<Variable, readonly Tell[]>>()

/** The type that the uses of a binding reveal (the first in the text wins), or null. */
export function usedAsType(binding: Binding, context: FrameContext): TypeName | null {
  return isUsedAsNumber(binding, context) ? 'int' : tellsOf(binding, context)[0]?.type ?? null
}

/** It bounds slices, counts rounds, is compared with numbers or written as one, and nothing else is done with it that tells of its type. */
export function isUsedAsNumber(binding: Binding, context: FrameContext): boolean {
  const told = tellsOf(binding, context)
  return told.some(t => t.type === 'int') && told.every(t => t.type === 'int' || t.isLoose)
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
  const add: Add = (place, type, rank, isLoose = false) => {
    const variable = place.kind === 'Name' ? variableOf.get(place) : undefined
    if (place.kind !== 'Name' || variable === undefined || type === null) return
    const list = found.get(variable)
    if (list) list.push({ place, type, rank, isLoose })
    else found.set(variable, [{ place, type, rank, isLoose }])
  }
  for (const block of context.flow.graph.blocks) {
    for (const event of block.events) {
      if (event.kind === 'use') variableOf.set(event.node, event.variable)
      else if (event.kind === 'operation' || event.kind === 'store') {
        byAccess(event.node, add)
        byFormat(event.node, add)
      } else if (event.kind === 'call') {
        byFormat(event.node, add)
        byAccess(event.node.func, add)
        byReduction(event.node, add)
        bySeparator(event.node, add)
        byCounting(event.node, add)
        byArgument(event.node, context, add)
      }
    }
  }
  for (const { owner } of context.flow.graph.suites) if (owner?.kind === 'If' || owner?.kind === 'While') byTest(owner.test, add)
  for (const part of partsOf(context)) for (const choice of nodesIn(part, isChoice)) byTest(choice.test, add)
  return found
}

/** The statements, or the expression of a lambda. */
function partsOf({ flow: { graph } }: FrameContext): readonly Node[] {
  return graph.frame !== 'module' && graph.frame.kind === 'Lambda' ? [graph.frame.body] : graph.body
}

function isChoice(node: Node): node is IfExp {
  return node.kind === 'IfExp'
}

type Add = (place: Expr, type: TypeName | null, rank: number, isLoose?: boolean) => void

/** `x.sum(axis=0)`: only what has axes is asked for one. */
function byReduction({ func, args }: Call, add: Add): void {
  if (func.kind === 'Attribute' && REDUCTIONS.has(func.attr) && args.some(a => a.form === 'keyword' && a.name === 'axis')) add(func.value, 'numpy.ndarray', 0)
}

/** `x.split(",")`: a text. */
function bySeparator({ func, args: [first] }: Call, add: Add): void {
  if (func.kind === 'Attribute' && /^r?split$|^partition$/.test(func.attr) && first?.value.kind === 'Constant' && first.value.type === 'str') add(func.value, 'str', 0)
}

/** `range(n)`, `np.zeros((n, m))`, `x.reshape(n, -1)`, `np.linspace(a, b, n)`: numbers. */
function byCounting({ func, args }: Call, add: Add): void {
  const name = lastName(func) ?? ''
  const positional = args.filter(a => a.form === 'positional').map(a => a.value)
  const steps = STEPS.has(name) ? args.find(a => a.name === 'num')?.value ?? positional[2] : undefined
  if (steps) addNumbers(steps, add)
  if (COUNTS.has(name)) for (const count of positional) addNumbers(count, add)
  if (!SHAPES.has(name)) return
  const shapes = args.map(a => a.value)
  for (const shape of func.kind === 'Attribute' && name !== 'reshape' ? shapes.slice(0, 1) : shapes) if (shape.kind === 'Tuple' || shape.kind === 'List') shape.elts.forEach(item => addNumbers(item, add))
}

/** `n`, `-n`, `2 * n + k`. */
function addNumbers(expr: Expr, add: Add): void {
  if (expr.kind === 'UnaryOp') addNumbers(expr.operand, add)
  else if (expr.kind === 'BinOp') for (const side of [expr.left, expr.right]) addNumbers(side, add)
  else add(expr, 'int', 0)
}

function byFormat(node: Node, add: Add): void {
  for (const value of writtenAsNumbers(node)) addNumbers(value, add)
}

const STEPS: ReadonlySet<string> = new Set(['linspace', 'logspace', 'geomspace'])

const COUNTS: ReadonlySet<string> = new Set(['range', 'arange', 'eye'])

const SHAPES: ReadonlySet<string> = new Set(['zeros', 'ones', 'empty', 'full', 'reshape'])

/** `if n > 0:`, `while mode == "fast":`: a number or a text; arrays and frames do not say yes or no. */
function byTest(test: Expr, add: Add): void {
  if (test.kind === 'BoolOp') return test.values.forEach(v => byTest(v, add))
  if (test.kind === 'UnaryOp' && test.op === 'not') return byTest(test.operand, add)
  if (test.kind !== 'Compare') return
  const [other] = test.comparators
  if (other?.kind === 'Constant' && (other.type === 'int' || other.type === 'float') && /^[<>=!]=?$/.test(test.ops[0] ?? '')) add(test.left, 'int', 0)
}

const REDUCTIONS: ReadonlySet<string> = new Set(['sum', 'mean', 'max', 'min', 'std', 'var', 'prod', 'any', 'all', 'argmax', 'argmin'])

function byAccess(expr: Node, add: Add): void {
  if (expr.kind === 'BinOp' && expr.op === '@') for (const side of [expr.left, expr.right]) add(side, 'numpy.ndarray', 0)
  if (expr.kind === 'Attribute') add(expr.value, typeToldOf(expr), 0)
  else if (expr.kind === 'Subscript') for (const slice of expr.slice.kind === 'Tuple' ? expr.slice.elts : [expr.slice]) if (slice.kind === 'Slice') byBounds(slice, add)
  if (expr.kind === 'Subscript' && isMultiDimensional(expr.slice)) add(expr.value, 'numpy.ndarray', expr.slice.kind === 'Tuple' ? expr.slice.elts.length : 1)
}

/** The type that reading the attribute tells; not of `xp`, whose functions have the names of methods. */
export function typeToldOf({ value, attr }: Attribute): TypeName | null {
  return namesArrayLibrary(lastName(value)) ? null : typeTold(attr)
}

/** `x[-n:]`, `x[:, k:k + n]`: numbers. */
function byBounds({ lower, upper }: Slice, add: Add): void {
  for (const bound of [lower, upper]) if (bound) addNumbers(bound, add)
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
      for (const place of places) add(place, model.result, 0, context.models.type(model.result)?.kind === 'array' && place === passed)
    }
  }
}
