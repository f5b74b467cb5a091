/** What a class has from those it derives from, first named first (the order of simple hierarchies). */
import type { ClassDef } from '../syntax/ast.ts'
import type { TypeName } from '../models/model.ts'
import type { ModelTable } from '../models/table.ts'
import { originOf, type Answer } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import { dottedOf } from './names.ts'

/** What names mean where the class is defined. */
export interface Bases {
  factOf(name: string): ModuleFact | undefined
  /** What a dotted name means in another module. */
  ask(dotted: string): Answer | null
  readonly models: ModelTable
}

/** What the first base has that has it: a class of this module, or one of a dotted name. */
export function fromBases<T>(cls: ClassDef, { factOf }: Pick<Bases, 'factOf'>, inModule: (base: ClassDef) => T | null, elsewhere: (dotted: string) => T | null): T | null {
  for (const base of cls.args) {
    if (base.form !== 'positional') continue
    const chain = dottedOf(base.value)
    const fact = chain === null ? undefined : factOf(chain.root)
    const found = fact?.kind === 'class' && chain!.rest === '' ? inModule(fact.def)
      : fact?.kind === 'import' ? elsewhere(fact.dotted + chain!.rest) : null
    if (found) return found
  }
  return null
}

/** See `Summaries.libraryOf`. */
export function libraryOf(cls: ClassDef, bases: Bases, seen = new Set<string>()): TypeName | null {
  if (seen.has(cls.name.id)) return null
  seen.add(cls.name.id)
  return fromBases(cls, bases, base => libraryOf(base, bases, seen), base => libraryElsewhere(base, bases))
}

function libraryElsewhere(dotted: string, { ask, models }: Bases): TypeName | null {
  if (!dotted.includes('.')) return null
  const answer = ask(dotted)
  const name = originOf(answer) ?? dotted
  return answer?.kind === 'class' ? answer.library : models.type(name) && models.canonical(name)
}
