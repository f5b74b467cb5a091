/**
 * The analysis of one file over its versions: what the rules found in each frame, kept while the frame and what it asked
 * for are unchanged.
 */
import type { FunctionDef } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import type { ModelTable } from '../models/table.ts'
import { indexFrame } from '../rules/frame-index.ts'
import { heldObjects } from '../rules/held.ts'
import type { Draft, FrameFacts, Rule, RuleOptions } from '../rules/rule.ts'
import { createFrames, type FrameAnalysis, type Frames } from '../values/frames.ts'
import { collectFacts } from '../values/module-facts.ts'
import { functionsOf } from './functions.ts'

export interface ModuleAnalysis {
  readonly drafts: readonly Draft[]
  /** Messages for the log: rules that failed, with their place. */
  readonly failures: readonly string[]
  readonly frames: Frames
}

export interface ModuleAnalyser {
  analyse(source: Source): ModuleAnalysis
}

/** Points below which a drag is not looked at (see `values/drag.ts`). */
const MINIMUM_DRAG = 1

export function createModuleAnalyser(models: ModelTable, rules: readonly Rule[], options: RuleOptions): ModuleAnalyser {
  let frames: Frames | null = null
  const found = new Map<FrameAnalysis, { readonly drafts: readonly Draft[]; readonly failures: readonly string[] }>()

  function analyse(source: Source): ModuleAnalysis {
    const scopes = resolveScopes(source.body, options.target)
    const module = { body: source.body, scopes, facts: collectFacts(source.body) }
    const functions = functionsOf(source.body)
    if (frames === null) frames = createFrames(module, models, options.target)
    else frames.renew(module, new Set<FunctionDef>(functions.map(f => f.def)))
    const current = new Set<FrameAnalysis>()
    const drafts: Draft[] = []
    const failures: string[] = []
    const add = (analysis: FrameAnalysis, scope: string): void => {
      current.add(analysis)
      let result = found.get(analysis)
      if (!result) found.set(analysis, result = runRules(analysis, scope))
      drafts.push(...result.drafts)
      failures.push(...result.failures)
    }
    add(frames.ofModule(), '<module>')
    for (const { def, ownClass, name } of functions) add(frames.of(def, ownClass), name)
    for (const analysis of found.keys()) if (!current.has(analysis)) found.delete(analysis)
    return { drafts, failures, frames }
  }

  function runRules(analysis: FrameAnalysis, scope: string) {
    const facts = factsOf(analysis, scope, options)
    const drafts: Draft[] = []
    const failures: string[] = []
    for (const rule of rules) {
      try {
        drafts.push(...rule.check(facts))
      } catch (error) {
        failures.push(`rule ${rule.name} failed in ${scope}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    return { drafts, failures }
  }

  return { analyse }
}

function factsOf(analysis: FrameAnalysis, scope: string, options: RuleOptions): FrameFacts {
  const index = indexFrame(analysis.flow)
  let held: FrameFacts['held'] | null = null
  return {
    analysis, index, scope, options, isScript: false,
    get held() {
      return held ??= heldObjects(analysis, index, { minimumSize: options.minimumSize, minimumDrag: MINIMUM_DRAG, includeUnknown: options.assumeLarge || options.confidence === 'possible' })
    },
  }
}
