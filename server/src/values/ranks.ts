/**
 * How many dimensions a value has, as far as the text tells: none is one number, one a vector or a list of numbers. So an item of a vector is a number, whatever
 * the vector was computed from.
 */
import type { BinOp, Call, Compare, Expr, Subscript } from '../syntax/ast.ts'
import { isNone, lastName } from '../syntax/expressions.ts'
import type { Binding, Path } from '../flow/graph.ts'
import { isNewAxis, isVector, shapeGiven } from './dimensions.ts'
import type { Evaluator } from './evaluate.ts'
import { operandsOf } from './operands.ts'
import { kindOf } from './parts.ts'
import { axesOf, axisGiven, isNamedReduction } from './reductions.ts'
import { isUsedAsNumber } from './usage.ts'

/** Null: not told. */
type Rank = number | null

/** Of what is being worked out further up, and adds nothing to what else it may be: what a loop computes from itself has the rank it began with. */
const OPEN = -Infinity

/** What takes more steps is not told. */
const MOST_STEPS = 2000

export class Ranks {
  private readonly e: Evaluator
  private readonly known = new Map<Binding | Expr, Rank>()
  private readonly open = new Set<Binding>()
  private isProvisional = false
  private steps = 0

  constructor(e: Evaluator) {
    this.e = e
  }

  of(expr: Expr): Rank {
    return this.asked(() => this.rank(expr))
  }

  ofBinding(binding: Binding): Rank {
    return this.asked(() => this.bound(binding))
  }

  private asked(answer: () => Rank): Rank {
    this.steps = 0
    const rank = answer()
    return rank === OPEN ? null : rank
  }

  private bound(binding: Binding): Rank {
    if (this.open.has(binding)) {
      this.isProvisional = true
      return OPEN
    }
    return this.once(binding, () => {
      this.open.add(binding)
      const rank = this.looked(binding)
      this.open.delete(binding)
      return rank
    })
  }

  /** What rests on something open is not kept: it may be more once that is known. */
  private once(key: Binding | Expr, look: () => Rank): Rank {
    const before = this.known.get(key)
    if (before !== undefined) return before
    const outer = this.isProvisional
    this.isProvisional = false
    const rank = look()
    if (!this.isProvisional || this.open.size === 0) this.known.set(key, rank)
    this.isProvisional = this.open.size > 0 && (this.isProvisional || outer)
    return rank
  }

  private looked(binding: Binding): Rank {
    const { kind, node, value, path } = binding
    const isNumber = isUsedAsNumber(binding, this.e.context) || (path.length > 0 || kind === 'parameter' || kind === 'for' ? this.isScalar(this.e.ofBinding(binding).type) : false)
    if (isNumber) return 0
    switch (kind) {
      case 'assignment':
      case 'annotated':
      case 'walrus': return value && this.along(value, path)
      case 'for':
      case 'comprehension': return value && this.item(value, path)
      case 'augmented': return node.kind === 'AugAssign' ? highest([same(this.othersOf(binding).map(b => this.bound(b))), this.rank(node.value)]) : null
      default: return null
    }
  }

  /** All that binds the name otherwise. */
  private othersOf({ variable }: Binding): readonly Binding[] {
    return this.e.context.flow.graph.bindings.filter(b => b.variable === variable && b.kind !== 'augmented')
  }

  /** Nothing is known of the operands of a comparison that is believed to give one truth. */
  private isScalar(type: string | null): boolean {
    const kind = kindOf(type, this.e.context)
    return kind === 'int' || kind === 'float'
  }

  /** What a target gets of a value. */
  private along(expr: Expr, [step, ...rest]: Path): Rank {
    if (step === undefined) return this.rank(expr)
    if (typeof step !== 'number') return null
    if ((expr.kind === 'Tuple' || expr.kind === 'List') && !expr.elts.some(x => x.kind === 'Starred')) {
      const item = expr.elts.at(step)
      return item ? this.along(item, rest) : null
    }
    return less(this.rank(expr), 1 + rest.length)
  }

  /** What a loop over it gives its target. */
  private item(iterable: Expr, path: Path): Rank {
    const [step, ...rest] = path
    if (iterable.kind === 'Call' && iterable.func.kind === 'Name') {
      const args = iterable.args.map(a => a.value)
      const walked = iterable.func.id === 'zip' ? typeof step === 'number' && !iterable.args.some(a => a.form !== 'positional') && args.at(step)
        : iterable.func.id === 'enumerate' && step === 1 && args[0]
      if (walked) return this.item(walked, rest)
      if (iterable.func.id === 'range' || (iterable.func.id === 'enumerate' && step === 0)) return 0
    }
    return path.every(s => typeof s === 'number') ? less(this.rank(iterable), 1 + path.length) : null
  }

  private rank(expr: Expr): Rank {
    return ++this.steps > MOST_STEPS ? null : this.once(expr, () => this.lookedAt(expr))
  }

  private lookedAt(expr: Expr): Rank {
    if (TYPED.has(expr.kind) && this.isScalar(this.e.ofExpr(expr).type)) return 0
    switch (expr.kind) {
      case 'UnaryOp': return expr.op === 'not' ? 0 : this.rank(expr.operand)
      case 'BinOp': return this.computed(expr)
      case 'Compare': return this.compared(expr)
      case 'BoolOp': return same(expr.values.map(v => this.rank(v)))
      case 'IfExp': return same([this.rank(expr.body), this.rank(expr.orelse)])
      case 'NamedExpr': return this.rank(expr.value)
      case 'Name': return this.named(expr)
      case 'Attribute': return expr.attr === 'shape' ? 1 : SAME.has(expr.attr) ? this.rank(expr.value) : null
      case 'Subscript': return this.indexed(expr)
      case 'List':
      case 'Tuple': return more(expr.elts.some(x => x.kind === 'Starred') ? null : same(expr.elts.map(x => this.rank(x))), 1)
      case 'Comprehension': return expr.form === 'dict' ? null : more(this.rank(expr.elt), 1)
      case 'Call': return this.called(expr)
      default: return null
    }
  }

  private named(name: Extract<Expr, { kind: 'Name' }>): Rank {
    const reaching = this.e.context.flow.reaching(name)
    return reaching.length > 0 ? this.oneOf(reaching) : this.isScalar(this.e.ofExpr(name).type) ? 0 : null
  }

  /** What stands for a parameter that is None is of the kind that is passed. */
  private oneOf(bindings: readonly Binding[]): Rank {
    const others = bindings.filter(b => !(b.node.kind === 'Parameter' && isNone(b.node.default) && this.bound(b) === null))
    return same((others.length > 0 ? others : bindings).map(b => this.bound(b)))
  }

  private computed({ op, left, right }: BinOp): Rank {
    const ranks = [this.rank(left), this.rank(right)]
    return op === '@' ? product(ranks) : highest(ranks)
  }

  private compared({ left, ops, comparators }: Compare): Rank {
    return ops.some(op => /in|is/.test(op)) ? 0 : highest([left, ...comparators].map(x => this.rank(x)))
  }

  private indexed({ value, slice }: Subscript): Rank {
    const base = this.rank(value)
    if (base === null || base === OPEN) return base
    let [taken, added] = [0, 0]
    const picked: number[] = []
    for (const index of slice.kind === 'Tuple' ? slice.elts : [slice]) {
      if (index.kind === 'Slice' || (index.kind === 'Constant' && (index.type === 'Ellipsis' || index.type === 'str'))) continue
      const rank = isNewAxis(index) ? OPEN : this.rank(index)
      if (isNewAxis(index)) added++
      else if (rank === null || rank === OPEN || (rank > 1 && base > 1)) return null
      else {
        taken++
        picked.push(rank)
      }
    }
    return less(base + added + Math.max(0, ...picked), taken)
  }

  private called(call: Call): Rank {
    const name = lastName(call.func) ?? ''
    const operands = operandsOf(call, this.e)
    const [first, ...others] = operands
    if (NUMBERS.has(name)) return 0
    if (MATRICES.has(name)) return null
    if (givesVectors(call)) return 2
    if (first !== undefined && TUPLES.has(name)) return more(this.rank(first), 1)
    if (VECTORS.has(name) || (FLAT.has(name) && others.length === 0 && call.args.every(a => a.name !== 'axis' && a.name !== 'dim')) || isVector(call, this.e)) return 1
    const shape = shapeGiven(call, this.e)
    if (shape !== null) return this.ofShape(shape)
    if (name === 'reshape') return this.ofShape(others)
    if (first === undefined) return null
    if (PICKS.has(name) && call.func.kind === 'Name' && others.length > 0) return operands.some(x => this.rank(x) === 0) ? 0 : null
    if (OF_ALL.has(name)) return highest(operands.map(x => this.rank(x)))
    if (isNamedReduction(call) && name !== 'unique') return this.reduced(call, operands)
    if (JOINS.has(name)) return less(this.rank(first), 1)
    if (PRODUCTS.has(name)) return product(operands.slice(0, 2).map(x => this.rank(x)))
    if (name === 'searchsorted') return others[0] ? this.rank(others[0]) : null
    return OF_FIRST.has(name) ? this.rank(first) : null
  }

  private reduced(call: Call, operands: readonly Expr[]): Rank {
    const axes = axesOf(call, operands)
    const rank = this.rank(operands[0]!)
    const wanted = operands[1]
    if (axes === 'all') return rank === null ? null : wanted ? this.rank(wanted) : 0
    const axis = axisGiven(call, operands)!
    const isKept = call.args.some(a => a.name === 'keepdims' || a.name === 'keepdim')
    return isKept || (axes !== 'one' && axis.kind !== 'Tuple') ? null : less(rank, axis.kind === 'Tuple' ? axis.elts.length : 1)
  }

  /** One length after the other, or all of them in one tuple. */
  private ofShape(shape: readonly Expr[]): Rank {
    const [only, ...others] = shape
    if (only === undefined) return 0
    if (others.length > 0) return shape.some(x => x.kind === 'Starred') ? null : shape.length
    if (only.kind === 'Tuple' || only.kind === 'List') return only.elts.some(x => x.kind === 'Starred') ? null : only.elts.length
    if (only.kind === 'Attribute' && only.attr === 'shape') return this.rank(only.value)
    return this.rank(only) === 0 ? 1 : null
  }
}

/** A tuple of them: `np.where(mask)`. */
function givesVectors({ func, args }: Call): boolean {
  const name = lastName(func)
  return (name === 'where' && args.length === 1) || name === 'nonzero' || name === 'histogram' || (name === 'unique' && args.some(a => a.name?.startsWith('return_')))
}

function less(rank: Rank, by: number): Rank {
  return rank === null || rank - by < 0 && rank !== OPEN ? null : rank - by
}

function more(rank: Rank, by: number): Rank {
  return rank === null ? null : rank + by
}

function same(ranks: readonly Rank[]): Rank {
  const [first = OPEN, ...others] = ranks.filter(r => r !== OPEN)
  return others.every(r => r === first) ? first : null
}

/** Numbers go with anything, a vector with each row of a matrix. */
function highest(ranks: readonly Rank[]): Rank {
  return ranks.includes(null) ? null : Math.max(OPEN, ...ranks as readonly number[])
}

function product([a = null, b = null]: readonly Rank[]): Rank {
  if (a === null || b === null) return null
  return Math.min(a, b) === 1 ? Math.max(a, b) - 1 : Math.max(a, b)
}

/** Expressions whose type tells. Of arithmetic the operands do. */
const TYPED: ReadonlySet<Expr['kind']> = new Set<Expr['kind']>(['Constant', 'Call', 'Attribute', 'Subscript'])

/** Attributes that are the whole in another form, or a part of each element. */
const SAME: ReadonlySet<string> = new Set(['T', 'values', 'array', 'real', 'imag', 'data'])

const NUMBERS: ReadonlySet<string> = new Set(['len', 'item', 'numel', 'nelement', 'det', 'matrix_rank'])

const VECTORS: ReadonlySet<string> = new Set([
  'arange', 'linspace', 'logspace', 'geomspace', 'bincount', 'flatnonzero', 'fromfile', 'frombuffer', 'fromstring', 'fromiter', 'ediff1d', 'intersect1d', 'union1d', 'setdiff1d', 'rfftfreq', 'fftfreq', 'randperm',
])

/** They give several of what they are given. */
const TUPLES: ReadonlySet<string> = new Set(['unravel_index', 'divmod', 'modf'])

/** Or of as many dimensions as before. */
const MATRICES: ReadonlySet<string> = new Set(['corrcoef', 'cov'])

/** Where no axis is given. */
const FLAT: ReadonlySet<string> = new Set(['ravel', 'flatten', 'cumsum', 'cumprod', 'nancumsum', 'nancumprod', 'unique'])

/** Of numbers passed one by one: arrays do not say which is the larger. */
const PICKS: ReadonlySet<string> = new Set(['min', 'max'])

const JOINS: ReadonlySet<string> = new Set(['concatenate', 'hstack'])

const PRODUCTS: ReadonlySet<string> = new Set(['dot', 'matmul', 'inner', 'vdot'])

/** Element by element of all their operands. */
const OF_ALL: ReadonlySet<string> = new Set([
  'maximum', 'minimum', 'fmax', 'fmin', 'power', 'float_power', 'add', 'subtract', 'multiply', 'divide', 'true_divide', 'floor_divide', 'mod', 'fmod', 'remainder', 'arctan2', 'atan2', 'hypot', 'copysign', 'where',
  'logical_and', 'logical_or', 'logical_xor', 'bitwise_and', 'bitwise_or', 'equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal', 'isclose', 'div', 'mul', 'sub',
])

/** As many dimensions as the first of their operands. */
const OF_FIRST: ReadonlySet<string> = new Set([
  'abs', 'absolute', 'fabs', 'sqrt', 'cbrt', 'square', 'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sign', 'round', 'around', 'rint', 'floor', 'ceil', 'fix', 'trunc', 'clip', 'negative', 'reciprocal',
  'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'tanh', 'degrees', 'radians', 'deg2rad', 'rad2deg', 'conj', 'angle', 'unwrap', 'isnan', 'isfinite', 'isinf', 'logical_not', 'isin', 'in1d',
  'sort', 'argsort', 'sorted', 'reversed', 'list', 'tuple', 'diff', 'gradient', 'interp', 'digitize', 'roll', 'flip', 'cumsum', 'cumprod', 'asarray', 'asanyarray', 'array', 'ascontiguousarray', 'astype', 'copy', 'clone', 'nan_to_num', 'tolist',
  'zeros_like', 'ones_like', 'empty_like', 'full_like', 'to', 'cpu', 'cuda', 'float', 'double', 'half', 'long', 'int', 'bool', 'numpy', 'detach', 'contiguous', 'to_numpy', 'convolve', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'float16', 'float32', 'float64', 'single',
])
