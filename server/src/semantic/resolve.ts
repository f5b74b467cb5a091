/**
 * Second phase of name resolution: which scope each name of a block belongs to (Python/symtable.c, `analyze_block`).
 * What CPython refuses as a syntax error gets the nearest sensible answer.
 */
import type { Node } from '../syntax/ast.ts'
import { BOUND, Entry, flagsOf, GLOBAL, NONLOCAL, unresolved, type Block, type Enclosing } from './block.ts'
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
}

/** What encloses the members of a class that is in nothing but classes. Always this object, so that what is known of methods stays valid. */
const IN_CLASS: Enclosing = { block: null, outer: null }
const OPENED_BY_NODE: ReadonlySet<Block['kind']> = new Set(['function', 'lambda', 'class', 'comprehension'] as const)

/** Completes the module's block and all blocks in it. Returns the globals used by code that runs apart from the module's own. */
export function resolveModule(resolver: Resolver, module: Block): ReadonlySet<string> {
  const needs: Needs = { free: new Set(), globals: new Set() }
  resolveBlock(resolver, module, { enclosing: null, seenClass: null, apart: false }, needs)
  return needs.globals
}

function resolveBlock(resolver: Resolver, block: Block, around: Surroundings, needs: Needs): void {
  const apart = around.apart || (block.kind !== 'module' && !isInlined(block))
  for (const entry of block.symbols.values()) {
    entry.scope = scopeOfName(resolver, entry, around)
    if (entry.scope === 'free') needs.free.add(entry.name)
    else if (apart && entry.scope !== 'local') needs.globals.add(entry.name)
  }
  if (block.frameCalls?.some((name) => block.symbols.get(name)?.scope.startsWith('global-'))) block.seesFrames = true
  if (block.node !== null && OPENED_BY_NODE.has(block.kind)) resolver.opened.set(block.node, block)
  if (block.annotations !== null) {
    block.children.push(block.annotations)
    block.annotations = null
  }
  if (block.children.length > 0) resolveChildren(resolver, block, surroundingsInside(block, around, apart), needs)
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

/** Names bound in a class body are not seen by the scopes inside it, those of a module are no closure. */
function surroundingsInside(block: Block, { enclosing, seenClass }: Surroundings, apart: boolean): Surroundings {
  if (block.kind === 'module') return { enclosing: null, seenClass: null, apart }
  if (block.kind !== 'class') return { enclosing: { block, outer: enclosing }, seenClass, apart }
  const onlyClasses = enclosing === null || enclosing === IN_CLASS
  return { enclosing: onlyClasses ? IN_CLASS : { block: null, outer: enclosing }, seenClass: block, apart }
}

function resolveChildren(resolver: Resolver, block: Block, inside: Surroundings, needs: Needs): void {
  const below: Needs = { free: new Set(), globals: needs.globals }
  const outsideClass = { ...inside, seenClass: null }
  const isBody = block.kind === 'module' || block.kind === 'class'
  block.children.forEach((child, index) => {
    const around = child.seesClass ? inside : outsideClass
    if (isBody) block.children[index] = resolveMember(resolver, child, around, below)
    else if (resolver.traits.inlinesComprehensions && isInlined(child) && !block.seesClass) resolveInlined(resolver, block, child, around, below)
    else resolveBlock(resolver, child, around, below)
    if (isInlined(child) && child.seesFrames) block.seesFrames = true
  })
  passOn(resolver, block, below.free, needs.free)
}

/** A member that is resolved already stays as it is, unless something else surrounds it now. */
function resolveMember(resolver: Resolver, child: Block, around: Surroundings, below: Needs): Block {
  const classView = around.seenClass === null ? [] : viewOf(around.seenClass, child)
  const known = child.member
  const isCurrent = known !== null && known.enclosing === around.enclosing && isSame(known.classView, classView)
  const block = known === null || isCurrent ? child : unresolved(child)
  if (!isCurrent) {
    const needs: Needs = { free: new Set(), globals: new Set() }
    resolveBlock(resolver, block, around, needs)
    block.member = { enclosing: around.enclosing, classView, free: [...needs.free], globals: [...needs.globals] }
  }
  for (const name of block.member?.free ?? []) below.free.add(name)
  for (const name of block.member?.globals ?? []) below.globals.add(name)
  return block
}

/** What the class does with the names of an annotation scope and of those in it. */
function viewOf(seenClass: Block, block: Block): number[] {
  const names = [...block.symbols.values()].filter(({ flags }) => flags !== 0)
  const inner = block.children.filter((child) => child.seesClass)
  return [...names.map(({ name }) => flagsOf(seenClass, name)), ...inner.flatMap((child) => viewOf(seenClass, child))]
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}

/**
 * Since 3.12 a list, set or dict comprehension shares the variables of the function around it: using one there does not make it a cell,
 * unless a scope inside the comprehension uses it too (Python/symtable.c, `inline_comprehension`).
 */
function resolveInlined(resolver: Resolver, block: Block, child: Block, around: Surroundings, below: Needs): void {
  const needs: Needs = { free: new Set(), globals: below.globals }
  resolveBlock(resolver, child, around, needs)
  for (const name of needs.free) {
    const isShared = (flagsOf(block, name) & BOUND) !== 0 && !isCapturedIn(child, name)
    if (!isShared) below.free.add(name)
  }
}

/** List, set and dict comprehensions; generator expressions run on their own. */
function isInlined({ kind, name }: Block): boolean {
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
