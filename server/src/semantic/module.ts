/** The module's own scope: made from all statements, or brought up to date by what changed since the version before. */
import type { Suite } from '../syntax/ast.ts'
import { addFlags, BOUND, Entry, flagsOf, GLOBAL, newBlock, type Block } from './block.ts'
import { annotationsOf, changedParts, type Annotations, type Part } from './parts.ts'
import { callsFrameBuiltin, isInlined, type Resolver } from './resolve.ts'
import { Tally } from './tally.ts'

export interface ModuleState {
  readonly resolver: Resolver
  readonly body: Suite
  readonly parts: readonly Part[]
  /** Those with calls that may see the module's frame. */
  readonly framed: readonly Part[]
  readonly annotations: Annotations | null
  readonly module: Block
  readonly globalsUsedInside: ReadonlySet<string>
  /** Made when it is needed first; goes on to the next state. */
  tally: Tally | null
}

interface Names {
  readonly symbols: Map<string, Entry>
  readonly used: ReadonlySet<string>
}

const HEAD = { kind: 'module', name: 'top', node: null, position: 0, mangler: null } as const

export function moduleState(resolver: Resolver, body: Suite): ModuleState {
  const { parts } = changedParts(resolver, [], [], body)
  const annotations = annotationsOf(resolver, parts)
  const names = namesOf(parts, annotations)
  return withModule({ resolver, body, parts, framed: parts.filter(maySeeFrames), annotations, tally: null }, names)
}

/** The same as `moduleState(base.resolver, body)`, at the cost of what changed since `base`. Maps in which nothing changed stay the same objects. */
export function updatedState(base: ModuleState, body: Suite): ModuleState {
  const { resolver } = base
  const tally = base.tally ?? new Tally(base.parts, base.annotations?.uses ?? [])
  base.tally = null
  const { parts, removed, added } = changedParts(resolver, base.body, base.parts, body)
  tally.replaceParts(removed, added)
  const isAnnotated = [...removed, ...added].some(({ fragment }) => fragment.annotations !== null)
  const annotations = isAnnotated ? annotationsOf(resolver, parts) : base.annotations
  if (isAnnotated) tally.replaceUses(base.annotations?.uses ?? [], annotations?.uses ?? [])
  const gone = new Set(removed)
  const framed = base.framed.filter((part) => !gone.has(part)).concat(added.filter(maySeeFrames))
  return withModule({ resolver, body, parts, framed, annotations, tally }, updatedNames(base, tally))
}

function withModule(state: Omit<ModuleState, 'module' | 'globalsUsedInside'>, { symbols, used }: Names): ModuleState {
  const module: Block = { ...newBlock(HEAD), symbols }
  for (const part of state.parts) for (const child of part.children) module.children.push(child)
  if (state.annotations !== null) module.children.push(state.annotations.scope)
  module.seesFrames = state.framed.some((part) => seesFrames(part, symbols))
  return { ...state, module, globalsUsedInside: used }
}

function maySeeFrames({ fragment: { frameCalls, seesFrames }, children }: Part): boolean {
  return seesFrames || frameCalls !== null || children.some((child) => isInlined(child) && child.seesFrames)
}

function seesFrames({ fragment: { frameCalls, seesFrames }, children }: Part, symbols: Map<string, Entry>): boolean {
  return seesFrames || callsFrameBuiltin({ frameCalls, symbols }) || children.some((child) => isInlined(child) && child.seesFrames)
}

function namesOf(parts: readonly Part[], annotations: Annotations | null): Names {
  const block = newBlock(HEAD)
  for (const { fragment } of parts) {
    for (const { name, flags } of fragment.names) addFlags(block, name, flags)
    for (const name of fragment.globals) addFlags(block, name, GLOBAL)
  }
  for (const entry of block.symbols.values()) place(entry)
  const used = new Set<string>()
  for (const names of [...parts.flatMap((part) => part.uses), ...annotations?.uses ?? []]) {
    for (const name of names) if (isOwn(flagsOf(block, name))) used.add(name)
  }
  return { symbols: block.symbols, used }
}

function updatedNames({ module, globalsUsedInside }: ModuleState, tally: Tally): Names {
  const touched = [...tally.takeTouched()]
  const changed = touched.filter((name) => tally.flagsOf(name) !== flagsOf(module, name))
  const symbols = changed.length === 0 ? module.symbols : new Map(module.symbols)
  for (const name of changed) replaceSymbol(symbols, name, tally.flagsOf(name))
  const moved = touched.filter((name) => (tally.isUsed(name) && isOwn(symbols.get(name)?.flags ?? 0)) !== globalsUsedInside.has(name))
  if (moved.length === 0) return { symbols, used: globalsUsedInside }
  const used = new Set(globalsUsedInside)
  for (const name of moved) if (!used.delete(name)) used.add(name)
  return { symbols, used }
}

function replaceSymbol(symbols: Map<string, Entry>, name: string, flags: number): void {
  if (flags === 0) symbols.delete(name)
  else symbols.set(name, place(new Entry(name, flags)))
}

/** Names bound in a module are local there, even if functions use them. */
function place(entry: Entry): Entry {
  entry.scope = (entry.flags & GLOBAL) !== 0 ? 'global-explicit' : (entry.flags & BOUND) !== 0 ? 'local' : 'global-implicit'
  return entry
}

/** The module has the name, if only because a function declares it global. */
function isOwn(flags: number): boolean {
  return (flags & (BOUND | GLOBAL)) !== 0
}
