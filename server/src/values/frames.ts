/**
 * The frames of a module with their flow, values and objects, made on demand; and the summaries of its functions.
 * Outlives edits: a frame is kept while its own statement and every fact of the module it asked for are unchanged.
 */
import type { ClassDef, FunctionDef, Suite } from '../syntax/ast.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { analyse } from '../flow/analyse.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { buildFlow, buildModuleFlow } from '../flow/build.ts'
import type { FlowOptions } from '../flow/graph.ts'
import type { ModelTable } from '../models/table.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { changedKeys, methodKey } from './changes.ts'
import type { FrameContext, Summaries } from './context.ts'
import { createEvaluator, type Evaluator } from './evaluate.ts'
import type { ModuleFacts } from './module-facts.ts'
import { moduleSignature, sameSignature, type ModuleSignature } from './module-signature.ts'
import { createObjects, type Objects } from './objects.ts'
import { summarise } from './summarise.ts'
import type { Summary } from './summary.ts'

export interface FrameAnalysis {
  /** Context managers of which nothing is known are taken to pass exceptions on, as nearly all do. */
  readonly flow: FlowAnalysis
  /** The same where they may swallow exceptions: what holds here too needs no trust. The same object as `flow` where there are none. */
  readonly cautious: FlowAnalysis
  readonly values: Evaluator
  readonly objects: Objects
}

/** What the frames of one version of a module share. */
export interface ModuleContext {
  readonly body: Suite
  readonly scopes: ScopeTree
  readonly facts: ModuleFacts
}

export interface Frames {
  ofModule(): FrameAnalysis
  of(def: FunctionDef, ownClass: ClassDef | null): FrameAnalysis
  /** Goes on with another version of the module, whose functions (nested ones included) are these. */
  renew(module: ModuleContext, functions: ReadonlySet<FunctionDef>): void
}

interface Entry {
  readonly analysis: FrameAnalysis
  /** Keys of the facts it asked for: `name`, `Class.method`. */
  readonly asked: Set<string>
  /** `f` or `Class.method`: the key under which others ask for its summary; null for nested functions and the module. */
  readonly key: string | null
  summary: Summary | null | undefined
}

/** Functions calling functions deeper than this are not followed. */
const MAX_CALLS = 12

export function createFrames(first: ModuleContext, models: ModelTable, target: TargetVersion): Frames {
  const entries = new Map<FunctionDef, Entry>()
  let module = first
  let moduleEntry: { readonly entry: Entry; readonly signature: ModuleSignature } | null = null
  let depth = 0

  return { ofModule, of: (def, ownClass) => entryOf(def, ownClass).analysis, renew }

  function ofModule(): FrameAnalysis {
    moduleEntry ??= { entry: makeEntry('module', null, null), signature: moduleSignature(module) }
    return moduleEntry.entry.analysis
  }

  function entryOf(def: FunctionDef, ownClass: ClassDef | null): Entry {
    let entry = entries.get(def)
    if (!entry) entries.set(def, entry = makeEntry(def, ownClass, keyOf(def, ownClass)))
    return entry
  }

  function keyOf(def: FunctionDef, ownClass: ClassDef | null): string | null {
    const name = def.header.name.id
    if (ownClass) return methodKey(ownClass, name)
    const fact = module.facts.get(name)
    return fact?.kind === 'function' && fact.def === def ? name : null
  }

  function makeEntry(def: FunctionDef | 'module', ownClass: ClassDef | null, key: string | null): Entry {
    const { body, scopes } = module
    const build = (options: FlowOptions) => analyse(def === 'module' ? buildModuleFlow(body, scopes, options) : buildFlow(def, scopes, options))
    const flow = build({ unknownManagers: 'pass-on' })
    let cautious = flow.graph.trustsManagers ? null : flow
    const asked = new Set<string>()
    const context: FrameContext = {
      flow, models, target, ownClass,
      facts: { get: name => (asked.add(name), module.facts.get(name)) },
      summaries: summariesFor(asked),
    }
    const values = createEvaluator(context)
    const analysis: FrameAnalysis = {
      flow, values, objects: createObjects(values),
      get cautious() { return cautious ??= build({ unknownManagers: 'may-swallow' }) },
    }
    return { analysis, asked, key, summary: undefined }
  }

  function summariesFor(asked: Set<string>): Summaries {
    return { ofFunction: summaryOf, methodOf: (cls, name) => findMethod(cls, name, asked, new Set()) }
  }

  function summaryOf(def: FunctionDef, ownClass: ClassDef | null): Summary | null {
    if (def.broken || depth > MAX_CALLS) return null
    const entry = entryOf(def, ownClass)
    if (entry.summary !== undefined) return entry.summary
    entry.summary = null
    depth++
    entry.summary = summarise(entry.analysis.values)
    depth--
    return entry.summary
  }

  /** In the class, then in its bases of this module, first named first (the order of simple hierarchies). */
  function findMethod(cls: ClassDef, name: string, asked: Set<string>, seen: Set<string>): { readonly def: FunctionDef; readonly cls: ClassDef } | null {
    const fact = module.facts.get(cls.name.id)
    const current = fact?.kind === 'class' ? fact.def : cls
    if (seen.has(current.name.id)) return null
    seen.add(current.name.id)
    asked.add(current.name.id).add(methodKey(current, name))
    for (const stmt of current.body) {
      if (stmt.kind === 'FunctionDef' && stmt.header.name.id === name) return { def: stmt, cls: current }
    }
    for (const base of current.args) {
      if (base.form !== 'positional' || base.value.kind !== 'Name') continue
      asked.add(base.value.id)
      const found = module.facts.get(base.value.id)
      const method = found?.kind === 'class' ? findMethod(found.def, name, asked, seen) : null
      if (method) return method
    }
    return null
  }

  function renew(next: ModuleContext, functions: ReadonlySet<FunctionDef>): void {
    const before = module
    const known = new Map([...entries.values()].filter(e => e.key !== null && e.summary !== undefined).map(e => [e.key!, e.summary!]))
    module = next
    const changes = changedKeys(before.facts, next.facts)
    for (const def of entries.keys()) if (!functions.has(def)) entries.delete(def)
    const dirty = unlessEqual(changes, known)
    invalidate(dirty)
    if (moduleEntry && (!sameSignature(moduleEntry.signature, moduleSignature(next)) || intersects(moduleEntry.entry.asked, dirty))) moduleEntry = null
  }

  /** One edited function whose summary is as before changes nothing for those who asked for it. */
  function unlessEqual(changes: ReturnType<typeof changedKeys>, known: ReadonlyMap<string, Summary | null>): Set<string> {
    const dirty = new Set(changes.keys)
    const [edited] = changes.edited
    if (edited && changes.edited.length === 1 && dirty.size === 1) {
      const old = known.get(edited.key)
      if (old === undefined || JSON.stringify(old) === JSON.stringify(summaryOf(edited.def, edited.ownClass))) dirty.delete(edited.key)
    }
    return dirty
  }

  /** Whoever asked for something that changed is made again, and so is whoever asked for its summary. */
  function invalidate(dirty: Set<string>): void {
    let size = -1
    while (size !== dirty.size) {
      size = dirty.size
      for (const [def, entry] of entries) {
        if (!intersects(entry.asked, dirty)) continue
        entries.delete(def)
        if (entry.key !== null && entry.summary !== undefined) dirty.add(entry.key)
      }
    }
  }
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (b.size === 0) return false
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  for (const item of small) if (large.has(item)) return true
  return false
}
