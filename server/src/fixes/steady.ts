/** What may be evaluated before or after another expression without a difference: reads of names and of functions that nothing changes meanwhile. */
import type { Attribute, Node } from '../syntax/ast.ts'
import type { Event, Point, Variable } from '../flow/graph.ts'
import { methodOfType } from '../values/calls.ts'
import { definitionOf, dottedName, globalFact, isSelf } from '../values/names.ts'
import type { FrameAnalysis } from '../values/frames.ts'

/** Does the read give the same, and raise the same, whether it comes before or after a call of anything? */
export function isSteady(event: Event, point: Point, analysis: FrameAnalysis): boolean {
  if (event.kind === 'use') return isSteadyName(event.variable, point, analysis) || isDefinition(event.node, analysis)
  return event.kind === 'operation' && event.node.kind === 'Attribute' && isFunctionOf(event.node, analysis)
}

/** A local that no inner function binds, and that is surely bound. */
function isSteadyName(variable: Variable, point: Point, { flow }: FrameAnalysis): boolean {
  return variable.storage !== 'outer' && !variable.writtenInside && flow.boundAt(point, variable) === 'yes'
}

/** A function, class or module of this file, or a builtin. */
function isDefinition(name: Node, { values }: FrameAnalysis): boolean {
  if (name.kind !== 'Name') return false
  const fact = globalFact(name, values.context)
  if (fact) return fact.kind === 'function' || fact.kind === 'class' || fact.kind === 'import'
  return dottedName(name, values.context) === name.id && values.context.models.canonical(name.id) !== null
}

/** A method of the class, or of a type that is known; a function of an imported module. */
function isFunctionOf(node: Attribute, { values }: FrameAnalysis): boolean {
  const { context } = values
  const { value, attr } = node
  if (isSelf(value, context)) return context.ownClass !== null && context.summaries.methodOf(context.ownClass, attr) !== null
  const definition = definitionOf(value, context)
  if (definition?.kind === 'class') return context.summaries.methodOf(definition.def, attr) !== null
  const dotted = dottedName(node, context)
  if (dotted !== null) return value.kind === 'Name' || context.models.call(dotted) !== null
  const { type } = values.ofExpr(value)
  return value.kind === 'Name' && type !== null && (context.models.method(type, attr) !== null || methodOfType(type, attr, context) !== null)
}
