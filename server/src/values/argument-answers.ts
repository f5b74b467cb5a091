/** What a module tells others of what a call does with its arguments, and of what a function does as a decorator. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import { methodNamed } from './class-body.ts'
import type { ArgumentsAnswer, DecoratorAnswer, DoneEarly } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import { decorated, decoratorAnswer, isLazy } from './replacements.ts'
import type { Summary } from './summary.ts'

interface Called {
  readonly def: FunctionDef
  readonly ownClass: ClassDef | null
  /** A class is called: this is its `__init__`. */
  readonly isInit: boolean
}

/** The function that a call of the name runs, or (`member`) of a method of the class; null: none, or a class that makes its objects in a way of its own. */
function calledBy(fact: ModuleFact | undefined, member: string | null): Called | null {
  if (fact?.kind === 'function') return member === null ? { def: fact.def, ownClass: null, isInit: false } : null
  if (fact?.kind !== 'class' || (member === null && !isPlain(fact.def))) return null
  const def = methodNamed(member ?? '__init__', fact.def)
  return def && { def, ownClass: fact.def, isInit: member === null }
}

/** What the answers rest on; asking is noted. */
export interface Grounds {
  factOf(name: string): ModuleFact | undefined
  /** What functions of other modules do as decorators. */
  elsewhere(dotted: string): DecoratorAnswer | null
  /** As in `NameScope`. */
  origin(dotted: string): string
  summaryOf(called: Called): Summary | null
  earlyIn(called: Called): readonly DoneEarly[]
}

/** Null where nobody knows what decorators make of the function. */
export function argumentsOf(name: string, member: string | null, { factOf, elsewhere, origin, summaryOf, earlyIn }: Grounds): ArgumentsAnswer | null {
  const called = calledBy(factOf(name), member)
  const summary = called && summaryOf(called)
  if (!summary) return null
  const { def, ownClass, isInit } = called
  const known = decorated(def, isLazy(def), { facts: { get: factOf }, ownClass, elsewhere, origin })
  if (!known) return null
  return {
    kind: 'arguments', name: isInit && ownClass ? ownClass.name.id : summary.name, parameters: summary.parameters, isLazy: summary.lazy !== null, isInit,
    form: known.form, between: known.between, early: earlyIn(called),
  }
}

export function decoratorOf(name: string, member: string | null, { factOf, origin }: Grounds): DecoratorAnswer | null {
  const fact = factOf(name)
  return fact?.kind === 'function' && member === null ? decoratorAnswer(fact.def, { facts: { get: factOf }, origin }) : null
}

function isPlain(cls: ClassDef): boolean {
  return cls.decorators.length === 0 && cls.args.every(a => a.form === 'positional') && methodNamed('__new__', cls) === null
}
