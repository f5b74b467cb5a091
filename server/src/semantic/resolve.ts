/**
 * Second phase of name resolution: which scope each name of a block belongs to (Python/symtable.c, `analyze_block`).
 * What CPython refuses as a syntax error gets the nearest sensible answer.
 */
import type { Node } from '../syntax/ast.ts'
import { ANNOTATED, BOUND, GLOBAL, IMPORT, LOCAL, NONLOCAL, PARAM, USE, type Block, type Flags } from './block.ts'
import type { Scope, Symbol, SymbolScope } from './scope.ts'
import type { Traits } from './traits.ts'

/** What the scopes around a block provide, innermost first. Null at the module: its names are found at run time. */
interface Enclosing {
  readonly bound: ReadonlySet<string>
  /** Declared global there: hides what lies further out. */
  readonly hidden: ReadonlySet<string>
  readonly outer: Enclosing | null
}

/** What a block's scope depends on besides the block. */
interface Surroundings {
  readonly enclosing: Enclosing | null
  /** The class whose names an annotation scope sees. */
  readonly classFlags: Flags | null
  /** Runs apart from the code around it (as functions and class bodies do, and inlined comprehensions do not). */
  readonly apart: boolean
}

/** What a block needs from outside. */
interface Needs {
  /** Names that the scopes around it must provide. */
  readonly free: Set<string>
  /** Globals used by it, if it runs apart, and by all that runs apart inside it. */
  readonly globals: Set<string>
}

export interface Resolution extends Readonly<Needs> {
  readonly scope: Scope
}

/** Resolves the blocks of files with the same traits. */
export interface Resolver {
  readonly traits: Traits
  /** Scopes by the node that opens them. */
  readonly opened: WeakMap<Node, Scope>
  /** What is inside a class but in nothing else. */
  readonly inClass: Enclosing
  /** Resolutions of blocks directly in module and class bodies: an edit leaves most of these blocks as they are. */
  readonly known: WeakMap<Block, { readonly enclosing: Enclosing | null; readonly resolution: Resolution }>
}

const NOTHING: ReadonlySet<string> = new Set()

export function newResolver(traits: Traits): Resolver {
  return { traits, opened: new WeakMap(), inClass: { bound: traits.classCells, hidden: NOTHING, outer: null }, known: new WeakMap() }
}

/** The module's own scope without children; names bound in a module are local there, even if functions use them. */
export function resolveModule(block: Block, resolver: Resolver): Resolution {
  const needs: Needs = { free: new Set(), globals: new Set() }
  return { scope: resolveBlock(resolver, block, { enclosing: null, classFlags: null, apart: false }, needs), ...needs }
}

function resolveBlock(resolver: Resolver, block: Block, around: Surroundings, needs: Needs): Scope {
  const { enclosing, classFlags } = around
  const apart = around.apart || (block.kind !== 'module' && !isInlined(block))
  const scopes = new Map<string, SymbolScope>()
  const bound = new Set<string>()
  const hidden = new Set<string>()
  for (const [name, flags] of block.flags) {
    const scope = scopeOfName(name, flags, enclosing, classFlags)
    scopes.set(name, scope)
    if (scope === 'local') bound.add(name)
    else if (scope === 'free') needs.free.add(name)
    else if (apart) needs.globals.add(name)
    if ((flags & GLOBAL) !== 0) hidden.add(name)
  }
  const inside = surroundingsInside(resolver, block, around, { bound, hidden, outer: enclosing }, apart)
  const below: Needs = { free: new Set(), globals: needs.globals }
  const children = resolveChildren(resolver, block, inside, below)
  passOn(block, resolver.traits, below.free, scopes, needs.free)
  const scope: Scope = {
    kind: block.kind, name: block.name, node: block.node, position: block.position, mangler: block.mangler,
    symbols: symbolsOf(block.flags, scopes), children, seesFrames: seesFrames(block, scopes, children),
  }
  if (block.node !== null && OPENED_BY_NODE.has(block.kind)) resolver.opened.set(block.node, scope)
  return scope
}

const OPENED_BY_NODE: ReadonlySet<Block['kind']> = new Set(['function', 'lambda', 'class', 'comprehension'] as const)

function scopeOfName(name: string, flags: number, enclosing: Enclosing | null, classFlags: Flags | null): SymbolScope {
  if ((flags & GLOBAL) !== 0) return 'global-explicit'
  if ((flags & NONLOCAL) !== 0 && provides(enclosing, name)) return 'free'
  if ((flags & BOUND) !== 0) return 'local'
  const inClass = classFlags?.get(name) ?? 0
  if ((inClass & GLOBAL) !== 0) return 'global-explicit'
  if ((inClass & BOUND) !== 0 && (inClass & NONLOCAL) === 0) return 'global-implicit'
  return provides(enclosing, name) ? 'free' : 'global-implicit'
}

function provides(enclosing: Enclosing | null, name: string): boolean {
  for (let level = enclosing; level !== null; level = level.outer) {
    if (level.bound.has(name)) return true
    if (level.hidden.has(name)) return false
  }
  return false
}

/** Names bound in a class body are not seen by the scopes inside it, those of a module are no closure. */
function surroundingsInside(
  resolver: Resolver, block: Block, { enclosing, classFlags }: Surroundings, own: Enclosing, apart: boolean,
): Surroundings {
  if (block.kind === 'module') return { enclosing: null, classFlags: null, apart }
  if (block.kind !== 'class') return { enclosing: own, classFlags, apart }
  return { enclosing: insideClass(resolver, enclosing), classFlags: block.flags, apart }
}

/** The same object for all classes that are in nothing but classes, so that what is known of their methods stays valid. */
function insideClass({ inClass }: Resolver, enclosing: Enclosing | null): Enclosing {
  if (enclosing === null || enclosing.bound === inClass.bound) return enclosing ?? inClass
  return { bound: inClass.bound, hidden: NOTHING, outer: enclosing }
}

function resolveChildren(resolver: Resolver, block: Block, inside: Surroundings, below: Needs): Scope[] {
  const isBody = block.kind === 'module' || block.kind === 'class'
  const blocks = block.annotations === null ? block.children : [...block.children, block.annotations]
  return blocks.map((child) => {
    const around = child.seesClass ? inside : { ...inside, classFlags: null }
    if (isBody && !child.seesClass) return resolveMember(resolver, block, child, around, below)
    return resolveNested(resolver, block, child, around, below)
  })
}

function resolveMember(resolver: Resolver, block: Block, child: Block, around: Surroundings, below: Needs): Scope {
  let resolution = resolver.known.get(child)
  if (resolution === undefined || resolution.enclosing !== around.enclosing) {
    const needs: Needs = { free: new Set(), globals: new Set() }
    const scope = resolveNested(resolver, block, child, around, needs)
    resolution = { enclosing: around.enclosing, resolution: { scope, ...needs } }
    resolver.known.set(child, resolution)
  }
  const { scope, free, globals } = resolution.resolution
  for (const name of free) below.free.add(name)
  for (const name of globals) below.globals.add(name)
  return scope
}

/**
 * A child and what it needs. Since 3.12 an inlined comprehension shares the variables of a function around it, so using one there does
 * not make it a cell, unless a scope inside the comprehension uses it too (Python/symtable.c, `inline_comprehension`).
 */
function resolveNested(resolver: Resolver, block: Block, child: Block, around: Surroundings, below: Needs): Scope {
  if (!resolver.traits.inlinesComprehensions || !isInlined(child) || block.seesClass || block.kind === 'class') {
    return resolveBlock(resolver, child, around, below)
  }
  const needs: Needs = { free: new Set(), globals: below.globals }
  const scope = resolveBlock(resolver, child, around, needs)
  for (const name of needs.free) {
    const shared = ((block.flags.get(name) ?? 0) & BOUND) !== 0 && !isCapturedIn(scope, name)
    if (!shared) below.free.add(name)
  }
  return scope
}

/** List, set and dict comprehensions; generator expressions run on their own. */
function isInlined({ kind, name }: { readonly kind: Block['kind']; readonly name: string }): boolean {
  return kind === 'comprehension' && name !== 'genexpr'
}

function isCapturedIn(scope: Scope, name: string): boolean {
  return scope.children.some((child) => isInlined(child) ? isCapturedIn(child, name) : child.symbols.get(name)?.scope === 'free')
}

/** Free names from inside: bound here they become cells, otherwise they pass through this scope. */
function passOn(block: Block, { classCells }: Traits, free: ReadonlySet<string>, scopes: Map<string, SymbolScope>, outward: Set<string>): void {
  for (const name of free) {
    const own = scopes.get(name)
    if (block.kind === 'class') {
      if (classCells.has(name)) continue
    } else if (own === 'local') {
      scopes.set(name, 'cell')
      continue
    }
    if (own === undefined) scopes.set(name, 'free')
    outward.add(name)
  }
}

function symbolsOf(flags: Flags, scopes: ReadonlyMap<string, SymbolScope>): ReadonlyMap<string, Symbol> {
  const symbols = new Map<string, Symbol>()
  for (const [name, scope] of scopes) symbols.set(name, symbolOf(name, scope, flags.get(name) ?? 0))
  return symbols
}

function symbolOf(name: string, scope: SymbolScope, flags: number): Symbol {
  return {
    name,
    scope,
    parameter: (flags & PARAM) !== 0,
    assigned: (flags & LOCAL) !== 0,
    referenced: (flags & USE) !== 0,
    imported: (flags & IMPORT) !== 0,
    annotated: (flags & ANNOTATED) !== 0,
    nonlocal: (flags & NONLOCAL) !== 0,
  }
}

function seesFrames({ frameCalls, readsFrames }: Block, scopes: ReadonlyMap<string, SymbolScope>, children: readonly Scope[]): boolean {
  return readsFrames
    || frameCalls.some((name) => scopes.get(name)?.startsWith('global-') === true)
    || children.some((child) => isInlined(child) && child.seesFrames)
}
