/** `functools.partial` stands between a call and the function that it is meant for, and holds the arguments until that returns, on every Python version (fact 18). */
import type { Call } from '../syntax/ast.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { dottedName } from '../values/names.ts'
import { isPlain } from './narrow-views.ts'

/** `partial(f, a)(b)`, or `g(b)` where `g` is that: the call `f(a, b)`. Null: no such thing. */
export function throughPartial(call: Call, { flow, values }: FrameAnalysis): Call | null {
  const [binding, ...others] = call.func.kind === 'Name' ? flow.reaching(call.func) : []
  const made = call.func.kind !== 'Name' ? call.func : binding && others.length === 0 && isPlain(binding) ? binding.value : null
  if (made?.kind !== 'Call' || dottedName(made.func, values.context) !== 'functools.partial') return null
  const [func, ...before] = made.args
  if (func?.form !== 'positional') return null
  const overridden = new Set(call.args.flatMap(a => (a.form === 'keyword' ? [a.name] : [])))
  const all = [...before.filter(a => a.form !== 'keyword' || !overridden.has(a.name)), ...call.args]
  // A keyword may stand anywhere.
  return { ...call, func: func.value, args: [...all.filter(a => a.form !== 'keyword'), ...all.filter(a => a.form === 'keyword')] }
}
