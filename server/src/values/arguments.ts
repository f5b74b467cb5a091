/** Which argument of a call meets which parameter. */
import type { Argument, Call, Expr, Parameter } from '../syntax/ast.ts'
import type { ParamRef } from '../models/model.ts'
import type { Evaluator } from './evaluate.ts'
import type { ArgumentLookup } from './size-models.ts'
import { everyOf, type Value } from './value.ts'

/**
 * The expressions passed for a parameter of a callable with these parameters (`*args` and a bare `*` as in a `def`);
 * `*xs` in the call may feed any later positional parameter and counts for none. What is passed with a star stands for what is in it.
 */
export function passedFor(call: Pick<Call, 'args'>, parameters: readonly string[], ref: ParamRef): readonly Expr[] {
  const positional = positionalArguments(call)
  if (typeof ref === 'number') return positional.slice(ref, ref + 1)
  const keyword = call.args.find(a => a.form === 'keyword' && a.name === ref)
  if (keyword) return [keyword.value]
  if (parameters.includes(`**${ref}`)) return call.args.filter(a => a.form === 'double-star' || (a.form === 'keyword' && !parameters.includes(a.name ?? ''))).map(a => a.value)
  const starred = parameters.indexOf(`*${ref}`)
  if (starred >= 0) return [...positional.slice(starred), ...call.args.filter(a => a.form === 'star').map(a => a.value)]
  const index = parameters.indexOf(ref)
  const firstStar = parameters.findIndex(p => p.startsWith('*'))
  return index < 0 || (firstStar >= 0 && index > firstStar) ? [] : positional.slice(index, index + 1)
}

/** Positional arguments up to the first `*xs`. */
function positionalArguments(call: Pick<Call, 'args'>): readonly Expr[] {
  const values: Expr[] = []
  for (const argument of call.args) {
    if (argument.form === 'star') break
    if (argument.form === 'positional') values.push(argument.value)
  }
  return values
}

export function lookup(call: Call, parameters: readonly string[], self: Value | null, e: Evaluator): ArgumentLookup {
  const valueOf = (passed: Expr): Value => (isStarred(passed, call) ? everyOf(e.ofExpr(passed)) : e.ofExpr(passed))
  return ref => (ref === 'self' ? (self ? [self] : []) : passedFor(call, parameters, ref).map(valueOf))
}

function isStarred(passed: Expr, { args }: Call): boolean {
  return args.some(a => (a.form === 'star' || a.form === 'double-star') && a.value === passed)
}

/** The name of the plain parameter that gets the argument; `isBound`: the first parameter is taken (`self`). Null where `*xs` or `**xs` are in between. */
export function argumentTarget(call: Call, argument: Argument, params: readonly Parameter[], isBound: boolean): string | null {
  if (argument.form === 'keyword') return params.find(p => p.name.id === argument.name && (p.form === 'positional' || p.form === 'keyword-only'))?.name.id ?? null
  const before = call.args.slice(0, call.args.indexOf(argument))
  if (before.some(a => a.form !== 'positional')) return null
  const target = params[before.length + (isBound ? 1 : 0)]
  return target && (target.form === 'positional' || target.form === 'positional-only') ? target.name.id : null
}
