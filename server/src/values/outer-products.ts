/** Arrays that are spread along the axes of others: in `a[:, None] - b[None, :]` each is one factor of what comes out, and small beside it. */
import type { Expr, Name } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding, Event } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import type { FrameContext } from './context.ts'
import { isNewAxis } from './dimensions.ts'

/** The object of the binding is spread so somewhere in its frame. */
export function isFactor(binding: Binding, context: FrameContext): boolean {
  return placesSpread(context).some(place => place.id === binding.variable.name && context.flow.reaching(place).includes(binding))
}

const placesSpread: (context: FrameContext) => readonly Name[] = perObject(context => fromEvents(context.flow.graph, event => factorsOf(operandsOf(event))))

/** Of what is computed element by element: `a * b`, `a < b`, `np.less(a, b)`. */
function operandsOf(event: Event): readonly Expr[] {
  if (event.kind === 'call') return ELEMENTWISE.test(lastName(event.node.func) ?? '') ? event.node.args.filter(a => a.form === 'positional').map(a => a.value) : []
  if (event.kind !== 'operation') return []
  const { node } = event
  return node.kind === 'BinOp' ? [node.left, node.right] : node.kind === 'Compare' ? [node.left, ...node.comparators] : []
}

const ELEMENTWISE = /^(add|subtract|multiply|(true_)?divide|maximum|minimum|less(_equal)?|greater(_equal)?|(not_)?equal|logical_(and|or)|where)$/

function factorsOf(operands: readonly Expr[]): readonly Name[] {
  const between = operands.map(spreadOf).filter(s => s !== null)
  return between.filter(s => s.isBetween || between.length >= 2).map(s => s.name)
}

interface Spread {
  readonly name: Name
  /** Axes are added between its own or behind them: what it is computed with has those. In front of them (`image[None, :]`) they may be for a batch of one. */
  readonly isBetween: boolean
}

function spreadOf(expr: Expr): Spread | null {
  if (expr.kind !== 'Subscript' || expr.slice.kind !== 'Tuple' || !expr.slice.elts.some(isNewAxis)) return null
  const { elts } = expr.slice
  const own = elts.findIndex(e => !isNewAxis(e))
  const name = arrayOf(expr.value)
  return name && { name, isBetween: elts.slice(own + 1).some(isNewAxis) }
}

/** `x`, `np.asarray(x)`. */
function arrayOf(expr: Expr): Name | null {
  if (expr.kind === 'Call' && /^(as)?array$/.test(lastName(expr.func) ?? '') && expr.args[0]) return arrayOf(expr.args[0].value)
  return expr.kind === 'Name' ? expr : null
}
