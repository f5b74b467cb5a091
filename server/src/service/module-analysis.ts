/**
 * The analysis of one file over its versions: what the rules found in each frame, kept while the frame and what it asked
 * for are unchanged. An edit costs what it changes, and a look at each statement of the module.
 */
import type { FunctionPlace } from '../semantic/functions.ts'
import { MentionCounts } from '../semantic/mentions.ts'
import { usesOf, type ModuleUses } from '../semantic/uses/uses.ts'
import type { ExprStmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { careIn, isCareful } from '../rules/care.ts'
import type { Finding } from '../rules/finding.ts'
import { indexFrame } from '../rules/frame-index.ts'
import { heldObjects } from '../rules/held.ts'
import { LEAST_DRAG } from '../rules/judgement.ts'
import { isOfInterest } from '../rules/interest.ts'
import { Findings } from '../rules/kept.ts'
import { isFrameRule, isModuleRule, type Draft, type FrameFacts, type ModuleView, type Part, type Rule, type RuleOptions } from '../rules/rule.ts'
import type { FrameAnalysis, Frames } from '../values/frames.ts'
import type { WorkspaceView } from '../workspace/index.ts'
import type { Compiled, ModuleFrames, ModuleState } from './module-frames.ts'

export interface ModuleAnalysis {
  /** Null: it came to nothing, for what other files do. */
  readonly drafts: readonly ((source: Source) => Finding | null)[]
  /** Messages for the log: rules that failed, with their place. */
  readonly failures: readonly string[]
  readonly frames: Frames
  compiled(): readonly Compiled[]
}

export interface ModuleAnalyser {
  /** `displayed`: see `ModuleView`. */
  analyse(source: Source, displayed?: readonly ExprStmt[]): ModuleAnalysis
}

/** What the rules say of some frames. */
interface Outcome {
  readonly drafts: readonly Draft[]
  readonly failures: readonly string[]
}

const NOTHING: Outcome = { drafts: [], failures: [] }

export function createModuleAnalyser(module: ModuleFrames, rules: readonly Rule[], options: RuleOptions, workspaceNow: () => WorkspaceView | null): ModuleAnalyser {
  const byFrame = new WeakMap<FrameAnalysis, Outcome & { readonly scope: string; readonly displayed: readonly ExprStmt[] }>()
  const byPart = new WeakMap<Part, Outcome>()
  const shared = new WeakMap<Draft, { readonly state: string | null; readonly isShared: boolean }>()
  const frameRules = rules.filter(isFrameRule)
  const moduleRules = rules.filter(isModuleRule)
  const mentions = new MentionCounts()
  const ofParts = new Findings<Outcome>()
  let now!: { readonly state: ModuleState; readonly displayed: readonly ExprStmt[]; readonly uses: ModuleUses }
  const view: ModuleView = {
    get body() { return now.state.body }, get parts() { return now.state.parts }, get scopes() { return now.state.scopes }, get facts() { return now.state.facts }, get uses() { return now.uses }, mentions,
    get frames() { return now.state.frames }, placeOf: def => now.state.placeOf(def), get displayed() { return now.displayed }, options, get workspace() { return workspaceNow() },
  }

  function analyse({ body }: Source, displayed: readonly ExprStmt[] = []): ModuleAnalysis {
    const state = module.update(body)
    const ofModule = outcomeOf(state.frames.ofModule(), '<module>', displayed)
    const { drafts, failures } = together([...ofParts.renewed(state.parts, part => telling([partOutcome(part, state)])), moduleOutcome(state, displayed)])
    return { drafts: [...ofModule.drafts.map(unlessShared), ...drafts], failures: [...ofModule.failures, ...failures], frames: state.frames, compiled: () => state.compiled() }
  }

  /** A global that other files use is theirs, too: nothing in its own file can let go of it. */
  function unlessShared(draft: Draft): ModuleAnalysis['drafts'][number] {
    return source => {
      const finding = draft(source)
      const workspace = workspaceNow()
      const state = workspace?.state ?? null
      let known = shared.get(draft)
      if (known?.state !== state) shared.set(draft, known = { state, isShared: finding.names.some(name => workspace?.usesOf(name).uses.some(use => use.path !== workspace.path)) })
      return known.isShared ? null : finding
    }
  }

  function partOutcome(part: Part, state: ModuleState): Outcome {
    let outcome = byPart.get(part)
    if (!outcome) byPart.set(part, outcome = together(part.functions.map(place => functionOutcome(place, state))))
    return outcome
  }

  function functionOutcome({ def, ownClass, name }: FunctionPlace, { scopes, frames }: ModuleState): Outcome {
    const isLookedAt = isOfInterest(scopes.scopeOf(def)) || frameRules.some(rule => rule.looksAt?.(def))
    return isLookedAt ? outcomeOf(frames.of(def, ownClass), name) : NOTHING
  }

  function outcomeOf(analysis: FrameAnalysis, scope: string, displayed: readonly ExprStmt[] = []): Outcome {
    let outcome = byFrame.get(analysis)
    if (outcome?.scope !== scope || !isSame(outcome.displayed, displayed)) {
      byFrame.set(analysis, outcome = { ...runRules(analysis, scope, displayed), scope, displayed })
    }
    return outcome
  }

  function runRules(analysis: FrameAnalysis, scope: string, displayed: readonly ExprStmt[]): Outcome {
    const facts = factsOf(analysis, scope, displayed, options)
    return runAll(frameRules, scope, rule => rule.check(facts))
  }

  /** Rules on the module see every version; what they keep they keep for the one view that they are given. */
  function moduleOutcome(state: ModuleState, displayed: readonly ExprStmt[]): Outcome {
    if (moduleRules.length === 0) return NOTHING
    now = { state, displayed, uses: usesOf(state.facts, state.body, state.scopes) }
    mentions.renew(state.body)
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

function together(outcomes: readonly Outcome[]): Outcome {
  const some = telling(outcomes)
  return some.length === 0 ? NOTHING : { drafts: some.flatMap(o => o.drafts), failures: some.flatMap(o => o.failures) }
}

function telling(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter(o => o.drafts.length > 0 || o.failures.length > 0)
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}

function factsOf(analysis: FrameAnalysis, scope: string, displayed: readonly ExprStmt[], options: RuleOptions): FrameFacts {
  const index = indexFrame(analysis.flow)
  let held: FrameFacts['held'] | null = null
  return {
    analysis, index, scope, displayed, options,
    get held() {
      if (held !== null) return held
      const includeUnknown = options.assumeLarge || isCareful(careIn(analysis, options))
      return held = heldObjects(analysis, index, {
        minimumSize: options.minimumSize, minimumDrag: LEAST_DRAG, isRun: options.isRun, displayed, includeUnknown,
        isUncared: !includeUnknown && options.confidence !== 'possible',
      })
    },
  }
}
