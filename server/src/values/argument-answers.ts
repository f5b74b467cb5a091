/** What a module tells others of what a call does with its arguments. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import type { ArgumentsAnswer, DoneEarly } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
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

/** Null where decorators may have put something in front of the function (fact 17). */
export function argumentsAnswer({ def, ownClass, isInit }: Called, summary: Summary | null, early: () => readonly DoneEarly[]): ArgumentsAnswer | null {
  if (summary === null || def.header.decorators.length > (summary.binding === 'static' || summary.binding === 'class' ? 1 : 0)) return null
  return { kind: 'arguments', name: isInit && ownClass ? ownClass.name.id : summary.name, parameters: summary.parameters, isLazy: summary.lazy !== null, isInit, early: early() }
}

/** Written in the class itself. */
export function methodNamed(name: string, { body }: ClassDef): FunctionDef | null {
  for (const stmt of body) if (stmt.kind === 'FunctionDef' && stmt.header.name.id === name) return stmt
  return null
}

function isPlain(cls: ClassDef): boolean {
  return cls.decorators.length === 0 && cls.args.every(a => a.form === 'positional') && methodNamed('__new__', cls) === null
}
