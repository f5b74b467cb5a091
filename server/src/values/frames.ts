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
import { changedKeys, methodKey, type EditedFunction } from './changes.ts'
import type { FrameContext } from './context.ts'
import { createEvaluator, type Evaluator } from './evaluate.ts'
import type { FactChanges, ModuleFact, ModuleFacts } from './module-facts.ts'
import { runsTheSame } from './module-signature.ts'
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

/** What is different in the next version of a module. */
export interface ModuleChange {
  /** The statements of the body that make the difference: what stood there before, what stands there now. */
  readonly removed: Suite
  readonly added: Suite
  readonly facts: FactChanges
  /** Functions that are no more, nested ones included. */
  readonly gone: readonly FunctionDef[]
  /** The functions of the added statements, with the classes whose methods they are. */
  readonly functions: readonly { readonly def: FunctionDef; readonly ownClass: ClassDef | null }[]
}

export interface Frames {
  ofModule(): FrameAnalysis
  of(def: FunctionDef, ownClass: ClassDef | null): FrameAnalysis
  /** Goes on with another version of the module. Returns the functions whose frames will be made anew, though they are as before. */
  renew(module: ModuleContext, change: ModuleChange): ReadonlySet<FunctionDef>
}

interface Entry {
  readonly def: FunctionDef | 'module'
  /** The class whose method it is, as it is now. */
  ownClass: ClassDef | null
  readonly analysis: FrameAnalysis
  /** Keys of the facts it asked for: `name`, `Class.method`. */
  readonly asked: Set<string>
  /** Frames whose summaries it asked for, and those that asked for its own. */
  readonly uses: Set<Entry>
  readonly users: Set<Entry>
  summary: Summary | null | undefined
}

/** Functions calling functions deeper than this are not followed. */
const MAX_CALLS = 12

export function createFrames(first: ModuleContext, models: ModelTable, target: TargetVersion): Frames {
  const entries = new Map<FunctionDef, Entry>()
  const askers = new Map<string, Set<Entry>>()
  let module = first
  let moduleEntry: Entry | null = null
  let depth = 0

  return { ofModule, of: (def, ownClass) => entryOf(def, ownClass).analysis, renew }

  function ofModule(): FrameAnalysis {
    return (moduleEntry ??= makeEntry('module', null)).analysis
  }

  function entryOf(def: FunctionDef, ownClass: ClassDef | null): Entry {
    let entry = entries.get(def)
    if (!entry) entries.set(def, entry = makeEntry(def, ownClass))
    return entry
  }

  function makeEntry(def: FunctionDef | 'module', ownClass: ClassDef | null): Entry {
    const { body, scopes } = module
    const build = (options: FlowOptions) => analyse(def === 'module' ? buildModuleFlow(body, scopes, options) : buildFlow(def, scopes, options))
    const flow = build({ unknownManagers: 'pass-on' })
    let cautious = flow.graph.trustsManagers ? null : flow
    const context: FrameContext = {
      flow, models, target,
      get ownClass() { return entry.ownClass },
      facts: { get: name => factFor(entry, name) },
      summaries: { ofFunction: (f, cls) => summaryFor(entry, f, cls), methodOf: (cls, name) => findMethod(cls, name, entry, new Set()) },
    }
    const values = createEvaluator(context)
    const analysis: FrameAnalysis = {
      flow, values, objects: createObjects(values),
      get cautious() { return cautious ??= build({ unknownManagers: 'may-swallow' }) },
    }
    const entry: Entry = { def, ownClass, analysis, asked: new Set(), uses: new Set(), users: new Set(), summary: undefined }
    return entry
  }

  function ask(entry: Entry, key: string): void {
    if (entry.asked.has(key)) return
    entry.asked.add(key)
    const known = askers.get(key)
    if (known) known.add(entry)
    else askers.set(key, new Set([entry]))
  }

  function forget(key: string, entry: Entry): void {
    const known = askers.get(key)
    known?.delete(entry)
    if (known?.size === 0) askers.delete(key)
  }

  function factFor(entry: Entry, name: string): ModuleFact | undefined {
    ask(entry, name)
    return module.facts.get(name)
  }

  function summaryFor(user: Entry, def: FunctionDef, ownClass: ClassDef | null): Summary | null {
    const summary = summaryOf(def, ownClass)
    const used = entries.get(def)
    if (used) connect(user, used)
    return summary
  }

  function connect(user: Entry, used: Entry): void {
    user.uses.add(used)
    used.users.add(user)
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
  function findMethod(cls: ClassDef, name: string, entry: Entry, seen: Set<string>): { readonly def: FunctionDef; readonly cls: ClassDef } | null {
    const fact = factFor(entry, cls.name.id)
    const current = fact?.kind === 'class' ? fact.def : cls
    if (seen.has(current.name.id)) return null
    seen.add(current.name.id)
    ask(entry, methodKey(current, name))
    for (const stmt of current.body) {
      if (stmt.kind === 'FunctionDef' && stmt.header.name.id === name) return { def: stmt, cls: current }
    }
    for (const base of current.args) {
      if (base.form !== 'positional' || base.value.kind !== 'Name') continue
      const found = factFor(entry, base.value.id)
      const method = found?.kind === 'class' ? findMethod(found.def, name, entry, seen) : null
      if (method) return method
    }
    return null
  }

  function renew(next: ModuleContext, change: ModuleChange): ReadonlySet<FunctionDef> {
    const { globalsUsedInside } = module.scopes
    module = next
    const dropped = new Set<FunctionDef>()
    for (const { def, ownClass } of change.functions) moveTo(ownClass, entries.get(def), dropped)
    const { keys, edited } = changedKeys(change.facts, next.facts)
    const [only] = edited
    const isSilent = only !== undefined && edited.length === 1 && keys.length === 1 && keepsSummary(only)
    for (const def of change.gone) drop(entries.get(def), dropped)
    if (!isSilent) for (const key of keys) for (const entry of [...askers.get(key) ?? []]) drop(entry, dropped)
    const isSame = runsTheSame(change.removed, change.added) && sameSet(globalsUsedInside, next.scopes.globalsUsedInside)
    if (moduleEntry && !isSame) drop(moduleEntry, dropped)
    for (const def of change.gone) dropped.delete(def)
    return dropped
  }

  /** A class that was edited is a new object. Where others cannot see it as a fact of the module, nothing tells its methods what changed. */
  function moveTo(ownClass: ClassDef | null, entry: Entry | undefined, dropped: Set<FunctionDef>): void {
    if (!entry || entry.ownClass === ownClass) return
    const fact = ownClass && module.facts.get(ownClass.name.id)
    if (fact?.kind === 'class' && fact.def === ownClass) entry.ownClass = ownClass
    else drop(entry, dropped)
  }

  /** An edited function whose summary is as before changes nothing for those who asked for it. */
  function keepsSummary({ before, def, ownClass }: EditedFunction): boolean {
    if (before.broken || def.broken) return before.broken === def.broken
    const old = entries.get(before)
    if (!old || old.summary === undefined) return true
    if (JSON.stringify(old.summary) !== JSON.stringify(summaryOf(def, ownClass))) return false
    for (const user of old.users) connect(user, entryOf(def, ownClass))
    disconnect(old)
    return true
  }

  /** Whoever asked for something that changed is made again, and so is whoever asked for its summary. */
  function drop(first: Entry | undefined, dropped: Set<FunctionDef>): void {
    const queue = first ? [first] : []
    for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
      if (entry.def === 'module') moduleEntry = null
      else {
        entries.delete(entry.def)
        dropped.add(entry.def)
      }
      queue.push(...entry.users)
      disconnect(entry)
      for (const key of entry.asked) forget(key, entry)
    }
  }

  function disconnect(entry: Entry): void {
    for (const user of entry.users) user.uses.delete(entry)
    for (const used of entry.uses) used.users.delete(entry)
    entry.users.clear()
    entry.uses.clear()
  }
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true
  if (a.size !== b.size) return false
  for (const item of a) if (!b.has(item)) return false
  return true
}
