/**
 * What is known of one file over its versions, whoever asks: its scopes, facts and frames. The rules of an open document ask, and so do
 * other modules of the workspace. An edit costs what it changes, and a look at each statement of the module.
 */
import type { FunctionDef, Stmt, Suite } from '../syntax/ast.ts'
import { functionsOf, type FunctionPlace } from '../semantic/functions.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import type { ModelTable } from '../models/table.ts'
import { commonEnds } from '../text/common-ends.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { Others } from '../values/foreign.ts'
import { createFrames, type Frames } from '../values/frames.ts'
import { doneEarly } from '../rules/done-early.ts'
import type { Part } from '../rules/rule.ts'
import { FactTable, type ModuleFacts } from '../values/module-facts.ts'

export interface ModuleState {
  readonly body: Suite
  readonly scopes: ScopeTree
  readonly parts: readonly Part[]
  /** Null: it has syntax errors. */
  placeOf(def: FunctionDef): FunctionPlace | null
  readonly facts: ModuleFacts
  readonly frames: Frames
}

export interface ModuleFrames {
  /** The state for this body. The same object where neither the body nor anything asked of other modules has changed. */
  update(body: Suite): ModuleState
  /** Something it asked of other modules is no longer so. */
  readonly isStale: boolean
}

export function createModuleFrames(models: ModelTable, target: TargetVersion, others: Others): ModuleFrames {
  const facts = new FactTable()
  const places = new WeakMap<FunctionDef, FunctionPlace>()
  let state: ModuleState | null = null

  function update(body: Suite): ModuleState {
    if (state?.body !== body) state = edited(state, body)
    const dropped = state.frames.takeDropped()
    if (dropped.size > 0) state = { ...state, parts: state.parts.map(part => (part.functions.some(f => dropped.has(f.def)) ? { ...part } : part)) }
    return state
  }

  /** The statements at both ends that stayed the same keep their parts. */
  function edited(old: ModuleState | null, body: Suite): ModuleState {
    const scopes = resolveScopes(body, target, old?.scopes ?? null)
    const { body: oldBody, parts: oldParts } = old ?? { body: [], parts: [] }
    const { head, tail } = commonEnds(oldBody, body)
    const removed = oldBody.slice(head, oldBody.length - tail)
    const added = body.slice(head, body.length - tail)
    const fresh = added.map(partOf)
    for (const part of fresh) for (const place of part.functions) places.set(place.def, place)
    const parts = oldParts.slice(0, head).concat(fresh, oldParts.slice(oldBody.length - tail))
    const module = { body, scopes, facts, placeOf }
    const changes = facts.update(removed, added, body)
    if (old === null) return { ...module, parts, frames: createFrames(module, models, target, others, doneEarly) }
    const functions = fresh.flatMap(part => part.functions)
    const gone = withoutThose(oldParts.slice(head, oldBody.length - tail).flatMap(part => part.functions), functions)
    old.frames.renew(module, { removed, added, facts: changes, gone, functions })
    return { ...module, parts, frames: old.frames }
  }

  function placeOf(def: FunctionDef): FunctionPlace | null {
    return places.get(def) ?? null
  }

  return { update, get isStale() { return state?.frames.isStale ?? false } }
}

function partOf(stmt: Stmt): Part {
  return { stmt, functions: functionsOf([stmt]) }
}

function withoutThose(functions: readonly FunctionPlace[], kept: readonly FunctionPlace[]): readonly FunctionDef[] {
  const left = new Set(kept.map(f => f.def))
  return functions.map(f => f.def).filter(def => !left.has(def))
}
