/** Whether an object has let go of what it was made with: a thread that was waited for has none of its arguments (fact 143). */
import type { Attribute, Call, Name } from '../syntax/ast.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding, FlowGraph, Point } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import { resolveCallee } from '../values/calls.ts'
import type { FrameAnalysis } from '../values/frames.ts'

/** A call that ends the binding's object, and no other, runs on every way from the binding to the point. */
export function hasEnded(binding: Binding, point: Point, { flow, values }: FrameAnalysis): boolean {
  return bareCallsIn(flow.graph).some(call => {
    const [reaching, ...others] = call.func.value.id === binding.variable.name ? flow.reaching(call.func.value) : []
    return reaching === binding && others.length === 0 && ends(call) && flow.passedSince(binding, call, point) === 'always'
  })

  function ends(call: Call): boolean {
    const callee = resolveCallee(call, values)
    return callee.kind === 'model' && callee.model.ends === true
  }
}

type BareCall = Call & { readonly func: Attribute & { readonly value: Name } }

/** `name.method()`. */
const bareCallsIn = perObject((graph: FlowGraph): readonly BareCall[] => fromEvents(graph, event => (event.kind === 'call' && isBare(event.node) ? [event.node] : [])))

function isBare(call: Call): call is BareCall {
  return call.args.length === 0 && call.func.kind === 'Attribute' && call.func.value.kind === 'Name'
}
