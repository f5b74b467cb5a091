/**
 * Arrays that are small beside the data they come from: what a reduction leaves (one number, one for each row), masks (a byte for each
 * element), positions, vectors made with one length (one number for each of something), counts (`[len(x) for x in parts]`), tables of a number for each two
 * columns, one column of a table, one axis of a grid, and what is computed from nothing else. Told by the expressions that make them.
 */
import type { Argument, Call, Expr, Name, Subscript } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding, Path } from '../flow/graph.ts'
import type { ValueKind } from '../models/model.ts'
import { assumed } from './assumed.ts'
import { resolveCallee } from './calls.ts'
import { addsAxis, dimensionsOf, isVector } from './dimensions.ts'
import type { Evaluator } from './evaluate.ts'
import { isFactor } from './outer-products.ts'
import { kindOf } from './parts.ts'
import { asksForLittle } from './queries.ts'
import { isShownWhole } from './shown-whole.ts'
import type { Summary } from './summary.ts'
import { isSmall } from './value.ts'

/** Surely so: what is not told may be large. */
export function isLittle(binding: Binding, e: Evaluator): boolean {
  return isFactor(binding, e.context) || isShownWhole(binding, e.context.flow) || new Search(e).binding(binding)
}

/** The same of an expression. */
export function isLittleResult(expr: Expr, e: Evaluator): boolean {
  return new Search(e).expr(expr)
}

/** Bytes. */
const SMALL = 1 << 16

class Search {
  private readonly e: Evaluator
  readonly binding = assumed(binding => this.looked(binding))

  constructor(e: Evaluator) {
    this.e = e
  }

  private looked(binding: Binding): boolean {
    const { kind, value, path, variable } = binding
    // In place: as large as what was there.
    if (kind === 'augmented') return this.all(this.e.context.flow.graph.bindings.filter(b => b.variable === variable && b.kind !== 'augmented'))
    if (value === null || !ASSIGNING.has(kind)) return false
    if (kind === 'for') return path.length === 0 && this.isArray(value) && !this.isDeep(value)
    const [step] = path
    if (step === undefined) return this.expr(value)
    const item = value.kind === 'Tuple' && typeof step === 'number' && path.length === 1 ? value.elts.at(step) : undefined
    if (item) return this.expr(item)
    return value.kind === 'Call' && (this.isItemLittle(value, path) || this.isSplitOfLittle(value, path) || this.isReduction(value))
  }

  private all(bindings: readonly Binding[]): boolean {
    return bindings.length > 0 && bindings.every(b => this.binding(b))
  }

  expr(expr: Expr): boolean {
    switch (expr.kind) {
      case 'Constant': return true
      case 'Compare': return !this.isTable(expr)
      case 'UnaryOp': return this.expr(expr.operand)
      case 'BinOp': return (expr.op === '@' && isOfOne(expr.left, expr.right)) || (this.expr(expr.left) && this.expr(expr.right))
      case 'BoolOp': return expr.values.every(v => this.expr(v))
      case 'IfExp': return this.expr(expr.body) && this.expr(expr.orelse)
      case 'Name': return this.name(expr)
      case 'Attribute': return MEASURES.has(expr.attr) || (SAME.has(expr.attr) && this.expr(expr.value)) || this.isKnownSmall(expr)
      case 'Subscript': return this.isLine(expr) || isOneNumber(expr) || this.isColumn(expr) || isAxisOfGrid(expr) || (!addsAxis(expr.slice) && this.expr(expr.value))
      case 'Call': return this.call(expr)
      case 'Comprehension': return expr.form === 'list' && isCount(expr.elt)
      default: return this.isKnownSmall(expr)
    }
  }

  private name(name: Name): boolean {
    return this.all(this.e.context.flow.reaching(name)) || this.isKnownSmall(name)
  }

  /** Not a container: it may grow. */
  private isKnownSmall(expr: Expr): boolean {
    const value = this.e.ofExpr(expr)
    return value.type !== null && !isContainer(kindOf(value.type, this.e.context)) && isSmall(value, SMALL)
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
    if (isVector(call, this.e) || PER_COLUMN.has(name) || (name === 'dot' && isOfOne(...this.operands(call)))) return true
    if (this.isReduction(call) || MASKS.has(name) || (POSITIONS.has(name) && call.args.length === 1) || isOfFlags(call)) return !this.isTable(call)
    return ELEMENTWISE.has(name) && this.operands(call).every(o => this.expr(o))
  }

  /** One number of many: over all, or along one of two dimensions. */
  private isReduction(call: Call): boolean {
    if (!REDUCTIONS.has(lastName(call.func) ?? '')) return false
    const [of, axis] = this.operands(call)
    // `x.sum(-1)`: only arrays have axes by their number.
    const isByNumber = call.func.kind === 'Attribute' && of === call.func.value && axis !== undefined && isNumber(axis)
    const along = isAlong(call) || isByNumber
    return of !== undefined && (isByNumber || this.isArray(of) || this.expr(of) || (!along && isOfNumpy(call, this.e))) && !(along && this.isDeep(of))
  }

  /** What is computed with: the object whose method it is, unless that is a module, and what is passed by position. */
  private operands({ func, args }: Call): readonly Expr[] {
    const receiver = func.kind === 'Attribute' && !this.isModule(func.value) ? [func.value] : []
    return [...receiver, ...args.filter(a => a.form !== 'keyword').map(a => a.value)]
  }

  private isModule(expr: Expr): boolean {
    if (expr.kind === 'Attribute') return this.isModule(expr.value)
    return expr.kind === 'Name' && this.e.ofExpr(expr).type === null && this.e.context.flow.reaching(expr).every(b => b.kind === 'import')
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

  /** `x[-1, :]` of an array of two dimensions. */
  private isLine({ value, slice }: Subscript): boolean {
    return slice.kind === 'Tuple' && slice.elts.length === 2 && slice.elts.some(isNumber) && this.isArray(value) && !this.isDeep(value)
  }
}

/** `np.fromfile(file, np.int32, 1)[0]`: an item of what has one dimension. */
function isOneNumber({ value, slice }: Subscript): boolean {
  return isNumber(slice) && value.kind === 'Call' && OF_ONE_DIMENSION.has(lastName(value.func) ?? '')
}

const OF_ONE_DIMENSION: ReadonlySet<string> = new Set(['fromfile', 'frombuffer', 'fromstring', 'fromiter', 'arange', 'linspace', 'ravel', 'flatten'])

/** `file.variables["lat"][:]`: a coordinate of a grid is one number for each of its rows, columns, layers or times. */
function isAxisOfGrid({ value, slice }: Subscript): boolean {
  return slice.kind === 'Slice' && value.kind === 'Subscript' && value.slice.kind === 'Constant' && typeof value.slice.value === 'string' && COORDINATES.has(value.slice.value.toLowerCase())
}

/** By the names that conventions for grids give them (CF conventions, chapter 4). */
const COORDINATES: ReadonlySet<string> = new Set(['lat', 'latitude', 'lon', 'longitude', 'lev', 'level', 'levels', 'plev', 'depth', 'height', 'altitude', 'time', 'times'])

/** `x.T` and `x`: their product has a number for each two columns, however many rows there are. */
function isOfOne(left?: Expr, right?: Expr): boolean {
  return left?.kind === 'Attribute' && left.attr === 'T' && left.value.kind === 'Name' && right?.kind === 'Name' && right.id === left.value.id
}

/** `np.argmax(x)`: of an array, whatever x is. */
function isOfNumpy(call: Call, e: Evaluator): boolean {
  const callee = resolveCallee(call, e)
  return callee.kind === 'model' && callee.self === null && callee.name.startsWith('numpy.')
}

function isContainer(kind: ValueKind | null): boolean {
  return kind === 'list' || kind === 'dict' || kind === 'set' || kind === 'tuple' || kind === 'deque'
}

/** `len(x)`, `x.size`, `residue.n_atoms`: one number. */
function isCount(expr: Expr): boolean {
  if (expr.kind === 'Call') return expr.func.kind === 'Name' && expr.func.id === 'len'
  return MEASURES.has(lastName(expr) ?? '') || /^(n|num|nb|len)_/.test(lastName(expr) ?? '')
}

const ASSIGNING: ReadonlySet<string> = new Set(['assignment', 'annotated', 'walrus', 'for'])

function isNumber(expr: Expr): boolean {
  return (expr.kind === 'Constant' && typeof expr.value === 'number') || (expr.kind === 'UnaryOp' && isNumber(expr.operand))
}

/** `axis=0`, `dim=-1`. */
function isAlong({ args }: Call): boolean {
  return args.some(isAxis)
}

function isAxis({ form, name }: Argument): boolean {
  return form === 'keyword' && (name === 'axis' || name === 'dim')
}

/** `np.zeros(n, dtype=bool)`, `x.astype(bool)`. */
function isOfFlags({ func, args }: Call): boolean {
  const [type] = args.filter(a => a.name === 'dtype' || (a.form === 'positional' && lastName(func) === 'astype'))
  return type !== undefined && /^bool_?$/.test(lastName(type.value) ?? '')
}

/** Attributes that are the whole in another form. */
const SAME: ReadonlySet<string> = new Set(['T', 'values', 'array'])

const MEASURES: ReadonlySet<string> = new Set(['shape', 'size', 'ndim', 'nbytes', 'dtype'])

const REDUCTIONS: ReadonlySet<string> = new Set([
  'sum', 'mean', 'median', 'std', 'var', 'min', 'max', 'amin', 'amax', 'any', 'all', 'argmin', 'argmax', 'prod', 'average', 'ptp', 'norm', 'logsumexp', 'count_nonzero',
  'percentile', 'quantile', 'corrcoef', 'nansum', 'nanmean', 'nanmedian', 'nanstd', 'nanvar', 'nanmin', 'nanmax', 'nanpercentile', 'unique', 'bincount', 'trace',
])

const MASKS: ReadonlySet<string> = new Set([
  'isnan', 'isfinite', 'isinf', 'isclose', 'isin', 'in1d', 'isnull', 'isna', 'notnull', 'notna', 'logical_and', 'logical_or', 'logical_not', 'logical_xor', 'duplicated',
])

/** Of a frame: as many rows as it has columns, or a few. */
const PER_COLUMN: ReadonlySet<string> = new Set(['corr', 'cov', 'describe', 'nunique', 'value_counts'])

/** With one argument: `np.where(mask)`. */
const POSITIONS: ReadonlySet<string> = new Set(['where', 'flatnonzero', 'nonzero', 'argwhere'])

/** Of the size of their arguments, or less. */
const ELEMENTWISE: ReadonlySet<string> = new Set([
  'abs', 'absolute', 'fabs', 'sqrt', 'square', 'power', 'exp', 'log', 'log2', 'log10', 'log1p', 'sign', 'round', 'rint', 'floor', 'ceil', 'clip', 'maximum', 'minimum', 'where', 'diff', 'cumsum',
  'sort', 'argsort', 'asarray', 'array', 'ascontiguousarray', 'astype', 'int', 'float', 'double', 'half', 'long', 'bool', 'to', 'cpu', 'cuda', 'numpy', 'detach', 'tolist', 'copy', 'clone', 'squeeze',
  'ravel', 'flatten', 'reshape', 'unsqueeze', 'expand_dims', 'nan_to_num', 'insert', 'append', 'divide', 'multiply', 'add', 'subtract', 'div', 'mul', 'sub', 'sort_values', 'sort_index', 'dropna', 'fillna', 'to_numpy', 'to_categorical',
])
