/** What a module tells others of what a call does with its arguments. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import { methodNamed } from './class-body.ts'
import type { ArgumentsAnswer, DoneEarly } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import { decorated, isLazy, type DecoratorScope } from './replacements.ts'
import type { Summary } from './summary.ts'

export interface Called {
  readonly def: FunctionDef
  readonly ownClass: ClassDef | null
  /** A class is called: this is its `__init__`. */
  readonly isInit: boolean
}

/** The function that a call of the name runs, or (`member`) of a method of the class; null: none, or a class that makes its objects in a way of its own. */
export function calledBy(fact: ModuleFact | undefined, member: string | null): Called | null {
  if (fact?.kind === 'function') return member === null ? { def: fact.def, ownClass: null, isInit: false } : null
  if (fact?.kind !== 'class' || (member === null && !isPlain(fact.def))) return null
  const def = methodNamed(member ?? '__init__', fact.def)
  return def && { def, ownClass: fact.def, isInit: member === null }
}

/** Null where nobody knows what decorators make of the function. */
export function argumentsAnswer({ def, ownClass, isInit }: Called, summary: Summary | null, scope: DecoratorScope, early: () => readonly DoneEarly[]): ArgumentsAnswer | null {
  const known = summary && decorated(def, isLazy(def), scope)
  if (!known) return null
  const { name, parameters, lazy } = summary
  return { kind: 'arguments', name: isInit && ownClass ? ownClass.name.id : name, parameters, isLazy: lazy !== null, isInit, form: known.form, between: known.between, early: early() }
}

function isPlain(cls: ClassDef): boolean {
  return cls.decorators.length === 0 && cls.args.every(a => a.form === 'positional') && methodNamed('__new__', cls) === null
}
