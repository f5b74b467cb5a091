/**
 * What is done with the objects of a frame, as far as it tells data from figures and tools: data goes into computations together with arrays
 * and tables, is cut into slices, fits models and is moved between devices. Of objects whose types say nothing there is nothing else to go by.
 */
import type { Argument, Call, Expr, Name, Stmt } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { perObject } from '../text/on-demand.ts'
import { isSmall, type Value } from '../values/value.ts'
import type { Event, Variable } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { isLittleResult } from '../values/little.ts'
import { dottedName } from '../values/names.ts'
import { isBulk, kindOf } from '../values/parts.ts'
import { isDocument } from './documents.ts'

/**
 * `data`: it takes part in an operation on arrays, or is cut. `handled`: it has a method of tensors, tables or models. `company`: it is passed together with data,
 * as data or as an option. `figure`: it is one number. `handle`: it is opened and closed. `called`: it is a function or the like. `none`: this use tells nothing.
 */
export type Sign = 'data' | 'handled' | 'company' | 'figure' | 'handle' | 'called' | 'none'

export interface SignedUse {
  readonly place: Name
  readonly sign: Sign
}

/** Every use of a variable of the frame with what it tells; the same place may tell several things. */
export function signedUses(variable: Variable, values: Evaluator): readonly SignedUse[] {
  return signsIn(values).get(variable) ?? []
}

const signsIn = perObject((values: Evaluator): ReadonlyMap<Variable, readonly SignedUse[]> => {
  const uses = new Map<Variable, SignedUse[]>()
  const variableOf = new Map<Name, Variable>()
  const note = (expr: Expr, sign: Sign): void => {
    const variable = expr.kind === 'Name' ? variableOf.get(expr) : undefined
    if (expr.kind !== 'Name' || variable === undefined) return
    const list = uses.get(variable)
    if (list) list.push({ place: expr, sign })
    else uses.set(variable, [{ place: expr, sign }])
  }
  for (const { events } of values.context.flow.graph.blocks) {
    for (const event of events) {
      if (event.kind === 'use') {
        variableOf.set(event.node, event.variable)
        note(event.node, 'none')
      } else for (const [expr, sign] of toldBy(event, values)) note(expr, sign)
    }
  }
  for (const { body } of values.context.flow.graph.suites) for (const stmt of body) for (const expr of orderedIn(testOf(stmt))) note(expr, 'figure')
  return uses
})

function testOf(stmt: Stmt): Expr | null {
  return stmt.kind === 'If' || stmt.kind === 'While' || stmt.kind === 'Assert' ? stmt.test : null
}

/** What a test compares by order, and so is one number: of an array there is no saying whether it is less. */
function orderedIn(test: Expr | null): readonly Expr[] {
  switch (test?.kind) {
    case 'BoolOp': return test.values.flatMap(orderedIn)
    case 'UnaryOp': return test.op === 'not' ? orderedIn(test.operand) : []
    case 'Compare': return test.ops.every(op => ORDERS.has(op)) ? [test.left, ...test.comparators] : []
    default: return []
  }
}

const ORDERS: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

type Told = readonly (readonly [Expr, Sign])[]

function toldBy(event: Event, values: Evaluator): Told {
  if (event.kind === 'call') return toldByCall(event.node, values)
  if ((event.kind !== 'operation' && event.kind !== 'store')) return []
  const { node } = event
  if (node.kind === 'BinOp') return [...(isManyOf(node.right, values) ? [[node.left, 'data'] as const] : []), ...(isManyOf(node.left, values) ? [[node.right, 'data'] as const] : [])]
  return node.kind === 'Subscript' && isCut(node.slice, values) ? [[node.value, 'data']] : []
}

function toldByCall(call: Call, values: Evaluator): Told {
  const { func, args } = call
  const told: (readonly [Expr, Sign])[] = []
  if (func.kind === 'Attribute' && (HANDLED.has(func.attr) || func.attr === 'item')) told.push([func.value, func.attr === 'item' ? 'figure' : 'handled'])
  if (func.kind === 'Attribute' && (HANDLES.has(func.attr) || (func.attr === 'join' && args.every(a => a.name === 'timeout')))) told.push([func.value, 'handle'])
  if (func.kind === 'Name') told.push([func, 'called'])
  if (func.kind === 'Name' && NUMBERS.has(func.id)) for (const arg of args) for (const name of factorsOf(arg.value)) told.push([name, 'figure'])
  const takesBulk = givesBulk(call, values) || CONTRACTIONS.has(lastName(func) ?? '') || WRITERS.has(dottedName(call.func, values.context) ?? '')
  const isInput = (a: Argument) => a.form === 'positional' && isData(a.value, values)
  for (const arg of args) if (takesBulk || (arg.form === 'positional' && args.some(other => other !== arg && isInput(other)))) for (const item of itemsOf(arg.value)) told.push([item, takesBulk ? 'data' : 'company'])
  return told
}

/** What gives or takes one number, and so is computed from such: `int(size * 0.5)`. */
const NUMBERS: ReadonlySet<string> = new Set(['int', 'float', 'range'])

function factorsOf(expr: Expr): readonly Expr[] {
  return expr.kind === 'BinOp' ? [...factorsOf(expr.left), ...factorsOf(expr.right)] : [expr]
}

/** What only models, tensors and tables are asked to do. */
const HANDLED: ReadonlySet<string> = new Set([
  'fit', 'fit_transform', 'train', 'predict', 'predict_proba', 'load_state_dict', 'state_dict', 'generate', 'half', 'cuda', 'cpu', 'detach', 'numpy', 'to_numpy', 'to_pandas', 'astype', 'backward',
])

/** What sockets, connections, files and pools are asked to do: what there is to free goes with that. */
const HANDLES: ReadonlySet<string> = new Set(['close', 'aclose', 'connect', 'bind', 'listen', 'accept', 'recv', 'sendall', 'shutdown', 'terminate', 'fileno'])

/** What is computed from arrays alone, all of them; elsewhere an option may stand beside the data. */
const CONTRACTIONS: ReadonlySet<string> = new Set(['dot', 'vdot', 'matmul', 'einsum', 'tensordot', 'inner', 'outer', 'kron', 'solve', 'lstsq'])

/** What writes data out as it is in memory. */
const WRITERS: ReadonlySet<string> = new Set(['torch.save', 'numpy.save', 'numpy.savez', 'numpy.savez_compressed', 'safetensors.torch.save_file', 'joblib.dump', 'h5py.File.create_dataset'])

/** `np.concatenate([a, b])`, `torch.cat(parts)`. */
function givesBulk(call: Call, values: Evaluator): boolean {
  const callee = resolveCallee(call, values)
  return callee.kind === 'model' && typeof callee.model.result === 'string' && callee.model.size !== undefined && kindOf(callee.model.result, values.context) !== null
    && isBulk(values.ofExpr(call), values.context)
}

/** Data, and not what little is left of it: `np.sum(x)`. */
function isManyOf(expr: Expr, values: Evaluator): boolean {
  return isData(expr, values) && !isLittleResult(expr, values)
}

/** A slice, several indices, or a list or array of them. */
function isCut(slice: Expr, values: Evaluator): boolean {
  return slice.kind === 'Slice' || slice.kind === 'Compare' || slice.kind === 'List' || (slice.kind === 'Tuple' && slice.elts.some(e => isCut(e, values))) || (slice.kind === 'Name' && isBulk(values.ofExpr(slice), values.context))
}

/** Known to hold data in bulk, or as large as something outside. */
export function isData(expr: Expr, values: Evaluator): boolean {
  if (expr.kind === 'List' || expr.kind === 'Tuple') return expr.elts.some(e => isData(e, values))
  return isDataValue(values.ofExpr(expr), values)
}

function isDataValue(value: Value, { context }: Evaluator): boolean {
  return !isSmall(value, LITTLE) && (isBulk(value, context) || (value.size.origin === 'outside' && !isDocument(value, kindOf(value.type, context))))
}

function itemsOf(expr: Expr): readonly Expr[] {
  return expr.kind === 'List' || expr.kind === 'Tuple' ? expr.elts : [expr]
}

/** Bytes. */
const LITTLE = 1 << 20
