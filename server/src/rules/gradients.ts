/**
 * Results of a torch model that remember how they were computed, for a backward pass: with them stays all that the model worked out on the
 * way. Known by the text: a model is what `.eval()` is called on, which turns gradients off no more than anything else but `no_grad` does.
 */
import type { Call, Expr, FunctionDef, Name, Node } from '../syntax/ast.ts'
import { dottedPath, lastName } from '../syntax/expressions.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding } from '../flow/graph.ts'
import { switchesOff } from '../values/gradients.ts'
import { perObject } from '../text/on-demand.ts'

/** Who evaluates a model, gradients on: the paths of the models (`model`, `self.net`); empty: nobody here. */
export const evaluatedModels: (def: FunctionDef) => ReadonlySet<string> = perObject(def => {
  const models = new Set<string>()
  const visit = (node: Node): boolean => {
    const path = node.kind === 'ExprStmt' && node.value.kind === 'Call' ? evaluated(node.value) : null
    if (path !== null) models.add(path)
    return false
  }
  for (const stmt of def.body) someNode(stmt, visit)
  const isOff = models.size === 0 || !def.header.decorators.every(isHarmless) || def.body.some(stmt => someNode(stmt, minds))
  return isOff ? NONE : models
})

const NONE: ReadonlySet<string> = new Set()

function evaluated({ func, args }: Call): string | null {
  return func.kind === 'Attribute' && func.attr === 'eval' && args.length === 0 ? dottedPath(func.value) : null
}

/** It says something of gradients, or trains: whoever does knows what is kept. */
function minds(node: Node): boolean {
  switch (node.kind) {
    case 'With': return !node.items.every(i => isHarmless(i.context))
    case 'Call': return turnsOff(node) || (node.func.kind === 'Attribute' && TRAINS.has(node.func.attr))
    case 'Attribute': return node.attr === 'requires_grad' || node.attr === 'grad'
    default: return false
  }
}

const TRAINS: ReadonlySet<string> = new Set(['backward', 'step', 'zero_grad', 'requires_grad_', 'retain_grad', 'register_hook', 'grad'])

/** A decorator or context manager that surely does not turn gradients off; others may do it under a name of their own. */
function isHarmless(expr: Expr): boolean {
  return HARMLESS.has(lastName(expr.kind === 'Call' ? expr.func : expr) ?? '')
}

const HARMLESS: ReadonlySet<string> = new Set([
  'staticmethod', 'classmethod', 'override', 'open', 'autocast', 'tqdm', 'trange', 'profile', 'record_function', 'suppress', 'closing', 'nullcontext', 'device', 'stream',
  'TemporaryDirectory', 'NamedTemporaryFile', 'ThreadPoolExecutor', 'ProcessPoolExecutor', 'Pool',
])

/** As `switchesOff`, or `torch.set_grad_enabled(…)`. */
export function turnsOff(expr: Expr): boolean {
  return switchesOff(expr) || lastName(expr.kind === 'Call' ? expr.func : expr) === 'set_grad_enabled'
}

/** Tells of an expression whether its value remembers how one of the models computed it. */
export function rememberers(models: ReadonlySet<string>, flow: FlowAnalysis): (expr: Expr) => boolean {
  const names = new Map<Name, boolean>()
  const remembers = (expr: Expr): boolean => {
    switch (expr.kind) {
      case 'Name': return ofName(expr)
      case 'Call': return isComputed(expr)
      case 'BinOp': return expr.op !== '//' && expr.op !== '%' && (remembers(expr.left) || remembers(expr.right))
      case 'UnaryOp': return expr.op === '-' && remembers(expr.operand)
      case 'Subscript': return remembers(expr.value)
      case 'Attribute': return OUTPUTS.has(expr.attr) && remembers(expr.value)
      default: return false
    }
  }
  const ofName = (name: Name): boolean => {
    const known = names.get(name)
    if (known !== undefined) return known
    names.set(name, false)
    const bindings = flow.reaching(name)
    const all = bindings.length > 0 && bindings.every(b => (b.kind === 'assignment' || b.kind === 'annotated' || b.kind === 'walrus') && b.value !== null && isOutput(b, name.id) && remembers(b.value))
    names.set(name, all)
    return all
  }
  const isComputed = ({ func, args }: Call): boolean => {
    const path = dottedPath(func)
    if (path !== null && (models.has(path) || models.has(path.replace(/\.forward$/, '')))) return true
    if (func.kind === 'Attribute' && remembers(func.value)) return DIFFERENTIABLE.has(func.attr)
    const name = lastName(func) ?? ''
    return (/(^|_)(loss|criterion|nll|bce|mse)(_|$)|Loss/.test(name) || (func.kind === 'Attribute' && DIFFERENTIABLE.has(name))) && args.some(a => remembers(a.value))
  }
  return remembers
}

/** Beside its result a model gives whatever it likes, numbers too, unless the name says what it is. */
function isOutput({ path: [step] }: Binding, name: string): boolean {
  return step === undefined || step === 0 || /(^|_)(loss|logits|output|outputs|out|pred|preds|hidden)$/.test(name)
}

/** Fields of what models give. */
const OUTPUTS: ReadonlySet<string> = new Set(['loss', 'logits', 'last_hidden_state', 'hidden_states', 'pooler_output', 'sample', 'prediction', 'predictions', 'T', 'mT'])

/** Methods of tensors, and functions of torch by the same names, whose results can be differentiated; their values are those of tensors of numbers. */
const DIFFERENTIABLE: ReadonlySet<string> = new Set([
  'mean', 'sum', 'view', 'reshape', 'squeeze', 'unsqueeze', 'transpose', 'permute', 'flatten', 'contiguous', 'softmax', 'log_softmax', 'sigmoid', 'tanh', 'relu', 'exp', 'log', 'pow', 'sqrt', 'abs',
  'norm', 'clone', 'cpu', 'cuda', 'to', 'float', 'double', 'half', 't', 'cat', 'stack', 'cross_entropy', 'nll_loss', 'mse_loss', 'l1_loss', 'binary_cross_entropy', 'normalize', 'interpolate',
])
