/** What an evaluation of one frame may ask. Everything is plain data or a pure function; nothing here does I/O. */
import type { ClassDef, FunctionDef } from '../syntax/ast.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { ModelTable } from '../models/table.ts'
import type { TargetVersion } from '../text/target-version.ts'
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
}

export interface Summaries {
  /** What a call of the function does; null where its summary is being made (recursion) or cannot be made. */
  ofFunction(def: FunctionDef, ownClass: ClassDef | null): Summary | null
  /** The method of a class of this module, its bases in this module included. */
  methodOf(cls: ClassDef, name: string): { readonly def: FunctionDef; readonly cls: ClassDef } | null
}
