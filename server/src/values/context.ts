/** What an evaluation of one frame may ask. Everything is plain data or a pure function; nothing here does I/O. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { TypeName } from '../models/model.ts'
import type { ModelTable } from '../models/table.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { ArgumentsAnswer, DecoratorAnswer, Meaning } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import type { Summary } from './summary.ts'

export interface FrameContext {
  readonly flow: FlowAnalysis
  /** What the names of the module mean; asking is noted, so that the frame is made again when the answer changes. */
  readonly facts: { get(name: string): ModuleFact | undefined }
  readonly models: ModelTable
  readonly target: TargetVersion
  /** The class whose method the frame is, or null. */
  readonly ownClass: ClassDef | null
  readonly summaries: Summaries
  readonly elsewhere: Elsewhere
}

export interface Summaries {
  /** What a call of the function does; null where its summary is being made (recursion) or cannot be made. */
  ofFunction(def: FunctionDef, ownClass: ClassDef | null): Summary | null
  /** The method of a class of this module, its bases wherever they are included. */
  methodOf(cls: ClassDef, name: string): Method | null
  /** The same without the class itself: what `super()` finds. */
  inheritedBy(cls: ClassDef, name: string): Method | null
  /** The type of a library that the class derives from, near or far: of the base that is named first; null: none that is known. */
  libraryOf(cls: ClassDef): TypeName | null
}

export interface Method {
  /** Worked out when it is asked for; null as for functions. */
  readonly summary: Summary | null
}

/** What other modules of the workspace say. Asking is noted, as with facts. */
export interface Elsewhere {
  /** What a dotted name means; names of other names are followed. */
  named(dotted: string): Meaning | null
  /** The dotted name itself, or where a module of the workspace took it over from a library (`from compat import np`): its name there. */
  origin(dotted: string): string
  /** A method of the class that a dotted name means. */
  method(type: TypeName, name: string): Method | null
  /** What a call of a function or class, or (`member`) of a method of a class, does with its arguments. */
  argumentsOf(dotted: string, member: string | null): ArgumentsAnswer | null
  /** What a function does as a decorator. */
  decoratorOf(dotted: string): DecoratorAnswer | null
}
