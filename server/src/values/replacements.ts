/**
 * What decorators put in the place of the functions they are given: the same function (registered, marked), or one that passes all it is
 * given on, and holds that until the function returns, on every Python version (fact 17). What repeats the call, or does something else with
 * the arguments, is neither.
 */
import type { Call, ClassDef, Expr, FunctionDef, Name, Node, Parameter } from '../syntax/ast.ts'
import { mentions, nodesIn, someNode } from '../syntax/ancestors.ts'
import { dottedPath } from '../syntax/expressions.ts'
import { forEachChild } from '../syntax/walk.ts'
import { methodNamed } from './class-body.ts'
import { compilerOf, mentionsCompiler } from './compiled.ts'
import { decoratorName, type NameScope } from './decorators.ts'
import type { DecoratorAnswer, DecoratorDeed, Replacement } from './foreign.ts'
import { storesResultsIn } from './result-stores.ts'

/** What decorators make of a function, so that its arguments arrive in it as they were given. */
export interface Decorated {
  readonly form: 'plain' | 'class' | 'static'
  /** For a person: what holds the arguments meanwhile; null: nothing does. */
  readonly between: string | null
}

/** Where a decorator is looked up. */
export interface DecoratorScope extends NameScope {
  /** Of the class in whose body the function stands. */
  readonly ownClass: ClassDef | null
  /** What functions of other modules put in the place of what they are given. */
  readonly elsewhere: (dotted: string) => DecoratorAnswer | null
}

/** Null: some decorator makes something else of it, or nobody knows what. `isLazy`: a generator function or coroutine. */
export function decorated(def: FunctionDef, isLazy: boolean, scope: DecoratorScope): Decorated | null {
  if (compilerOf(def, scope.ownClass, scope) !== null) return null
  let known: Decorated = { form: 'plain', between: null }
  for (const decorator of def.header.decorators) {
    const name = decoratorName(decorator, scope.facts)
    const replacement = replacementOf(decorator, name, scope)
    if (replacement === 'wrapper' || replacement === 'waiting-wrapper') {
      // What a plain function passes on to a generator function or coroutine lives there; the call itself is over.
      if (!isLazy || replacement === 'waiting-wrapper') known = { ...known, between: `\`${dottedPath(decorator.kind === 'Call' ? decorator.func : decorator)}\` passes its arguments on` }
    } else if (replacement === 'itself' || name === 'contextlib.contextmanager' || name === 'contextlib.asynccontextmanager') continue
    else if (decorator.kind === 'Call' || name === null) return null
    else if (name === 'staticmethod' || name === 'classmethod') known = { ...known, form: name === 'staticmethod' ? 'static' : 'class' }
    else return null
  }
  return known
}

function replacementOf(decorator: Expr, name: string | null, scope: DecoratorScope): Replacement | null {
  return deedOf(decorator, name, scope)?.replacement ?? (name === null ? null : LIBRARY.get(name) ?? null)
}

/** What a decorator does that is a function of the workspace, or that a call of one makes; null: it is none. */
export function deedOf(decorator: Expr, name: string | null, scope: DecoratorScope): DecoratorDeed | null {
  const { facts, ownClass, elsewhere } = scope
  const isCalled = decorator.kind === 'Call'
  const func = isCalled ? decorator.func : decorator
  const fact = func.kind === 'Name' ? facts.get(func.id) : undefined
  const def = (func.kind === 'Name' && ownClass && methodNamed(func.id, ownClass)) || (fact?.kind === 'function' ? fact.def : null)
  const told = def ? decoratorAnswer(def, scope) : name === null ? null : elsewhere(name)
  return (isCalled ? told?.called : told?.plain) ?? null
}

const LIBRARY: ReadonlyMap<string, Replacement> = new Map<string, Replacement>([
  ['abc.abstractmethod', 'itself'], ['typing.final', 'itself'], ['typing.override', 'itself'], ['typing_extensions.override', 'itself'],
  ['torch.no_grad', 'wrapper'], ['torch.enable_grad', 'wrapper'], ['torch.inference_mode', 'wrapper'],
])

/** What a function does as a decorator, and what the decorator does that a call of it makes. */
export function decoratorAnswer(def: FunctionDef, scope: NameScope): DecoratorAnswer {
  const made = innerFunctionReturned(def)
  const compiles = mentionsCompiler(def, scope)
  return { kind: 'decorator', plain: { ...deedBy(def), compiles }, called: made && { ...deedBy(made), compiles } }
}

/** Does an edited function do as a decorator what it did before? */
export function decoratesTheSame(before: FunctionDef, after: FunctionDef, scope: NameScope): boolean {
  return JSON.stringify(decoratorAnswer(before, scope)) === JSON.stringify(decoratorAnswer(after, scope))
}

function deedBy(def: FunctionDef): Omit<DecoratorDeed, 'compiles'> {
  const [given] = def.header.params
  const wrapper = innerFunctionReturned(def)
  const isKnown = given !== undefined && (wrapper !== null || returnsUnchanged(def, given.name.id))
  return { replacement: replacementBy(def), stores: !isKnown || (wrapper !== null && storesResultsIn(wrapper, given.name.id)) }
}

function replacementBy(def: FunctionDef): Replacement | null {
  const [given, ...others] = def.header.params
  if (!given || others.length > 0 || def.header.isAsync) return null
  if (returnsUnchanged(def, given.name.id)) return 'itself'
  const wrapper = innerFunctionReturned(def)
  if (!wrapper || !passesOn(wrapper, given.name.id)) return null
  return wrapper.header.isAsync || wrapper.body.some(yields) ? 'waiting-wrapper' : 'wrapper'
}

/** On every way it returns the parameter, which is never anything else. */
function returnsUnchanged({ body }: FunctionDef, parameter: string): boolean {
  if (body.at(-1)?.kind !== 'Return' || body.some(yields)) return false
  const returned = body.flatMap(stmt => outside(stmt, n => n.kind === 'Return')).map(n => (n.kind === 'Return' ? n.value : null))
  return !body.some(stmt => someNode(stmt, n => boundIn(n).some(t => t.kind !== 'Attribute' && t.kind !== 'Subscript' && mentions(t, parameter)))) && returned.every(value => value?.kind === 'Name' && value.id === parameter)
}

function boundIn(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'Assign': return node.targets
    case 'AugAssign': case 'AnnAssign': case 'NamedExpr': case 'For': return [node.target]
    case 'WithItem': return node.target ? [node.target] : []
    case 'FunctionDef': return [node.header.name]
    case 'ClassDef': return [node.name]
    default: return []
  }
}

/** A generator function or coroutine. */
export function isLazy({ header, body }: FunctionDef): boolean {
  return header.isAsync || body.some(yields)
}

function yields(node: Node): boolean {
  return outside(node, n => n.kind === 'Yield' || n.kind === 'YieldFrom').length > 0
}

/** The nodes that are no part of an inner function or class. */
function outside(root: Node, wanted: (node: Node) => boolean): readonly Node[] {
  if (root.kind === 'FunctionDef' || root.kind === 'Lambda' || root.kind === 'ClassDef') return []
  const found: Node[] = wanted(root) ? [root] : []
  forEachChild(root, child => { found.push(...outside(child, wanted)) })
  return found
}

/** The inner function that a function ends by returning. */
function innerFunctionReturned({ body }: FunctionDef): FunctionDef | null {
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

