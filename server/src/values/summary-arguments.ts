/** The values that a call passes for the parameters of a function of the workspace. */
import type { Call } from '../syntax/ast.ts'
import { passedFor } from './arguments.ts'
import type { Evaluator } from './evaluate.ts'
import type { Summary } from './summary.ts'
import type { Value } from './value.ts'

/** `f(**options)`: what may be passed for a parameter for which nothing else is: all the options. */
export function spreadFor(call: Pick<Call, 'args'>, summary: Summary, parameter: string, self: Value | null, e: Evaluator): readonly Value[] {
  const spread = call.args.filter(a => a.form === 'double-star')
  return spread.length === 0 || argumentsFor(call, summary, parameter, self, e).length > 0 ? [] : spread.map(a => e.ofExpr(a.value))
}

/** The values passed for a parameter of a workspace function; `self` is the first parameter of a method called on an object. */
export function argumentsFor(call: Pick<Call, 'args'>, summary: Summary, parameter: string, self: Value | null, e: Evaluator): readonly Value[] {
  const bound = self !== null
  if (bound && parameter === summary.parameters[0]) return [self]
  const parameters = bound ? summary.parameters.slice(1) : summary.parameters
  return passedFor(call, parameters, parameter.replace(/^\*+/, '')).map(x => e.ofExpr(x))
}
