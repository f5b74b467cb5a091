/** Arguments that are handed over in a display: `f(*[x])`, `f(**{"p": x})`, `f(**dict(p=x))`. */
import type { Argument, Call, Expr } from '../syntax/ast.ts'
import type { FrameContext } from '../values/context.ts'
import { dottedName } from '../values/names.ts'

/** The call as it would be with its displays spelled out: `f(*[x])` as `f(x)`, `f(**{"p": x})` as `f(p=x)`. The same call where it has none. */
export function spelledOut(call: Call, context: FrameContext): Call {
  if (!call.args.some(a => a.form === 'star' || a.form === 'double-star')) return call
  return { ...call, args: call.args.flatMap(a => itemsOf(a, a.value, context) ?? [a]) }
}

/** The arguments that a starred one stands for where its value is `display`; null: not told by the text. */
export function itemsOf(argument: Argument, display: Expr, context: FrameContext): readonly Argument[] | null {
  const as = (name: string | null, item: Expr): Argument => ({ ...argument, form: name === null ? 'positional' : 'keyword', name, value: item, start: item.start, end: item.end })
  if (argument.form === 'star') return (display.kind === 'List' || display.kind === 'Tuple') && display.elts.every(e => e.kind !== 'Starred') ? display.elts.map(item => as(null, item)) : null
  if (argument.form !== 'double-star') return null
  if (display.kind === 'Call') return dottedName(display.func, context) === 'dict' && display.args.every(a => a.form === 'keyword') ? display.args.map(a => as(a.name, a.value)) : null
  if (display.kind !== 'Dict') return null
  const keys = display.keys.map(key => (key?.kind === 'Constant' && typeof key.value === 'string' ? key.value : null))
  return keys.includes(null) ? null : display.values.map((item, i) => as(keys[i]!, item))
}
