/** The frames of a module with their flow, values and objects, made on demand; and the summaries of its functions. */
import type { ClassDef, FunctionDef, Suite } from '../syntax/ast.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { analyse } from '../flow/analyse.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { buildFlow, buildModuleFlow } from '../flow/build.ts'
import type { ModelTable } from '../models/table.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { FrameContext, Summaries } from './context.ts'
import { createEvaluator, type Evaluator } from './evaluate.ts'
import type { ModuleFacts } from './module-facts.ts'
import { createObjects, type Objects } from './objects.ts'
import { summarise } from './summarise.ts'
import type { Summary } from './summary.ts'

export interface FrameAnalysis {
  readonly flow: FlowAnalysis
  readonly values: Evaluator
  readonly objects: Objects
}

/** What the frames of one version of a module share. */
export interface ModuleContext {
  readonly body: Suite
  readonly scopes: ScopeTree
  readonly facts: ModuleFacts
  readonly models: ModelTable
  readonly target: TargetVersion
}

export interface Frames extends Summaries {
  ofModule(): FrameAnalysis
  of(def: FunctionDef, ownClass: ClassDef | null): FrameAnalysis
}

/** Functions calling functions deeper than this are not followed. */
const MAX_CALLS = 12

export function createFrames(module: ModuleContext): Frames {
  const frames = new Map<FunctionDef | 'module', FrameAnalysis>()
  const summaries = new Map<FunctionDef, Summary | null>()
  let depth = 0

  const self: Frames = { ofModule: () => frame('module', null), of: frame, ofFunction, methodOf }

  function frame(def: FunctionDef | 'module', ownClass: ClassDef | null): FrameAnalysis {
    const known = frames.get(def)
    if (known) return known
    const graph = def === 'module' ? buildModuleFlow(module.body, module.scopes) : buildFlow(def, module.scopes)
    const flow = analyse(graph)
    const context: FrameContext = { flow, facts: module.facts, models: module.models, target: module.target, ownClass, summaries: self }
    const values = createEvaluator(context)
    const made = { flow, values, objects: createObjects(values) }
    frames.set(def, made)
    return made
  }

  function ofFunction(def: FunctionDef, ownClass: ClassDef | null): Summary | null {
    const known = summaries.get(def)
    if (known !== undefined) return known
    if (def.broken || depth > MAX_CALLS) return null
    summaries.set(def, null)
    depth++
    const summary = summarise(frame(def, ownClass).values)
    depth--
    summaries.set(def, summary)
    return summary
  }

  function methodOf(cls: ClassDef, name: string): { readonly def: FunctionDef; readonly cls: ClassDef } | null {
    return findMethod(cls, name, module.facts, new Set())
  }

  return self
}

/** In the class, then in its bases of this module, first named first (the order of simple hierarchies). */
function findMethod(cls: ClassDef, name: string, facts: ModuleFacts, seen: Set<ClassDef>): { readonly def: FunctionDef; readonly cls: ClassDef } | null {
  if (seen.has(cls)) return null
  seen.add(cls)
  for (const stmt of cls.body) {
    if (stmt.kind === 'FunctionDef' && stmt.header.name.id === name) return { def: stmt, cls }
  }
  for (const base of cls.args) {
    if (base.form !== 'positional' || base.value.kind !== 'Name') continue
    const fact = facts.get(base.value.id)
    const found = fact?.kind === 'class' ? findMethod(fact.def, name, facts, seen) : null
    if (found) return found
  }
  return null
}
