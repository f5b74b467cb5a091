/** Whether a program may tell a view from a copy of what it shows: it can if either of the two is changed while the other is still used. */
import { comesBefore, contains } from '../syntax/ancestors.ts'
import type { Call, Expr, Name } from '../syntax/ast.ts'
import type { Event, Variable } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import type { Value } from '../values/value.ts'
import type { NarrowView } from './narrow-views.ts'
import type { FrameFacts } from './rule.ts'

/** May the view or what it was taken from be changed in place? Only asked where the base is used after the view was made. */
export function mayBeWritten({ expr, base }: NarrowView, variable: Variable, { analysis, index }: Pick<FrameFacts, 'analysis' | 'index'>): boolean {
  const { values, flow } = analysis
  const used = index.names.get(variable) ?? []
  const isRead = (name: Name) => flow.reaching(name).length > 0
  if (!used.some(name => !contains(expr, name) && comesBefore(expr, name, flow.graph.body) && isRead(name))) return false
  const sites = new Set(values.ofExpr(base).links.map(l => l.site))
  const shares = (value: Value) => value.links.some(l => l.how !== 'part' && sites.has(l.site))
  return flow.graph.blocks.some(block => block.events.some(event => changedBy(event, values).some(x => shares(values.ofExpr(x)))))
}

/** The objects that the event may change in place. */
function changedBy(event: Event, e: Evaluator): readonly Expr[] {
  switch (event.kind) {
    case 'store': return event.node.kind === 'Subscript' || event.node.kind === 'Attribute' ? [event.node.value] : []
    case 'augment': return [event.node.target]
    case 'call': return changedByCall(event.node, e)
    default: return []
  }
}

function changedByCall(call: Call, e: Evaluator): readonly Expr[] {
  const callee = resolveCallee(call, e)
  const args = call.args.map(a => a.value)
  const receiver = call.func.kind === 'Attribute' ? [call.func.value] : []
  if (callee.kind !== 'model') return [...args, ...receiver]
  const out = call.args.filter(a => a.name === 'out' || a.name === 'inplace').map(a => a.value)
  return call.func.kind === 'Attribute' && isMutator(call.func.attr) ? [...receiver, ...args] : out.length > 0 ? [...out, ...receiver] : []
}

/** Methods that change their object (numpy, pandas), or their argument (`numpy.random.shuffle`); torch marks them with `_`. */
function isMutator(name: string): boolean {
  return MUTATORS.has(name) || (name.endsWith('_') && !name.startsWith('_'))
}

const MUTATORS: ReadonlySet<string> = new Set(['sort', 'fill', 'put', 'itemset', 'partition', 'resize', 'setflags', 'byteswap', 'shuffle', 'update', 'insert', 'pop', 'copyto', 'place', 'putmask'])
