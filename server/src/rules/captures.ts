/** Closures that capture a variable, and whether they outlive the expression that makes them. */
import type { Variable } from '../flow/graph.ts'
import type { Closure } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'

export interface Capture {
  readonly closure: Closure
  /** It is passed directly to a call that is known to use and drop it: `sum(x * w for x in xs)`, `sorted(xs, key=lambda x: d[x])`. */
  readonly isTransient: boolean
}

export function capturesOf(variable: Variable, values: Evaluator): readonly Capture[] {
  const { graph } = values.context.flow
  const closures: Closure[] = []
  const transient = new Set<Closure>()
  for (const block of graph.blocks) {
    for (const event of block.events) {
      if (event.kind === 'closure' && event.captures.includes(variable)) closures.push(event.node)
      else if (event.kind === 'call' && closures.length > 0) {
        for (const { value } of event.node.args) {
          if (isMade(value) && closures.includes(value) && dropsArguments(event.node, values)) transient.add(value)
        }
      }
    }
  }
  return closures.map(closure => ({ closure, isTransient: transient.has(closure) }))
}

function isMade(node: { readonly kind: string }): node is Closure {
  return node.kind === 'Lambda' || node.kind === 'Comprehension'
}

/** A modelled call whose result and objects do not keep what it is given. */
function dropsArguments(call: Parameters<typeof resolveCallee>[0], values: Evaluator): boolean {
  const callee = resolveCallee(call, values)
  if (callee.kind !== 'model') return false
  const { model } = callee
  return (model.keeps ?? []).length === 0 && model.relation !== 'view' && model.relation !== 'keeper' && model.relation !== 'alias'
}
