/** The values that a call passes for the parameters of a function of the workspace. */
import type { Call } from '../syntax/ast.ts'
import { passedFor } from './arguments.ts'
import type { Evaluator } from './evaluate.ts'
import type { Summary } from './summary.ts'
import type { Value } from './value.ts'

interface Given {
  readonly value: Value
  readonly certain: boolean
}

/** What is passed for a parameter that the function keeps, and how surely it is kept. Where nothing is, `**options` may have it among them. */
export function givenToKeep(call: Pick<Call, 'args'>, summary: Summary, { parameter, certain }: Summary['kept'][number], self: Value | null, e: Evaluator): readonly Given[] {
  const values = argumentsFor(call, summary, parameter, self, e)
  if (values.length > 0) return values.map(value => ({ value, certain }))
  return call.args.filter(a => a.form === 'double-star').map(a => ({ value: e.ofExpr(a.value), certain: false }))
}

/** The values passed for a parameter of a workspace function; `self` is the first parameter of a method called on an object. */
export function argumentsFor(call: Pick<Call, 'args'>, summary: Summary, parameter: string, self: Value | null, e: Evaluator): readonly Value[] {
  const bound = self !== null
  if (bound && parameter === summary.parameters[0]) return [self]
  const parameters = bound ? summary.parameters.slice(1) : summary.parameters
  return passedFor(call, parameters, parameter.replace(/^\*+/, '')).map(x => e.ofExpr(x))
}
