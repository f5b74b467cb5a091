/** The functions of a module that Python does not run as they are written, each asked about once, and again when the answer may be another. */
import type { ClassDef, Expr, FunctionDef } from '../syntax/ast.ts'
import { compilerOf } from './compiled.ts'
import type { Querying } from './methods.ts'
import { factsWithin } from './module-facts.ts'
import type { DecoratorScope } from './replacements.ts'

interface CompilerSearchInput {
  /** Somebody to ask in whose name, who is told when an answer changes. */
  asking(onDrop: () => void): Querying
  /** What the module says of names, and others of dotted ones. */
  scopeFor(user: Querying): Omit<DecoratorScope, 'ownClass'>
  /** Nothing of this holds any more. */
  release(user: Querying): void
  /** The function may be run otherwise than it was. */
  doubt(def: FunctionDef): void
}

interface Known {
  readonly ownClass: ClassDef | null
  /** In a function, whose names it may use. */
  readonly isNested: boolean
  readonly decorator: Expr | null
  readonly user: Querying
}

export class CompilerSearch {
  private readonly input: CompilerSearchInput
  private readonly known = new Map<FunctionDef, Known>()

  constructor(input: CompilerSearchInput) {
    this.input = input
  }

  /** See `Frames.compilerOf`. */
  of(def: FunctionDef, ownClass: ClassDef | null, around: readonly FunctionDef[]): Expr | null {
    if (def.header.decorators.length === 0 && (ownClass === null || ownClass.decorators.length === 0)) return null
    let known = this.known.get(def)
    if (!known) this.known.set(def, known = this.find(def, ownClass, around))
    return known.decorator
  }

  /** The function is no more, or stands in other text: in this class. */
  moved(def: FunctionDef, ownClass?: ClassDef | null): void {
    const known = this.known.get(def)
    if (!known || (known.ownClass === ownClass && !known.isNested)) return
    this.known.delete(def)
    this.input.release(known.user)
  }

  private find(def: FunctionDef, ownClass: ClassDef | null, around: readonly FunctionDef[]): Known {
    const user = this.input.asking(() => {
      if (this.known.get(def)?.user !== user) return
      this.known.delete(def)
      this.input.doubt(def)
    })
    const scope = this.input.scopeFor(user)
    return { ownClass, isNested: around.length > 0, user, decorator: compilerOf(def, ownClass, { ...scope, facts: factsWithin(around, scope.facts), ownClass }) }
  }
}
