/**
 * Second phase of name resolution: which scope each name of a block belongs to (Python/symtable.c, `analyze_block`).
 * What CPython refuses as a syntax error gets the nearest sensible answer.
 */
import type { Node } from '../syntax/ast.ts'
import { BOUND, Entry, flagsOf, GLOBAL, NONLOCAL, unresolved, type Block, type Enclosing, type Member } from './block.ts'
import type { Scope, SymbolScope } from './scope.ts'
import type { Traits } from './traits.ts'

/** Resolves the blocks of files with the same traits. */
export interface Resolver {
  readonly traits: Traits
  /** Scopes by the node that opens them. */
  readonly opened: WeakMap<Node, Scope>
}

/** What a block's scope depends on besides the block. */
interface Surroundings {
  readonly enclosing: Enclosing | null
  /** The class whose names an annotation scope sees. */
  readonly seenClass: Block | null
  /** Runs apart from the code around it, as functions and class bodies do, and inlined comprehensions do not. */
  readonly apart: boolean
}

/** What a block needs from outside. */
interface Needs {
  /** Names that the scopes around it must provide. */
  readonly free: Set<string>
  /** Globals used by it, if it runs apart, and by all that runs apart inside it. */
  readonly globals: Set<string>
  /** The members of a class that is a member itself keep lists of their own; null: all is added to `globals`. */
  readonly memberUses: (readonly string[])[] | null
}

export type ResolvedMember = Block & { readonly member: Member }

/** What encloses the members of a class that is in nothing but classes: always this object, so that what is known of methods stays valid. */
const IN_CLASS: Enclosing = { block: null, outer: null }
const IN_MODULE: Surroundings = { enclosing: null, seenClass: null, apart: false }
const NO_VIEW: ReadonlyMap<string, number> = new Map()
const OPENED_BY_NODE: ReadonlySet<Block['kind']> = new Set(['function', 'lambda', 'class', 'comprehension'] as const)

/** Completes a block that is a member of the module's body, and all blocks in it. */
export function resolveModuleMember(resolver: Resolver, block: Block): ResolvedMember {
  return resolveMember(resolver, block, IN_MODULE)
}

function resolveBlock(resolver: Resolver, block: Block, around: Surroundings, needs: Needs): void {
  const apart = around.apart || !isInlined(block)
  for (const entry of block.symbols.values()) {
    entry.scope = scopeOfName(resolver, entry, around)
    if (entry.scope === 'free') needs.free.add(entry.name)
    else if (apart && (entry.scope !== 'local' || mayReadGlobal(block, entry))) needs.globals.add(entry.name)
  }
  if (callsFrameBuiltin(block)) block.seesFrames = true
  if (block.node !== null && OPENED_BY_NODE.has(block.kind)) resolver.opened.set(block.node, block)
  if (block.annotations !== null) {
    block.children.push(block.annotations)
    block.annotations = null
  }
  if (block.children.length > 0) resolveChildren(resolver, block, surroundingsInside(block, around, apart), needs)
}

/** In a class body a name of its own that is not bound yet is looked up in the module: `limit = limit * 2`. */
function mayReadGlobal({ kind }: Block, { referenced }: Entry): boolean {
  return kind === 'class' && referenced
}

/** A builtin that sees the frame, and no other thing of that name that is known here. */
export function callsFrameBuiltin({ frameCalls, symbols }: Pick<Block, 'frameCalls' | 'symbols'>): boolean {
  return frameCalls !== null && frameCalls.some((name) => symbols.get(name)?.scope.startsWith('global-') === true)
}

function scopeOfName({ traits }: Resolver, { name, flags }: Entry, { enclosing, seenClass }: Surroundings): SymbolScope {
  if ((flags & GLOBAL) !== 0) return 'global-explicit'
  if ((flags & NONLOCAL) !== 0 && provides(enclosing, name, traits.classCells)) return 'free'
  if ((flags & BOUND) !== 0) return 'local'
  const inClass = seenClass === null ? 0 : flagsOf(seenClass, name)
  if ((inClass & GLOBAL) !== 0) return 'global-explicit'
  if ((inClass & BOUND) !== 0 && (inClass & NONLOCAL) === 0) return 'global-implicit'
  return provides(enclosing, name, traits.classCells) ? 'free' : 'global-implicit'
}

/** A `global` declaration hides what lies further out. */
function provides(enclosing: Enclosing | null, name: string, classCells: ReadonlySet<string>): boolean {
  for (let level = enclosing; level !== null; level = level.outer) {
    if (level.block === null && classCells.has(name)) return true
    const entry = level.block?.symbols.get(name)
    if (entry?.scope === 'local' || entry?.scope === 'cell') return true
    if (entry !== undefined && (entry.flags & GLOBAL) !== 0) return false
  }
  return false
}

/** Names bound in a class body are not seen by the scopes inside it. */
function surroundingsInside(block: Block, { enclosing, seenClass }: Surroundings, apart: boolean): Surroundings {
  if (block.kind !== 'class') return { enclosing: { block, outer: enclosing }, seenClass, apart }
  const onlyClasses = enclosing === null || enclosing === IN_CLASS
  return { enclosing: onlyClasses ? IN_CLASS : { block: null, outer: enclosing }, seenClass: block, apart }
}

function resolveChildren(resolver: Resolver, block: Block, inside: Surroundings, needs: Needs): void {
  const below: Needs = { free: new Set(), globals: needs.globals, memberUses: null }
  const outsideClass = inside.seenClass === null ? inside : { ...inside, seenClass: null }
  const sharesVariables = resolver.traits.inlinesComprehensions && !block.seesClass
  for (let index = 0; index < block.children.length; index++) {
    const child = block.children[index] as Block
    const around = child.seesClass ? inside : outsideClass
    if (block.kind === 'class') block.children[index] = classMember(resolver, child, around, below, needs.memberUses)
    else if (sharesVariables && isInlined(child)) resolveInlined(resolver, block, child, around, below)
    else resolveBlock(resolver, child, around, below)
    if (isInlined(child) && child.seesFrames) block.seesFrames = true
  }
  passOn(resolver, block, below.free, needs.free)
}

function classMember(
  resolver: Resolver, child: Block, around: Surroundings, below: Needs, memberUses: (readonly string[])[] | null,
): Block {
  const block = resolveMember(resolver, child, around)
  const { free, uses } = block.member
  for (const name of free) below.free.add(name)
  for (const names of uses) {
    if (memberUses !== null) memberUses.push(names)
    else for (const name of names) below.globals.add(name)
  }
  return block
}

/** A member that is resolved already stays as it is, unless something else surrounds it now. */
function resolveMember(resolver: Resolver, child: Block, around: Surroundings): ResolvedMember {
  const { enclosing, seenClass } = around
  if (isResolved(child) && child.member.enclosing === enclosing && seesSame(child, seenClass)) return child
  const block = child.member === null ? child : unresolved(child)
  const needs = { free: new Set<string>(), globals: new Set<string>(), memberUses: [] }
  resolveBlock(resolver, block, around, needs)
  const classView = seenClass === null ? NO_VIEW : viewOf(seenClass, block)
  const uses = needs.globals.size === 0 ? needs.memberUses : [[...needs.globals], ...needs.memberUses]
  return Object.assign(block, { member: { enclosing, classView, free: [...needs.free], uses } })
}

function isResolved(block: Block): block is ResolvedMember {
  return block.member !== null
}

/** What the class does with the names of an annotation scope and of those in it: flags by name. */
function viewOf(seenClass: Block, block: Block): Map<string, number> {
  const view = new Map<string, number>()
  for (const { name, flags } of block.symbols.values()) if (flags !== 0) view.set(name, flagsOf(seenClass, name))
  for (const child of block.children) if (child.seesClass) for (const [name, flags] of viewOf(seenClass, child)) view.set(name, flags)
  return view
}

function seesSame({ member: { classView } }: ResolvedMember, seenClass: Block | null): boolean {
  if (seenClass === null) return classView.size === 0
  for (const [name, flags] of classView) if (flagsOf(seenClass, name) !== flags) return false
  return true
}

/**
 * Since 3.12 a list, set or dict comprehension shares the variables of the function around it: using one there does not make it a cell,
 * unless a scope inside the comprehension uses it too (Python/symtable.c, `inline_comprehension`).
 */
function resolveInlined(resolver: Resolver, block: Block, child: Block, around: Surroundings, below: Needs): void {
  const needs: Needs = { free: new Set(), globals: below.globals, memberUses: null }
  resolveBlock(resolver, child, around, needs)
  for (const name of needs.free) {
    const isShared = (flagsOf(block, name) & BOUND) !== 0 && !isCapturedIn(child, name)
    if (!isShared) below.free.add(name)
  }
}

/** List, set and dict comprehensions; generator expressions run on their own. */
export function isInlined({ kind, name }: Block): boolean {
  return kind === 'comprehension' && name !== 'genexpr'
}

function isCapturedIn(block: Block, name: string): boolean {
  return block.children.some((child) => isInlined(child) ? isCapturedIn(child, name) : child.symbols.get(name)?.scope === 'free')
}

/** Free names from inside: bound here they become cells, otherwise they pass through this block. */
function passOn({ traits }: Resolver, block: Block, free: ReadonlySet<string>, outward: Set<string>): void {
  const isClass = block.kind === 'class'
  for (const name of free) {
    const own = block.symbols.get(name)
    if (isClass && traits.classCells.has(name)) continue
    if (!isClass && own?.scope === 'local') {
      own.scope = 'cell'
      continue
    }
    if (own === undefined) block.symbols.set(name, passing(name))
    outward.add(name)
  }
}

function passing(name: string): Entry {
  const entry = new Entry(name, 0)
  entry.scope = 'free'
  return entry
}
