/**
 * Would a round of a loop need less memory if some objects it makes were let go at its end?
 *
 * Without that, the objects of the round before are there while this round makes everything up to what takes their names; after that these are there in
 * any case. So it gains something only if some statement up to the making needs more than each of those after it. What other names hold is the same on
 * both sides, from the second round on, and is left out, but for those that are let go before the round ends (`Stay`). What counts is what a statement
 * makes while it runs: its temporaries and its result, in parts of the objects themselves (`Likeness`).
 *
 *     for p in paths:
 *         a = load(p)             # makes 1, while the last a is there
 *         b = normalise(a) * 2.0  # makes 2, while a is there
 *         save(b)
 *
 * Letting go of `a` at the end gains nothing: 1 + 1 is less than 1 + 2. What nothing is known of counts as nothing, and the making itself as one
 * at least: no gain only where the text shows it.
 */
import type { Call, Expr, For, Node, While } from '../syntax/ast.ts'
import { contains } from '../syntax/ancestors.ts'
import { isExpression, lastName } from '../syntax/expressions.ts'
import type { Pos } from '../syntax/position.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { Likeness } from './likeness.ts'
import { kindOf } from './parts.ts'

/** What a name has from its binding on, up to a place in the text. */
export interface Stay {
  readonly binding: Binding
  readonly until: Pos
}

/**
 * False only where the text shows that the rest of the round needs as much, or the round far more than they are. `made`: what the loop binds the names to;
 * `stays`: of names that are not bound to the end of a round.
 */
export function lowersPeak(made: readonly Binding[], loop: For | While, stays: readonly Stay[], e: Evaluator): boolean {
  if (made.length === 0 || !made.every(b => isOfRound(b, loop))) return true
  const taken = [...new Set(made.map(b => b.variable))].map(v => takenBy(v, loop, e))
  const last = taken.reduce((a, b) => (b.node !== loop && (a.node === loop || b.name.start > a.name.start) ? b : a))
  const atOnce = taken.filter(b => b.node === last.node).length
  const likeness = new Likeness(made, e)
  const work = new Work(likeness, e)
  const takenAt = last.node === loop ? loop.start : (last.value ?? last.name).start
  const others = stays.filter(s => !made.includes(s.binding) && isOfRound(s.binding, loop))
  const heldAt = (expr: Expr) => others.filter(s => s.binding.name.start < expr.start && expr.start < s.until).reduce((total, s) => total + likeness.ofBinding(s.binding), 0)
  let making = atOnce
  let after = 0
  for (const expr of expressionsOf(loop)) {
    const need = heldAt(expr) + (expr === last.value ? Math.max(atOnce, work.of(expr).peak) : work.of(expr).peak)
    if (expr.start <= takenAt) making = Math.max(making, need)
    else after = Math.max(after, need)
  }
  return making > after && making < FAR_MORE * taken.length
}

/** Letting go of an object gains little where the round needs so many times as much at once. */
const FAR_MORE = 4

/** The binding of the round that takes the name from the object of the round before: the first that every round comes to, else the last; of a name that a round only adds to, the additions. */
function takenBy(variable: Variable, loop: For | While, { context }: Evaluator): Binding {
  const all = context.flow.graph.bindings.filter(b => b.variable === variable && isOfRound(b, loop)).sort((a, b) => a.name.start - b.name.start)
  const anew = all.filter(b => b.kind !== 'augmented')
  const bindings = anew.length > 0 ? anew : all
  return bindings.find(b => b.node === loop || loop.body.some(stmt => stmt === b.node)) ?? bindings.at(-1)!
}

/** A round of the loop makes it. */
export function isOfRound({ node, name }: Binding, loop: For | While): boolean {
  return node === loop || loop.body.some(stmt => contains(stmt, name))
}

/** Those that a round evaluates, in order, each with all that is in it. */
function expressionsOf(loop: For | While): readonly Expr[] {
  const found: Expr[] = loop.kind === 'While' ? [loop.test] : []
  const look = (node: Node): void => {
    if (isExpression(node)) found.push(node)
    else if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef') forEachChild(node, look)
  }
  loop.body.forEach(look)
  return found
}

interface Need {
  /** At most at one time while it is evaluated. */
  readonly peak: number
  /** What it has made when it is done. */
  readonly result: number
}

const NONE: Need = { peak: 0, result: 0 }

class Work {
  private readonly likeness: Likeness
  private readonly e: Evaluator

  constructor(likeness: Likeness, e: Evaluator) {
    this.likeness = likeness
    this.e = e
  }

  of(node: Node): Need {
    if (node.kind === 'Lambda' || (node.kind === 'Comprehension' && node.form === 'generator')) return NONE
    let held = 0
    let peak = 0
    forEachChild(node, child => {
      const part = this.of(child)
      peak = Math.max(peak, held + part.peak)
      held += part.result
    })
    if (!isExpression(node) || HOLDING.has(node.kind)) return { peak, result: held }
    if (node.kind === 'Call') peak = Math.max(peak, held + this.copiedInside(node))
    if (!this.isNew(node)) return { peak, result: this.e.ofExpr(node).isView ? held : 0 }
    const made = this.likeness.of(node)
    return held >= made && this.isElided(node) ? { peak, result: made } : { peak: Math.max(peak, held + made), result: made }
  }

  /** Surely made by the expression itself, or nearly always: tables that are joined are copied. */
  private isNew(expr: Expr): boolean {
    const { links, isView } = this.e.ofExpr(expr)
    const own = links.filter(l => l.how === 'is')
    return own.length > 0 && own.every(l => l.site === expr && !l.taken) && (!isView || (expr.kind === 'Call' && this.isRarelyView(expr)))
  }

  private isRarelyView(call: Call): boolean {
    const callee = resolveCallee(call, this.e)
    return callee.kind === 'model' && callee.model.maybe === 'rarely'
  }

  /** numpy puts the result in the place of a temporary. */
  private isElided(expr: Expr): boolean {
    return expr.kind === 'BinOp' && kindOf(this.e.ofExpr(expr).type, this.e.context) === 'array'
  }

  /** A few functions that give little copy what they are given first. */
  private copiedInside({ func, args }: Call): number {
    if (!COPYING.has(lastName(func) ?? '')) return 0
    const [first] = args
    return Math.max(first?.form === 'positional' ? this.likeness.of(first.value) : 0, func.kind === 'Attribute' ? this.likeness.of(func.value) : 0)
  }
}

/** What is in them stays until they are done with. */
const HOLDING: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['Tuple', 'List', 'Starred', 'NamedExpr', 'IfExp', 'Await'])

/** Measured with numpy 2.4: these need as much again as what they are given, or more. `mean`, `sum`, `max`, `histogram` and `norm` do not. */
const COPYING: ReadonlySet<string> = new Set(['std', 'var', 'nanstd', 'nanvar', 'nanmean', 'median', 'nanmedian', 'percentile', 'nanpercentile', 'quantile', 'nanquantile', 'unique', 'corrcoef'])
