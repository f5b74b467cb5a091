/** A table that is written out whole, for people to read, has a few rows: `table.to_string()`, `tabulate(rows)`. */
import type { Call, Expr, Name } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'

export function isShownWhole(binding: Binding, flow: FlowAnalysis): boolean {
  return namesShown(flow).some(name => name.id === binding.variable.name && flow.reaching(name).includes(binding))
}

const namesShown = perObject((flow: FlowAnalysis): readonly Name[] =>
  fromEvents(flow.graph, event => (event.kind === 'call' ? shownBy(event.node) : [])).filter(expr => expr.kind === 'Name'))

function shownBy({ func, args: [first] }: Call): readonly Expr[] {
  if (func.kind === 'Attribute' && WRITERS.has(func.attr)) return [func.value]
  return lastName(func) === 'tabulate' && first?.form === 'positional' ? [first.value] : []
}

/** Others shorten what is long (`str`, `print`), or write to files (`to_csv`, `to_html`). */
const WRITERS: ReadonlySet<string> = new Set(['to_string', 'to_markdown'])
