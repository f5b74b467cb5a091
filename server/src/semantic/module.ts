/** The module's own scope, brought up to date by what changed between two versions of its body. */
import type { Stmt, Suite } from '../syntax/ast.ts'
import { BOUND, Entry, GLOBAL, newBlock, type Block, type NameLists } from './block.ts'
import { bodyFragment, merged, type Fragment } from './fragments.ts'
import { callsFrameBuiltin, isInlined, resolveModuleMember, type Resolver } from './resolve.ts'
import { Tally } from './tally.ts'

/** What one statement adds to the module. */
interface Part {
  readonly fragment: Fragment
  readonly children: readonly Block[]
  /** Globals used by inner code. */
  readonly uses: NameLists
}

interface Annotations {
  readonly blocks: readonly Block[]
  readonly scope: Block
  readonly uses: NameLists
}

export interface ModuleState {
  readonly resolver: Resolver
  readonly body: Suite
  readonly parts: readonly Part[]
  readonly annotations: Annotations | null
  /** Goes on to the next state. */
  tally: Tally | null
  readonly module: Block
  readonly globalsUsedInside: ReadonlySet<string>
}

/** `previous` only saves work: the result is the same without. What did not change is the same object in both states. */
export function moduleState(resolver: Resolver, body: Suite, previous: ModuleState | null): ModuleState {
  const base = previous !== null && previous.resolver === resolver && previous.tally !== null ? previous : null
  const tally = base?.tally ?? new Tally()
  if (base !== null) base.tally = null
  const parts = updatedParts(resolver, body, base, tally)
  const annotations = mergedAnnotations(resolver, parts, base?.annotations ?? null)
  if (annotations !== base?.annotations) count(tally, base?.annotations?.uses ?? [], annotations?.uses ?? [])
  const { symbols, globalsUsedInside } = updatedNames(tally, base)
  const module: Block = { ...newBlock(HEAD), symbols, children: parts.flatMap((part) => part.children) }
  if (annotations !== null) module.children.push(annotations.scope)
  module.seesFrames = seesFrames(module, parts)
  return { resolver, body, parts, annotations, tally, module, globalsUsedInside }
}

const HEAD = { kind: 'module', name: 'top', node: null, position: 0, mangler: null } as const

/** The statements at both ends that stayed the same keep their parts. */
function updatedParts(resolver: Resolver, body: Suite, base: ModuleState | null, tally: Tally): readonly Part[] {
  const old = base?.body ?? []
  const oldParts = base?.parts ?? []
  const { head, tail } = commonEnds(old, body)
  const removed = oldParts.slice(head, old.length - tail)
  const added = body.slice(head, body.length - tail).map((stmt) => partOf(resolver, stmt))
  for (const part of removed) countNames(part, (name, flags) => tally.removeFlags(name, flags))
  for (const part of added) countNames(part, (name, flags) => tally.addFlags(name, flags))
  count(tally, removed.flatMap((part) => part.uses), added.flatMap((part) => part.uses))
  return [...oldParts.slice(0, head), ...added, ...oldParts.slice(old.length - tail)]
}

function commonEnds<T>(a: readonly T[], b: readonly T[]): { readonly head: number; readonly tail: number } {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return { head, tail }
}

function partOf(resolver: Resolver, stmt: Stmt): Part {
  const fragment = bodyFragment(stmt, 'module', null, resolver.traits)
  const members = fragment.children.map((child) => resolveModuleMember(resolver, child))
  return { fragment, children: members, uses: members.flatMap(({ member }) => member.uses) }
}

function countNames({ fragment }: Part, each: (name: string, flags: number) => void): void {
  for (const { name, flags } of fragment.names) each(name, flags)
  for (const name of fragment.globals) each(name, GLOBAL)
}

/** Lists of members that did not change are the same objects before and after. */
function count(tally: Tally, before: NameLists, after: NameLists): void {
  const gone = new Set(before)
  for (const names of after) if (!gone.delete(names)) for (const name of names) tally.countUse(name, 1)
  for (const names of gone) for (const name of names) tally.countUse(name, -1)
}

/** Python 3.14: one scope for all variable annotations of the module. */
function mergedAnnotations(resolver: Resolver, parts: readonly Part[], base: Annotations | null): Annotations | null {
  const blocks = parts.flatMap(({ fragment }) => fragment.annotations ?? [])
  if (blocks.length === 0) return null
  if (base !== null && base.blocks.length === blocks.length && commonEnds(base.blocks, blocks).head === blocks.length) return base
  const whole = blocks.reduce<Block | null>(merged, null)
  const scope = whole === null ? null : resolveModuleMember(resolver, whole)
  return scope === null ? null : { blocks, scope, uses: scope.member.uses }
}

/** The maps of `base` where nothing in them changed. */
function updatedNames(tally: Tally, base: ModuleState | null): { readonly symbols: Map<string, Entry>; readonly globalsUsedInside: ReadonlySet<string> } {
  let symbols = base?.module.symbols ?? new Map<string, Entry>()
  let used = base?.globalsUsedInside as Set<string> | undefined ?? new Set<string>()
  const touched = tally.takeTouched()
  const changed = [...touched].filter((name) => tally.flagsOf(name) !== (symbols.get(name)?.flags ?? 0))
  if (changed.length > 0) symbols = new Map(symbols)
  for (const name of changed) setSymbol(symbols, name, tally.flagsOf(name))
  const moved = [...touched].filter((name) => isUsedGlobal(tally, symbols, name) !== used.has(name))
  if (moved.length > 0) used = new Set(used)
  for (const name of moved) if (!used.delete(name)) used.add(name)
  return { symbols, globalsUsedInside: used }
}

function setSymbol(symbols: Map<string, Entry>, name: string, flags: number): void {
  if (flags === 0) {
    symbols.delete(name)
    return
  }
  const entry = new Entry(name, flags)
  if ((flags & GLOBAL) !== 0) entry.scope = 'global-explicit'
  else if ((flags & BOUND) !== 0) entry.scope = 'local'
  symbols.set(name, entry)
}

function isUsedGlobal(tally: Tally, symbols: ReadonlyMap<string, Entry>, name: string): boolean {
  return tally.isUsed(name) && ((symbols.get(name)?.flags ?? 0) & (BOUND | GLOBAL)) !== 0
}

function seesFrames(module: Block, parts: readonly Part[]): boolean {
  return parts.some(({ fragment: { frameCalls, seesFrames }, children }) => seesFrames
    || callsFrameBuiltin({ frameCalls, symbols: module.symbols })
    || children.some((child) => isInlined(child) && child.seesFrames))
}
