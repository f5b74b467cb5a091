/**
 * Whether an object is likely to be data, for somebody's care for memory speaks of data: not of the tools, figures, texts and settings that
 * the same function works with. Known kinds of bulk data are, unless they are used as one number. Of others it tells what is done with them, what they are
 * made of, and that they are like what is let go by hand: computed from that, or that from them, or made by the same function.
 */
import type { Call, Expr, Node } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { dottedPath, lastName } from '../syntax/expressions.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import { additionsIn } from '../values/additions.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { isBulk, kindOf } from '../values/parts.ts'
import type { Value } from '../values/value.ts'
import { isData, signedUses, type SignedUse } from './data-signs.ts'
import { namesData, namesModel } from './telling-names.ts'

export interface Candidate {
  readonly variable: Variable
  readonly bindings: readonly Binding[]
  readonly value: Value
}

/** `released`: what is let go by hand in the same frame. */
export function isLikelyData(object: Candidate, released: readonly Variable[], { values, flow }: FrameAnalysis): boolean {
  const { variable, bindings, value } = object
  const uses = usesOf(object, { values, flow })
  if (uses.some(u => u.sign === 'figure') || bindings.some(isFigure) || bindings.every(b => isFewFigures(b, values))) return false
  const isUnknown = value.size.origin === 'unknown'
  if (isUnknown && flow.graph.bindings.some(b => b.variable === variable && isLiteral(partOf(b)))) return false
  const isUsedAsData = uses.some(u => u.sign === 'data' || u.sign === 'handled' || (u.sign === 'company' && !isUnknown))
  if (new Set(released).size >= THOROUGH) return (!isUnknown || isUsedAsData || bindings.some(b => isMade(b, values))) && released.some(r => (isBulk(value, values.context) ? isKin : isOfOneWork)(object, r, flow))
  if (isBulk(value, values.context)) return true
  if (uses.length === 0 || uses.some(u => u.sign === 'handle')) return false
  // What is called is code, or a model.
  if (bindings.some(isTool) || uses.some(u => u.sign === 'called')) return namesModel(variable.name)
  if (isUsedAsData || released.some(r => isKin(object, r, flow))) return true
  if (kindOf(value.type, values.context) !== null) return false
  return namesData(variable.name) || namesModel(variable.name) || bindings.some(b => isMade(b, values))
}

/** What takes so much of the memory of a device that giving that back speaks of it: models. Of the tensors there most are one batch, or less. */
export function isLargeOnDevice({ value, variable }: Candidate, { values }: FrameAnalysis): boolean {
  const kind = kindOf(value.type, values.context)
  return kind === null || kind === 'object' ? namesModel(variable.name) : kind === 'model'
}

/** Nothing but data: it takes part in operations on arrays, is cut, or is made by an operator. */
export function isNothingButData(object: Pick<Candidate, 'variable' | 'bindings'>, analysis: FrameAnalysis): boolean {
  const { bindings } = object
  const isUsed = usesOf(object, analysis).some(u => u.sign === 'data')
  return isUsed || (bindings.length > 0 && bindings.every(({ path, value }) => path.length === 0 && value !== null && OPERATIONS.has(value.kind)))
}

/** What its uses tell, those of other objects under the same name left out. */
function usesOf({ variable, bindings }: Pick<Candidate, 'variable' | 'bindings'>, { values, flow }: Pick<FrameAnalysis, 'values' | 'flow'>): readonly SignedUse[] {
  return signedUses(variable, values).filter(u => flow.reaching(u.place).some(b => bindings.includes(b)))
}

const OPERATIONS: ReadonlySet<Expr['kind']> = new Set(['BinOp', 'UnaryOp', 'Compare'])

function isMade({ path, value }: Binding, values: Evaluator): boolean {
  return path.length === 0 && value !== null && isMadeOfData(value, values)
}

/** The expression that the name is bound to, where it is written down by itself: `b` of `x, y = a, b` for y. */
function partOf({ value, path }: Binding): Expr | null {
  const [step] = path
  return step === undefined ? value : value?.kind === 'Tuple' && typeof step === 'number' && path.length === 1 ? value.elts.at(step) ?? null : null
}

/** A number, a word, or a few: what a name begins with says what else it may be. */
function isLiteral(value: Expr | null): boolean {
  if (value?.kind === 'Tuple') return value.elts.length > 0 && value.elts.every(isLiteral)
  return value?.kind === 'Constant' && value.type !== 'None' && value.type !== 'Ellipsis'
}

/** `x.max()`, `x.shape[0]`: one number; `name.split(".")`: a few words. */
function isFigure(binding: Binding): boolean {
  const value = partOf(binding)
  if (value === null) return false
  if (value.kind === 'Subscript') return value.value.kind === 'Attribute' && value.value.attr === 'shape'
  if (value.kind !== 'Call' || value.func.kind !== 'Attribute') return false
  return value.args.length === 0 ? FIGURES.has(value.func.attr) : CUTS.has(value.func.attr) && isSeparator(value.args[0]!.value)
}

/** Between words, not between lines. */
function isSeparator(expr: Expr): boolean {
  return expr.kind === 'Constant' && typeof expr.value === 'string' && !expr.value.includes('\n')
}

/** Of texts. */
const CUTS: ReadonlySet<string> = new Set(['split', 'rsplit', 'partition', 'rpartition', 'strip', 'removesuffix', 'removeprefix'])

/** Written down one by one, and none of it is data: `bounds = [0, n]`. */
function isFewFigures({ value, path }: Binding, values: Evaluator): boolean {
  return path.length === 0 && (value?.kind === 'List' || value?.kind === 'Tuple') && value.elts.length > 0 && !value.elts.some(x => x.kind === 'Starred' || x.kind === 'Call' || isData(x, values))
}

const FIGURES: ReadonlySet<string> = new Set(['max', 'min', 'sum', 'mean', 'median', 'std', 'var', 'item', 'numel', 'size', 'elapsed', 'hexdigest', 'any', 'all'])

/** An instance of a class: sessions, settings, strategies far more often than data. */
function isTool({ value, path }: Binding): boolean {
  return path.length === 0 && value?.kind === 'Call' && /^[A-Z][a-z]|^[A-Z]+[a-z]|^[A-Z]{2,}$/.test(lastName(value.func) ?? '')
}

/** Whoever lets go of so many has gone over the whole function: what is left was left, unless it is of one work with them and, where nothing is known of it, is used as data. */
const THOROUGH = 4

function isKin(object: Candidate, other: Variable, flow: FlowAnalysis): boolean {
  const theirs = flow.graph.bindings.filter(b => b.variable === other)
  // Of what one call gave, its author let go of the other alone.
  return isOfOneWork(object, other, flow) || object.bindings.some(b => makerOf(b) !== null && theirs.some(t => makerOf(t) === makerOf(b) && t.value !== b.value))
}

/** The same name bound elsewhere, one is computed from the other, or all of the other's objects are gathered in it. */
function isOfOneWork({ variable, bindings }: Candidate, other: Variable, flow: FlowAnalysis): boolean {
  const all = flow.graph.bindings
  const gathers = (b: Binding): boolean => additionsIn(flow).get(b)?.some(({ element }) => element?.kind === 'Name' && element.id === other.name) === true
  return other === variable || bindings.some(gathers) || bindings.some(b => isComputedFrom(b, other)) || all.some(b => b.variable === other && isComputedFrom(b, variable))
}

/** Not where it is an option of the function that computes. */
function isComputedFrom({ value, kind }: Binding, { name }: Variable): boolean {
  return value !== null && kind !== 'for' && mentions(value, name)
}

function mentions(expr: Node, name: string): boolean {
  if (expr.kind === 'Call') return expr.args.some(a => a.form === 'positional' && mentions(a.value, name)) || (expr.func.kind === 'Attribute' && mentions(expr.func.value, name))
  return someNode(expr, n => (n.kind === 'Name' && n.id === name) || (n !== expr && n.kind === 'Call' && mentions(n, name)))
}

function makerOf({ value }: Binding): string | null {
  return value?.kind === 'Call' ? dottedPath(value.func) : null
}

/** A function was given data to make it from, it is all of something that is read by slices, or it was moved to where data is. */
function isMadeOfData(expr: Expr, values: Evaluator): boolean {
  if (expr.kind === 'Await') return isMadeOfData(expr.value, values)
  if (expr.kind === 'Attribute') return isData(expr.value, values)
  if (expr.kind === 'Subscript') return isAll(expr.slice)
  return expr.kind === 'Call' && (isMoved(expr) || expr.args.some(a => a.form === 'positional' && (isData(a.value, values) || (a.value.kind === 'Call' && isMadeOfData(a.value, values))))
    || (expr.func.kind === 'Attribute' && expr.func.value.kind === 'Call' && isMadeOfData(expr.func.value, values)))
}

/** `archive["values"][:]` */
function isAll(slice: Expr): boolean {
  return slice.kind === 'Slice' && slice.lower === null && slice.upper === null
}

/** `x.to(device)`, `x.cuda()`, `x.float()`: a tensor, or a model. */
function isMoved({ func }: Call): boolean {
  return func.kind === 'Attribute' && MOVES.has(func.attr)
}

const MOVES: ReadonlySet<string> = new Set(['to', 'cuda', 'cpu', 'float', 'half', 'bfloat16', 'detach', 'contiguous'])
