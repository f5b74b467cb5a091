/** Methods of the classes of a module, and who asks for them. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import type { TypeName } from '../models/model.ts'
import { methodNamed } from './class-body.ts'
import type { Asking } from './asking.ts'
import { fromBases, type Bases } from './bases.ts'
import type { Method } from './context.ts'
import type { Asker } from './door.ts'
import type { Others } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import type { Summary } from './summary.ts'

export interface Querying extends Asking {
  /** How it is told that an answer of another module changed. */
  readonly asker: Asker
}

/** In whose name summaries are asked for, and how they are got. */
export interface Seeker {
  readonly user: Querying
  summaryOf(def: FunctionDef, ownClass: ClassDef | null): Summary | null
}

interface MethodSearchInput {
  factFor(user: Querying, name: string): ModuleFact | undefined
  /** It will have to be told when the class has another method of that name. */
  asks(user: Querying, cls: ClassDef, name: string): void
  basesFor(user: Querying): Bases
  readonly others: Others
}

export function methodSearch({ factFor, asks, basesFor, others }: MethodSearchInput) {
  return { findMethod, findInherited, methodElsewhere }

  /** In the class, then in its bases, first named first (the order of simple hierarchies). */
  function findMethod(cls: ClassDef, name: string, seeker: Seeker, seen: Set<string>): Method | null {
    const fact = factFor(seeker.user, cls.name.id)
    const current = fact?.kind === 'class' ? fact.def : cls
    if (seen.has(current.name.id)) return null
    seen.add(current.name.id)
    asks(seeker.user, current, name)
    const method = methodNamed(name, current)
    return method ? { get summary() { return seeker.summaryOf(method, current) } } : findInherited(current, name, seeker, seen)
  }

  function findInherited(cls: ClassDef, name: string, seeker: Seeker, seen: Set<string>): Method | null {
    return fromBases(cls, basesFor(seeker.user), base => findMethod(base, name, seeker, seen), base => methodElsewhere(base, name, seeker.user))
  }

  function methodElsewhere(type: TypeName, name: string, { asker }: Querying): Method | null {
    const answer = type.includes('.') ? others.ask(type, name, asker) : null
    return answer?.kind === 'function' ? answer : null
  }
}
