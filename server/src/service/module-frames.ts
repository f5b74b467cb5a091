/**
 * What is known of one file over its versions, whoever asks: its scopes, facts and frames. The rules of an open document ask, and so do
 * other modules of the workspace. An edit costs what it changes, and a look at each statement of the module.
 */
import type { Expr, FunctionDef, Stmt, Suite } from '../syntax/ast.ts'
import { contains } from '../syntax/ancestors.ts'
import { functionsOf, type FunctionPlace } from '../semantic/functions.ts'
import type { ScopeTree } from '../semantic/scope.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import type { ModelTable } from '../models/table.ts'
import { commonEnds } from '../text/common-ends.ts'
import { onDemand } from '../text/on-demand.ts'
import type { TargetVersion } from '../text/target-version.ts'
import type { Door } from '../values/door.ts'
import type { Others } from '../values/foreign.ts'
import { createFrames, type Frames } from '../values/frames.ts'
import { doneEarly } from '../rules/done-early.ts'
import type { Part } from '../rules/rule.ts'
import { FactTable, type AllFacts } from '../values/module-facts.ts'

export interface ModuleState {
  readonly body: Suite
  readonly scopes: ScopeTree
  readonly parts: readonly Part[]
  /** As in `ModuleView`. */
  placeOf(def: FunctionDef): FunctionPlace | null
  /** Functions that are left out, because Python does not run them as they are written, and the decorators that say so; not those inside them. */
  compiled(): readonly Compiled[]
  readonly facts: AllFacts
  readonly frames: Frames
}

export interface Compiled {
  readonly place: FunctionPlace
  readonly decorator: Expr
}

/** `all`: its functions, those that are left out included. */
interface WholePart extends Part {
  readonly all: readonly FunctionPlace[]
}

interface WholeState extends ModuleState {
  readonly parts: readonly WholePart[]
}

const NO_STATE: Pick<WholeState, 'body' | 'parts'> = { body: [], parts: [] }

export interface ModuleFrames {
  /** The state for this body. The same object where neither the body nor anything asked of other modules has changed. */
  update(body: Suite): ModuleState
  /** Something it asked of other modules is no longer so. */
  readonly isStale: boolean
  /** As of `Frames`. */
  takeDoubtful(): readonly Door[]
}

export function createModuleFrames(models: ModelTable, target: TargetVersion, others: Others): ModuleFrames {
  const facts = new FactTable()
  const places = new WeakMap<FunctionDef, Placed>()
  let state: WholeState | null = null

  function update(body: Suite): ModuleState {
    if (state?.body !== body) state = edited(state, body)
    const dropped = state.frames.takeDropped()
    if (dropped.size > 0) state = { ...state, parts: state.parts.map(part => (part.all.some(f => dropped.has(f.def)) ? partOf(part.stmt, part.all) : part)) }
    return state
  }

  /** The statements at both ends that stayed the same keep their parts. */
  function edited(old: WholeState | null, body: Suite): WholeState {
    const scopes = resolveScopes(body, target, old?.scopes ?? null)
    const { body: oldBody, parts: oldParts } = old ?? NO_STATE
    const { head, tail } = commonEnds(oldBody, body)
    const removed = oldBody.slice(head, oldBody.length - tail)
    const added = body.slice(head, body.length - tail)
    const fresh = added.map(stmt => partOf(stmt, functionsOf([stmt])))
    for (const part of fresh) for (const placed of placedIn(part.all)) places.set(placed.place.def, placed)
    const parts = oldParts.slice(0, head).concat(fresh, oldParts.slice(oldBody.length - tail))
    const module = { body, scopes, facts, placeOf, compiled }
    const changes = facts.update(removed, added, body)
    if (old === null) return { ...module, parts, frames: createFrames(module, models, target, others, doneEarly) }
    const functions = fresh.flatMap(part => part.all)
    const gone = withoutThose(oldParts.slice(head, oldBody.length - tail).flatMap(part => part.all), functions)
    old.frames.renew(module, { removed, added, facts: changes, gone, functions })
    return { ...module, parts, frames: old.frames }
  }

  /** Whether functions are left out is asked when somebody asks for them. */
  function partOf(stmt: Stmt, all: readonly FunctionPlace[]): WholePart {
    const functions = onDemand(() => (all.some(isLeftOut) ? all.filter(place => !isLeftOut(place)) : all))
    return { stmt, all, get functions() { return functions() } }
  }

  function isLeftOut({ def }: FunctionPlace): boolean {
    const placed = places.get(def)
    return placed !== undefined && (placed.around.some(outer => decoratorOf(outer) !== null) || decoratorOf(def) !== null)
  }

  function decoratorOf(def: FunctionDef): Expr | null {
    const placed = places.get(def)
    return placed && state ? state.frames.compilerOf(def, placed.place.ownClass, placed.around) : null
  }

  function placeOf(def: FunctionDef): FunctionPlace | null {
    const placed = places.get(def)
    return placed && !isLeftOut(placed.place) ? placed.place : null
  }

  function compiled(): readonly Compiled[] {
    return state?.parts.flatMap(part => (part.functions === part.all ? [] : part.all.flatMap(place => {
      const isInside = places.get(place.def)?.around.some(outer => decoratorOf(outer) !== null)
      const decorator = isInside ? null : decoratorOf(place.def)
      return decorator ? [{ place, decorator }] : []
    }))) ?? []
  }

  return { update, get isStale() { return state?.frames.isStale ?? false }, takeDoubtful: () => state?.frames.takeDoubtful() ?? [] }
}

/** Where a function stands; `around`: the functions it stands in, outermost first. */
interface Placed {
  readonly place: FunctionPlace
  readonly around: readonly FunctionDef[]
}

/** Those of one statement, which come in the order of the text. */
function placedIn(functions: readonly FunctionPlace[]): readonly Placed[] {
  let around: readonly FunctionDef[] = []
  return functions.map(place => {
    around = around.filter(outer => contains(outer, place.def))
    const placed = { place, around }
    around = [...around, place.def]
    return placed
  })
}

function withoutThose(functions: readonly FunctionPlace[], kept: readonly FunctionPlace[]): readonly FunctionDef[] {
  const left = new Set(kept.map(f => f.def))
  return functions.map(f => f.def).filter(def => !left.has(def))
}
