/**
 * Arrays that are small beside the data they come from: what a reduction leaves (one number, one for each row), masks (a byte for each
 * element), positions, vectors made with one length (one number for each of something), counts (`[len(x) for x in parts]`), tables of a number for each two
 * columns, one column of a table, one group of its rows, one axis of a grid, a layer of a model, and what is computed from nothing else. Told by the
 * expressions that make them.
 */
import type { Call, Expr, Name, Stmt, Subscript } from '../syntax/ast.ts'
import { mentions } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding, Path } from '../flow/graph.ts'
import type { ValueKind } from '../models/model.ts'
import { additionsIn, type Addition } from './additions.ts'
import { assumed } from './assumed.ts'
import { resolveCallee } from './calls.ts'
import { addsAxis, dimensionsOf, isOfPoints, isVector } from './dimensions.ts'
import type { Evaluator } from './evaluate.ts'
import { isAxisOfGrid, isCount, isFew, isLayer, isName, isOfFlags, isOfOne, isOneOfMany, isPickedByHand, itemsOf, MEASURES } from './little-forms.ts'
import { dottedName } from './names.ts'
import { isMethodCall, operandsOf } from './operands.ts'
import { isFactor } from './outer-products.ts'
import { isBulk, kindOf } from './parts.ts'
import { asksForLittle } from './queries.ts'
import { Ranks } from './ranks.ts'
import { axesOf, axisGiven, isNamedReduction, isNumber } from './reductions.ts'
import { isShownWhole } from './shown-whole.ts'
import { elementType } from './sizes/dtypes.ts'
import type { Summary } from './summary.ts'
import { isUsedAsPath } from './used-as-path.ts'
import { isSmall } from './value.ts'

/** Surely so: what is not told may be large. */
export function isLittle(binding: Binding, e: Evaluator): boolean {
  const { context } = e
  return isFactor(binding, context) || isShownWhole(binding, context.flow) || (isUsedAsPath(binding, e) && !isBulk(e.ofBinding(binding), context)) || new Search(e).binding(binding)
}

/** The same of an expression. */
export function isLittleResult(expr: Expr, e: Evaluator): boolean {
  return new Search(e).expr(expr)
}

/** Bytes: more than what is said to be small whatever happens. */
const SMALL = (1 << 16) + 1

class Search {
  private readonly e: Evaluator
  private readonly ranks: Ranks
  readonly binding = assumed(binding => this.looked(binding))

  constructor(e: Evaluator) {
    this.e = e
    this.ranks = new Ranks(e)
  }

  private looked(binding: Binding): boolean {
    const { kind, value, path, variable } = binding
    if (this.ranks.ofBinding(binding) === 0) return true
    // In place: as large as what was there.
    if (kind === 'augmented') return this.all(this.e.context.flow.graph.bindings.filter(b => b.variable === variable && b.kind !== 'augmented'))
    if (value === null || !ASSIGNING.has(kind)) return false
    if (kind === 'for') return path.length === 0 && this.isArray(value) && !this.isDeep(value)
    const [step] = path
    if (step === undefined) return this.isOfFigures(binding, value) ?? this.expr(value)
    const item = value.kind === 'Tuple' && typeof step === 'number' && path.length === 1 ? value.elts.at(step) : undefined
    if (item) return this.expr(item)
    return value.kind === 'Call' && (this.isItemLittle(value, path) || this.isSplitOfLittle(value, path) || this.isReduction(value))
  }

  /** A container to which one number or short text is added at a time: little beside what that is computed from. Null: it is none, or nothing is added. */
  private isOfFigures(binding: Binding, value: Expr): boolean | null {
    const { type, size } = this.e.ofBinding(binding)
    const additions = additionsIn(this.e.context.flow).get(binding)
    if (!additions || !isContainer(kindOf(type, this.e.context))) return null
    return size.origin !== 'outside' && itemsOf(value)?.every(x => this.isFigure(x)) === true && additions.every(a => this.addsFigures(a))
  }

  private addsFigures({ element, spread, keyed, aggregates }: Addition): boolean {
    return element !== null && !spread && (keyed || !aggregates) && this.isFigure(element)
  }

  /** One number or short text, or as good as one: `np.mean(image)`. */
  private isFigure(expr: Expr): boolean {
    if (isCount(expr) || isName(expr) || this.ranks.of(expr) === 0 || (expr.kind === 'Call' && (this.isTotal(expr) || isOfPoints(expr, this.e)))) return true
    const value = this.e.ofExpr(expr)
    const kind = kindOf(value.type, this.e.context)
    return kind !== null && FIGURES.has(kind) && isSmall(value, SMALL)
  }

  private all(bindings: readonly Binding[]): boolean {
    return bindings.length > 0 && bindings.every(b => this.binding(b))
  }

  expr(expr: Expr): boolean {
    return this.told(expr) || this.ranks.of(expr) === 0
  }

  private told(expr: Expr): boolean {
    switch (expr.kind) {
      case 'Constant': return true
      case 'Compare': return !this.isTable(expr)
      case 'UnaryOp': return this.expr(expr.operand)
      case 'BinOp': return (expr.op === '@' && isOfOne(expr.left, expr.right)) || (this.expr(expr.left) && this.expr(expr.right))
      case 'BoolOp': return expr.values.every(v => this.expr(v))
      case 'IfExp': return this.expr(expr.body) && this.expr(expr.orelse)
      case 'Name': return this.name(expr)
      case 'Attribute': return MEASURES.has(expr.attr) || (SAME.has(expr.attr) && this.expr(expr.value)) || this.isKnownSmall(expr)
      case 'Subscript': return this.isLine(expr) || isOneOfMany(expr) || (isPickedByHand(expr) && !this.isTable(expr.value)) || this.isColumn(expr) || isAxisOfGrid(expr) || (!addsAxis(expr.slice) && this.expr(expr.value))
      case 'Call': return this.call(expr)
      case 'Comprehension': return expr.form !== 'dict' && this.isFigure(expr.elt)
      case 'List':
      case 'Tuple': return expr.elts.length > 0 && expr.elts.every(x => this.expr(x))
      default: return this.isKnownSmall(expr)
    }
  }

  private name(name: Name): boolean {
    const reaching = this.e.context.flow.reaching(name)
    const reduced = reaching.flatMap(b => this.reducedIfAny(b))
    return this.all(reduced.length === 0 ? reaching : reaching.filter(b => !reduced.includes(b))) || this.isKnownSmall(name)
  }

  /** What is reduced unless there is nothing to do: `if len(axes) > 0: x = x.sum(axes)`. */
  private reducedIfAny({ node, value, path, variable }: Binding): readonly Binding[] {
    if (value?.kind !== 'Call' || path.length > 0 || !isNamedReduction(value)) return []
    const operands = operandsOf(value, this.e)
    const [of] = operands
    const axis = axisGiven(value, operands)
    if (of?.kind !== 'Name' || of.id !== variable.name || axis?.kind !== 'Name' || !this.isOverAxes(value, operands)) return []
    const { flow } = this.e.context
    const owner = flow.graph.suites.find(s => s.body.includes(node as Stmt))?.owner
    return owner?.kind === 'If' && mentions(owner.test, axis.id) ? flow.reaching(of) : []
  }

  /** Not a container, which may grow, nor what is a way to others (`table.iloc`). */
  private isKnownSmall(expr: Expr): boolean {
    const value = this.e.ofExpr(expr)
    const kind = kindOf(value.type, this.e.context)
    return kind !== null && !isContainer(kind) && !WAYS.has(kind) && isSmall(value, SMALL)
  }

  private isItemLittle(call: Call, [step, ...deeper]: Path): boolean {
    const little = this.littleOf(call)
    return typeof little === 'object' && typeof step === 'number' && deeper.length === 0 && little.at(step) === true
  }

  /** `x_train, x_test, y_train, y_test = train_test_split(x, y)`: two for each. */
  private isSplitOfLittle({ func, args }: Call, [step, ...deeper]: Path): boolean {
    if (lastName(func) !== 'train_test_split' || typeof step !== 'number' || step < 0 || deeper.length > 0) return false
    const source = args.filter(a => a.form === 'positional')[Math.floor(step / 2)]
    return source !== undefined && this.expr(source.value)
  }

  /** Of a function of the workspace. */
  private littleOf(call: Call): Summary['little'] {
    const callee = resolveCallee(call, this.e)
    return callee.kind === 'function' && callee.summary !== null && callee.summary.little
  }

  private call(call: Call): boolean {
    if (this.isKnownSmall(call) || this.littleOf(call) === true || asksForLittle(call, this.e)) return true
    const name = lastName(call.func) ?? ''
    if (isLayer(nameOfModel(call, this.e) ?? '')) return true
    if (isVector(call, this.e) || isOfPoints(call, this.e) || PER_COLUMN.has(name) || (name === 'dot' && isOfOne(...operandsOf(call, this.e)))) return true
    if (this.isReduction(call) || MASKS.has(name) || (POSITIONS.has(name) && call.args.length === 1) || isOfFlags(call)) return !this.isTable(call)
    if (name === 'frombuffer') return isOfFewBytes(call, this.e)
    return ELEMENTWISE.has(name) && operandsOf(call, this.e).every(o => this.expr(o) || elementType(dottedName(o, this.e.context)) !== null)
  }

  /** One number of many: over all, or along one of two dimensions, or along several. */
  private isReduction(call: Call): boolean {
    if (!isNamedReduction(call)) return false
    const operands = operandsOf(call, this.e)
    const [of, second] = operands
    // `x.sum(-1)`: only arrays have axes by their number.
    const isByNumber = isMethodCall(call, this.e) && second !== undefined && isNumber(second)
    const isAlong = this.isAlong(call, operands)
    // Once along one axis and once along another.
    const isAgain = of?.kind === 'Call' && isNamedReduction(of)
    return of !== undefined && (isByNumber || isAgain || this.isTotal(call) || this.isArray(of) || this.expr(of)) && !(isAlong && this.isDeep(of))
  }

  /** One number, or what is left of it is far less: all of it is reduced, or all but a dimension or two. */
  private isTotal(call: Call): boolean {
    if (!isNamedReduction(call)) return false
    const operands = operandsOf(call, this.e)
    const [of] = operands
    if (axesOf(call, operands) === 'several' || this.isOverAxes(call, operands)) return true
    return of !== undefined && axesOf(call, operands) === 'all' && (this.isArray(of) || isOfNumpy(call, this.e))
  }

  /** `axes` of `x.sum(axes)`: whoever has a collection of axes reduces along all but one or two. */
  private isOverAxes(call: Call, operands: readonly Expr[]): boolean {
    const axis = axesOf(call, operands) === 'named' ? axisGiven(call, operands) : undefined
    const kind = axis ? kindOf(this.e.ofExpr(axis).type, this.e.context) : null
    return axis !== undefined && (kind === 'tuple' || kind === 'list' || (kind === null && /(^|_)(axes|dims)$/.test(lastName(axis) ?? '')))
  }

  private isAlong(call: Call, operands: readonly Expr[]): boolean {
    return axesOf(call, operands) !== 'all' && !this.isTotal(call)
  }

  private isArray(expr: Expr | null): boolean {
    const kind = expr && kindOf(this.e.ofExpr(expr).type, this.e.context)
    return kind === 'array' || kind === 'tensor' || kind === 'series'
  }

  private isTable(expr: Expr): boolean {
    const kind = kindOf(this.e.ofExpr(expr).type, this.e.context)
    return kind === 'frame' || kind === 'table'
  }

  /** Of three dimensions or more: what is left of it along one is an image. */
  private isDeep(expr: Expr): boolean {
    return expr.kind === 'Name' && this.e.context.flow.reaching(expr).some(b => dimensionsOf(b, this.e) >= 3)
  }

  /** `frame["label"]`: one column of many. */
  private isColumn({ value, slice }: Subscript): boolean {
    return slice.kind === 'Constant' && typeof slice.value === 'string' && kindOf(this.e.ofExpr(value).type, this.e.context) === 'frame'
  }

  /** `x[-1, :]`, `x[:, :4]` of an array of two dimensions. */
  private isLine({ value, slice }: Subscript): boolean {
    if (slice.kind !== 'Tuple' || slice.elts.length !== 2 || !this.isArray(value) || this.isDeep(value)) return false
    // The last axis of an image is its colours.
    const mayBeImage = slice.elts.some(x => x.kind === 'Constant' && x.type === 'Ellipsis') && kindOf(this.e.ofExpr(value).type, this.e.context) !== 'tensor'
    return slice.elts.some(x => isNumber(x) || (isFew(x) && !mayBeImage))
  }
}

/** `np.frombuffer(file.read(8))`, whatever the file is. */
function isOfFewBytes({ args: [source] }: Call, e: Evaluator): boolean {
  const asked = source?.value.kind === 'Call' && lastName(source.value.func) === 'read' && source.value.args.length === 1 ? e.ofExpr(source.value.args[0]!.value).number : null
  return asked?.high != null && asked.high < SMALL
}

/** `np.argmax(x)`: of an array, whatever x is. */
function isOfNumpy(call: Call, e: Evaluator): boolean {
  return nameOfModel(call, e)?.startsWith('numpy.') === true
}

/** Of a function or class of a library, not of a method. */
function nameOfModel(call: Call, e: Evaluator): string | null {
  const callee = resolveCallee(call, e)
  return callee.kind === 'model' && callee.self === null ? callee.name : null
}

function isContainer(kind: ValueKind | null): boolean {
  return kind === 'list' || kind === 'dict' || kind === 'set' || kind === 'tuple' || kind === 'deque'
}

/** Kinds of which one is a number or a short text, where it is known to be small. */
const FIGURES: ReadonlySet<ValueKind> = new Set<ValueKind>(['int', 'float', 'bool', 'str', 'none'])

const WAYS: ReadonlySet<ValueKind> = new Set<ValueKind>(['view', 'handle', 'iterator', 'object', 'function', 'table'])

const ASSIGNING: ReadonlySet<string> = new Set(['assignment', 'annotated', 'walrus', 'for'])

/** Attributes that are the whole in another form. */
const SAME: ReadonlySet<string> = new Set(['T', 'values', 'array'])

const MASKS: ReadonlySet<string> = new Set([
  'isnan', 'isfinite', 'isinf', 'isclose', 'isin', 'in1d', 'isnull', 'isna', 'notnull', 'notna', 'logical_and', 'logical_or', 'logical_not', 'logical_xor', 'duplicated',
])

/** Of a frame: as many rows as it has columns, or a few. */
const PER_COLUMN: ReadonlySet<string> = new Set(['corr', 'cov', 'describe', 'nunique', 'value_counts'])

/** With one argument: `np.where(mask)`. */
const POSITIONS: ReadonlySet<string> = new Set(['where', 'flatnonzero', 'nonzero', 'argwhere'])

/** Of the size of their arguments, or less. */
const ELEMENTWISE: ReadonlySet<string> = new Set([
  'abs', 'absolute', 'fabs', 'sqrt', 'square', 'power', 'exp', 'sin', 'cos', 'tan', 'arctan2', 'log', 'log2', 'log10', 'log1p', 'sign', 'round', 'rint', 'floor', 'ceil', 'fix', 'trunc', 'clip', 'maximum', 'minimum', 'where', 'diff', 'cumsum',
  'sort', 'argsort', 'asarray', 'array', 'tensor', 'zeros_like', 'ones_like', 'empty_like', 'full_like', 'ascontiguousarray', 'astype', 'int', 'int32', 'int64', 'uint8', 'float', 'float32', 'float64', 'single', 'double', 'half', 'long', 'bool', 'to', 'cpu', 'cuda', 'numpy', 'detach', 'tolist', 'copy', 'clone', 'squeeze',
  'ravel', 'flatten', 'reshape', 'unsqueeze', 'expand_dims', 'nan_to_num', 'insert', 'append', 'concatenate', 'concat', 'cat', 'stack', 'vstack', 'hstack', 'column_stack', 'divide', 'multiply', 'add', 'subtract', 'div', 'mul', 'sub', 'sort_values', 'sort_index', 'dropna', 'fillna', 'reset_index', 'to_numpy', 'to_categorical',
])
