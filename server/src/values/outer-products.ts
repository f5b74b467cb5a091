/** Arrays that are spread along the axes of others: in `a[:, None] - b[None, :]` each is one factor of what comes out, and small beside it. */
import type { BinOp, Expr, Name } from '../syntax/ast.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import type { FrameContext } from './context.ts'
import { isNewAxis } from './dimensions.ts'

/** The object of the binding is spread so somewhere in its frame. */
export function isFactor(binding: Binding, context: FrameContext): boolean {
  return placesSpread(context).some(place => place.id === binding.variable.name && context.flow.reaching(place).includes(binding))
}

const placesSpread: (context: FrameContext) => readonly Name[] = perObject(context =>
  fromEvents(context.flow.graph, event => (event.kind === 'operation' && event.node.kind === 'BinOp' ? factorsOf(event.node) : [])))

function factorsOf({ left, right }: BinOp): readonly Name[] {
  const [a, b] = [spreadOf(left), spreadOf(right)]
  const between = [a, b].filter(s => s !== null)
  return between.filter(s => s.isBetween || between.length === 2).map(s => s.name)
}

interface Spread {
  readonly name: Name
  /** Axes are added between its own or behind them: what it is computed with has those. In front of them (`image[None, :]`) they may be for a batch of one. */
  readonly isBetween: boolean
}

function spreadOf(expr: Expr): Spread | null {
  if (expr.kind !== 'Subscript' || expr.value.kind !== 'Name' || expr.slice.kind !== 'Tuple' || !expr.slice.elts.some(isNewAxis)) return null
  const { elts } = expr.slice
  const own = elts.findIndex(e => !isNewAxis(e))
  return { name: expr.value, isBetween: elts.slice(own + 1).some(isNewAxis) }
}
