/**
 * What stands between a call and the function that it is meant for, and holds the arguments until that returns, on every Python version: a
 * decorator whose function passes all it is given on (fact 17), a `functools.partial` (fact 18). What repeats the call, or does something else
 * with the arguments, is no such thing.
 */
import type { Call, Expr, FunctionDef, Name, Node, Parameter } from '../syntax/ast.ts'
import { nodesIn, someNode } from '../syntax/ancestors.ts'
import { dottedPath } from '../syntax/expressions.ts'
import { decoratorName } from '../values/decorators.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { ModuleFacts } from '../values/module-facts.ts'
import { dottedName } from '../values/names.ts'
import { isPlain } from './narrow-views.ts'

/** What decorators make of a function, so that its arguments arrive in it as they were given. */
export interface Decorated {
  readonly form: 'plain' | 'class' | 'static'
  /** The call gives a context manager, in which the arguments live. */
  readonly manages: boolean
  /** For a person: what holds the arguments meanwhile; null: nothing does. */
  readonly between: string | null
}

/** Null: some decorator makes something else of it, or nobody knows what. */
export function decorated({ header }: FunctionDef, isLazy: boolean, facts: ModuleFacts): Decorated | null {
  let known: Decorated = { form: 'plain', manages: false, between: null }
  for (const decorator of header.decorators) {
    const name = decoratorName(decorator, facts)
    const wrapper = wrapperMadeBy(decorator, facts)
    if (wrapper) known = { ...known, between: holdsWhileItRuns(wrapper, isLazy) ? `\`${dottedPath(decorator.kind === 'Call' ? decorator.func : decorator)}\` passes its arguments on` : known.between }
    else if (decorator.kind === 'Call' || name === null) return null
    else if (name === 'staticmethod' || name === 'classmethod') known = { ...known, form: name === 'staticmethod' ? 'static' : 'class' }
    else if (name === 'contextlib.contextmanager' || name === 'contextlib.asynccontextmanager') known = { ...known, manages: true }
    else return null
  }
  return known
}

/** What a plain function passes on to a generator function or coroutine lives there; the call itself is over. */
function holdsWhileItRuns({ header, body }: FunctionDef, isLazy: boolean): boolean {
  return !isLazy || header.isAsync || body.some(stmt => someNode(stmt, n => n.kind === 'Yield' || n.kind === 'YieldFrom'))
}

/** The function that a decorator of this file puts in the place of the one it is given, if all that does with the arguments is to pass them on, once. */
function wrapperMadeBy(decorator: Expr, facts: ModuleFacts): FunctionDef | null {
  const fact = decorator.kind === 'Name' ? facts.get(decorator.id) : decorator.kind === 'Call' && decorator.func.kind === 'Name' ? facts.get(decorator.func.id) : undefined
  if (fact?.kind !== 'function') return null
  const maker = decorator.kind === 'Call' ? returnedFunction(fact.def) : fact.def
  const [given, ...others] = maker?.header.params ?? []
  const wrapper = maker && given && others.length === 0 ? returnedFunction(maker) : null
  return wrapper && passesOn(wrapper, given!.name.id) ? wrapper : null
}

/** The inner function that a function ends by returning. */
function returnedFunction({ body }: FunctionDef): FunctionDef | null {
  const last = body.at(-1)
  const name = last?.kind === 'Return' && last.value?.kind === 'Name' ? last.value.id : null
  return body.find((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.header.name.id === name) ?? null
}

function passesOn({ header: { params }, body }: FunctionDef, wrapped: string): boolean {
  const calls = body.flatMap(stmt => callsOf(wrapped, stmt))
  const [only, ...others] = calls
  if (only === undefined || others.length > 0 || !params.some(p => p.form === 'star')) return false
  const passed = only.args.map(a => ({ form: a.form, name: a.value.kind === 'Name' ? a.value.id : null }))
  const isMet = (p: Parameter, i: number): boolean => (p.form === 'star' || p.form === 'double-star' ? passed.some(a => a.form === p.form && a.name === p.name.id) : passed[i]?.form === 'positional' && passed[i].name === p.name.id)
  if (passed.length !== params.length || !params.every(isMet)) return false
  const all = new Set(params.filter(p => p.form === 'star' || p.form === 'double-star').map(p => p.name.id))
  const uses = body.flatMap(stmt => namesOf(all, stmt))
  return uses.length === all.size && !body.some(stmt => someNode(stmt, n => (n.kind === 'For' || n.kind === 'While') && callsOf(wrapped, n).length > 0))
}

function callsOf(name: string, root: Node): readonly Call[] {
  return nodesIn(root, (node): node is Call => node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === name)
}

function namesOf(wanted: ReadonlySet<string>, root: Node): readonly Name[] {
  return nodesIn(root, (node): node is Name => node.kind === 'Name' && wanted.has(node.id))
}

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
