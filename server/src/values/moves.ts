/**
 * Methods that give the very object where that is already as it is wanted: `x.to(device)`, `x.contiguous()`. Whether something is moved or copied is told
 * by where the object came from: what was just made in main memory, or put in another order, mostly is.
 */
import type { Attribute, Call, Expr, Name } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { CallModel } from '../models/model.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { kindOf } from './parts.ts'
import { doubtful, unmoved, type Link, type Value } from './value.ts'

/** The model of a call, with what is told here of how often its result is the object that it is called on. */
export function settled(model: CallModel, call: Call, e: Evaluator): CallModel {
  if (model.maybe !== 'unmoved') return model
  const change = changeBy(call, e)
  return change === null ? model : { ...model, maybe: change === 'likely' ? 'rarely' : false }
}

/** The links of what such a method gives, called on an object of which nothing is known; none for other calls. */
export function sameTold(call: Call, self: Value | null, e: Evaluator): readonly Link[] {
  if (self === null || call.func.kind !== 'Attribute' || !mayGiveItself(call.func, call.args)) return []
  if (isOfModel(call.func)) return doubtful(self.links)
  const isChanged = changeBy(call, e) === 'likely'
  return unmoved(self.links).map(l => (isChanged ? { ...l, weak: true } : l))
}

function mayGiveItself({ value, attr }: Attribute, args: Call['args']): boolean {
  // What others train gives data, or what came out of the training.
  if (attr === 'train') return args.length === 0 && (value.kind === 'Call' || MODEL_NAME.test(lastName(value) ?? ''))
  return MOVES.has(attr) || (CONVERSIONS.has(attr) && args.length === 0)
}

const MOVES: ReadonlySet<string> = new Set(['to', 'cuda', 'cpu', 'xpu', 'npu', 'mps', 'contiguous'])
const CONVERSIONS: ReadonlySet<string> = new Set(['eval', 'half', 'float', 'double', 'bfloat16'])

/** By what is asked of it, or its name, a model, which gives itself whether it is moved or not. */
function isOfModel({ value, attr }: Attribute): boolean {
  return attr === 'eval' || attr === 'train' || MODEL_NAME.test(lastName(value) ?? '')
}

const MODEL_NAME = /(model|net|network|module|(en|de)coder|transformer|vae|generator|discriminator|critic|actor|policy|student|teacher|backbone)s?_?\d*$/i

/** `likely`: it is moved or copied; `none`: it is not; null: nobody knows. */
function changeBy({ func, args }: Call, e: Evaluator): 'likely' | 'none' | null {
  if (func.kind !== 'Attribute') return null
  if (func.attr === 'contiguous') return isReordered(func.value, e, DEPTH) ? 'likely' : null
  if (!MOVES.has(func.attr) || !isInMainMemory(func.value, e, DEPTH)) return null
  return func.attr === 'cpu' || (args.length === 1 && namesMainMemory(args[0]!.value, e)) ? 'none' : 'likely'
}

/** Names of names that are followed. */
const DEPTH = 8

/** A tensor of torch that was made, read or computed there. */
function isInMainMemory(expr: Expr, e: Evaluator, depth: number): boolean {
  if (depth === 0) return false
  const isThere = (part: Expr): boolean => isInMainMemory(part, e, depth - 1)
  switch (expr.kind) {
    case 'Name': return eachBound(expr, e, isThere)
    case 'Subscript': return isThere(expr.value)
    case 'BinOp': return [expr.left, expr.right].some(isThere)
    case 'List':
    case 'Tuple': return expr.elts.every(isThere)
    case 'Call': return isMadeThere(expr, e, isThere)
    default: return false
  }
}

function isMadeThere(call: Call, e: Evaluator, isThere: (expr: Expr) => boolean): boolean {
  const { func, args } = call
  const device = args.find(a => a.name === 'device' || a.name === 'map_location')?.value
  if (device) return namesMainMemory(device, e)
  const callee = resolveCallee(call, e)
  if (callee.kind === 'model' && callee.self === null) {
    if (!MAKERS.test(callee.name)) return false
    if (callee.name === 'torch.load') return args.length > 1 && args[1]!.form === 'positional' && namesMainMemory(args[1]!.value, e)
    return args.every(({ value }) => isThere(value) || (FOLLOWERS.test(callee.name) ? isPlain(value, e) : kindOf(e.ofExpr(value).type, e.context) !== 'tensor'))
  }
  if (func.kind !== 'Attribute' || STAYING.test(func.attr)) return false
  return func.attr === 'cpu' || (!MOVES.has(func.attr) || (func.attr === 'to' && args.length === 1 && isDtype(args[0]!.value))) && isThere(func.value)
}

/** Functions that make tensors of what is no tensor, or of tensors where those are, or read them. */
const MAKERS = /^torch\.(from_numpy|frombuffer|tensor|as_tensor|asarray|zeros|ones|empty|full|rand|randn|randint|randperm|arange|linspace|logspace|eye|load|cat|concat|stack|\w*Tensor|\w+_like)$|^safetensors\.torch\.(load|load_file)$|^torchvision\.io\.read_\w+$/

/** Those that go by where their arguments are. */
const FOLLOWERS = /\.(as_tensor|asarray|cat|concat|stack|\w+_like)$/

/** Whatever these are called on, what they give is no such tensor. */
const STAYING = /^(numpy|item|tolist|size|dim|numel)$/

/** No tensor, nor a container that may hold one. */
function isPlain(expr: Expr, e: Evaluator): boolean {
  const { type } = e.ofExpr(expr)
  const kind = kindOf(type, e.context)
  return type !== null && kind !== 'tensor' && kind !== 'list' && kind !== 'tuple' && kind !== 'dict'
}

/** `torch.float32`, `torch.half`. */
function isDtype(expr: Expr): boolean {
  return expr.kind === 'Attribute' && /^(float|half|double|bfloat|int|long|short|uint|bool|complex)\d*$/.test(expr.attr) && lastName(expr.value) === 'torch'
}

/** `"cpu"`, `torch.device("cpu")`. */
function namesMainMemory(expr: Expr, e: Evaluator): boolean {
  const named = expr.kind === 'Call' && lastName(expr.func) === 'device' ? expr.args[0]?.value : expr
  return named !== undefined && e.ofExpr(named).text === 'cpu'
}

/** A view of a tensor with its dimensions in another order, or with gaps. */
function isReordered(expr: Expr, e: Evaluator, depth: number): boolean {
  if (depth === 0) return false
  switch (expr.kind) {
    case 'Name': return eachBound(expr, e, bound => isReordered(bound, e, depth - 1))
    case 'Subscript': return true
    case 'Attribute': return expr.attr === 'T' || expr.attr === 'mT'
    case 'Call': return expr.func.kind === 'Attribute' && REORDERS.has(expr.func.attr)
    default: return false
  }
}

const REORDERS: ReadonlySet<string> = new Set(['permute', 'transpose', 'swapaxes', 'swapdims', 't', 'movedim', 'moveaxis', 'expand', 'expand_as', 'flip', 'unfold', 'narrow', 'adjoint'])

/** Whatever the name is bound to here is so. */
function eachBound(name: Name, { context }: Evaluator, test: (value: Expr) => boolean): boolean {
  const bindings = context.flow.reaching(name)
  return bindings.length > 0 && bindings.every(b => b.value !== null && b.path.length === 0 && (b.kind === 'assignment' || b.kind === 'annotated' || b.kind === 'walrus') && test(b.value))
}
