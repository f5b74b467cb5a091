/**
 * The analysis of one file over its versions: what the rules found in each frame, kept while the frame and what it asked
 * for are unchanged. An edit costs what it changes, and a look at each statement of the module.
 */
import type { FunctionDef, Stmt, Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import { commonEnds } from '../text/common-ends.ts'
import type { ModelTable } from '../models/table.ts'
import { indexFrame } from '../rules/frame-index.ts'
import { heldObjects } from '../rules/held.ts'
import { hasLocals } from '../rules/interest.ts'
import { isModuleRule, type Draft, type FrameFacts, type FrameRule, type ModuleView, type Rule, type RuleOptions } from '../rules/rule.ts'
import { createFrames, type FrameAnalysis, type Frames } from '../values/frames.ts'
import { FactTable } from '../values/module-facts.ts'
import { functionsOf, type FunctionPlace } from '../semantic/functions.ts'

export interface ModuleAnalysis {
  readonly drafts: readonly Draft[]
  /** Messages for the log: rules that failed, with their place. */
  readonly failures: readonly string[]
  readonly frames: Frames
}

export interface ModuleAnalyser {
  analyse(source: Source): ModuleAnalysis
}

/** What the rules say of some frames. */
interface Outcome {
  readonly drafts: readonly Draft[]
  readonly failures: readonly string[]
}

/** One statement of the module. */
interface Part {
  readonly functions: readonly FunctionPlace[]
  /** Of all its functions; null where it has to be worked out. */
  outcome: Outcome | null
}

/** What is kept from version to version. */
interface State {
  readonly body: Suite
  readonly scopes: ScopeTree
  readonly parts: readonly Part[]
}

/** Points below which a drag is not looked at (see `values/drag.ts`). */
const MINIMUM_DRAG = 1

const NOTHING: Outcome = { drafts: [], failures: [] }

export function createModuleAnalyser(models: ModelTable, rules: readonly Rule[], options: RuleOptions): ModuleAnalyser {
  const facts = new FactTable()
  let frames: Frames | null = null
  let state: State | null = null
  const known = new WeakMap<FrameAnalysis, Outcome & { readonly scope: string }>()
  const frameRules = rules.filter((rule): rule is FrameRule => !isModuleRule(rule))
  const moduleRules = rules.filter(isModuleRule)

  function analyse({ body }: Source): ModuleAnalysis {
    const scopes = resolveScopes(body, options.target, state?.scopes ?? null)
    const parts = updatedParts(body, scopes)
    state = { body, scopes, parts }
    const outcomes = [outcomeOf(frames!.ofModule(), '<module>'), ...parts.map(partOutcome)]
    return { ...together([...outcomes, moduleOutcome(parts)]), frames: frames! }
  }

  /** The statements at both ends that stayed the same keep their parts. */
  function updatedParts(body: Suite, scopes: ScopeTree): readonly Part[] {
    const old = state ?? { body: [], parts: [] }
    const { head, tail } = commonEnds(old.body, body)
    const removed = old.body.slice(head, old.body.length - tail)
    const added = body.slice(head, body.length - tail)
    const fresh = added.map(partOf)
    const parts = [...old.parts.slice(0, head), ...fresh, ...old.parts.slice(old.body.length - tail)]
    const module = { body, scopes, facts }
    const changes = facts.update(removed, added, body)
    if (frames === null) {
      frames = createFrames(module, models, options.target)
      return parts
    }
    const functions = fresh.flatMap(part => part.functions)
    const gone = withoutThose(old.parts.slice(head, old.body.length - tail).flatMap(part => part.functions), functions)
    const again = frames.renew(module, { removed, added, facts: changes, gone, functions })
    if (again.size > 0) for (const part of parts) if (part.functions.some(f => again.has(f.def))) part.outcome = null
    return parts
  }

  function partOutcome(part: Part): Outcome {
    return part.outcome ??= together(part.functions.map(functionOutcome))
  }

  function functionOutcome({ def, ownClass, name }: FunctionPlace): Outcome {
    return hasLocals(state!.scopes.scopeOf(def)) ? outcomeOf(frames!.of(def, ownClass), name) : NOTHING
  }

  function outcomeOf(analysis: FrameAnalysis, scope: string): Outcome {
    let outcome = known.get(analysis)
    if (outcome?.scope !== scope) known.set(analysis, outcome = { ...runRules(analysis, scope), scope })
    return outcome
  }

  function runRules(analysis: FrameAnalysis, scope: string): Outcome {
    const facts = factsOf(analysis, scope, options)
    return runAll(frameRules, scope, rule => rule.check(facts))
  }

  /** Rules on the module see every version; what they read off unchanged statements they keep themselves. */
  function moduleOutcome(parts: readonly Part[]): Outcome {
    if (moduleRules.length === 0) return NOTHING
    let functions: ModuleView['functions'] | null = null
    const view: ModuleView = {
      body: state!.body, scopes: state!.scopes, facts, frames: frames!, options, workspace: null,
      get functions() { return functions ??= parts.flatMap(part => part.functions) },
    }
    return runAll(moduleRules, '<module>', rule => rule.checkModule(view))
  }

  return { analyse }
}

/** A rule that fails is logged; the others still report. */
function runAll<R extends Rule>(rules: readonly R[], scope: string, run: (rule: R) => readonly Draft[]): Outcome {
  const drafts: Draft[] = []
  const failures: string[] = []
  for (const rule of rules) {
    try {
      drafts.push(...run(rule))
    } catch (error) {
      failures.push(`rule ${rule.name} failed in ${scope}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { drafts, failures }
}

function partOf(stmt: Stmt): Part {
  return { functions: functionsOf([stmt]), outcome: null }
}

function withoutThose(functions: readonly FunctionPlace[], kept: readonly FunctionPlace[]): readonly FunctionDef[] {
  const left = new Set(kept.map(f => f.def))
  return functions.map(f => f.def).filter(def => !left.has(def))
}

function together(outcomes: readonly Outcome[]): Outcome {
  const telling = outcomes.filter(o => o.drafts.length > 0 || o.failures.length > 0)
  return telling.length === 0 ? NOTHING : { drafts: telling.flatMap(o => o.drafts), failures: telling.flatMap(o => o.failures) }
}

function factsOf(analysis: FrameAnalysis, scope: string, options: RuleOptions): FrameFacts {
  const index = indexFrame(analysis.flow)
  let held: FrameFacts['held'] | null = null
  return {
    analysis, index, scope, options,
    get held() {
      return held ??= heldObjects(analysis, index, { minimumSize: options.minimumSize, minimumDrag: MINIMUM_DRAG, includeUnknown: options.assumeLarge || options.confidence === 'possible' })
    },
  }
}
