/**
 * Scopes while they are made. The first phase collects what each block does with its names, the second decides where each name lives
 * and so completes the block to the `Scope` that is handed out.
 */
import type { Node } from '../syntax/ast.ts'
import type { Pos } from '../syntax/position.ts'
import type { Scope, ScopeKind, Symbol, SymbolScope } from './scope.ts'

/** What a block does with a name; combined by `|`. The names follow CPython's `USE` and `DEF_*`. */
export const USE = 1
/** Assigned, deleted, or bound by `for`, `def`, `class`, `except`, a pattern … */
export const LOCAL = 2
export const PARAM = 4
export const IMPORT = 8
export const GLOBAL = 16
export const NONLOCAL = 32
export const ANNOTATED = 64

/** Makes the name the block's own. */
export const BOUND = LOCAL | PARAM | IMPORT

/** One name of a block, after mangling. Flags are 0 for a name that only passes through from an outer scope to an inner one. */
export class Entry implements Symbol {
  readonly name: string
  flags: number
  scope: SymbolScope = 'global-implicit'

  constructor(name: string, flags: number) {
    this.name = name
    this.flags = flags
  }

  get parameter(): boolean { return (this.flags & PARAM) !== 0 }
  get assigned(): boolean { return (this.flags & LOCAL) !== 0 }
  get referenced(): boolean { return (this.flags & USE) !== 0 }
  get imported(): boolean { return (this.flags & IMPORT) !== 0 }
  get annotated(): boolean { return (this.flags & ANNOTATED) !== 0 }
  get nonlocal(): boolean { return (this.flags & NONLOCAL) !== 0 }
}

export interface Block extends Scope {
  readonly kind: ScopeKind
  readonly name: string
  readonly node: Node | null
  readonly position: Pos
  readonly mangler: string | null
  readonly symbols: Map<string, Entry>
  readonly children: Block[]
  /** In the first phase: a call that walks frames was seen. */
  seesFrames: boolean
  /** Builtins called here that see the frame if their names are not bound to something else. */
  frameCalls: readonly string[] | null
  /** An annotation scope (PEP 695, PEP 649) that looks names up in the class around it. */
  readonly seesClass: boolean
  /** The scope of the block's own variable annotations (Python 3.14), until it becomes the last child. */
  annotations: Block | null
  /** How the block was resolved as a member of a module or class body; null before. */
  member: Member | null
}

/** What a resolved member of a module or class body needs from outside, and under which conditions that is so. */
export interface Member {
  readonly enclosing: Enclosing | null
  /** For annotation scopes: what the class does with the names they use. */
  readonly classView: ReadonlyMap<string, number>
  readonly free: readonly string[]
  /** Globals used here or inside: one list for the block, and one for each member of a class; empty ones are left out. */
  readonly uses: NameLists
}

export type NameLists = readonly (readonly string[])[]

/** A scope around a block, and those further out. */
export interface Enclosing {
  /** Null: a class, which hides its names from the scopes inside it. */
  readonly block: Block | null
  readonly outer: Enclosing | null
}

export type BlockHead = Pick<Block, 'kind' | 'name' | 'node' | 'position' | 'mangler'> & { readonly seesClass?: boolean }

export function newBlock({ kind, name, node, position, mangler, seesClass = false }: BlockHead): Block {
  return {
    kind, name, node, position, mangler, seesClass,
    symbols: new Map(), children: [], seesFrames: false, frameCalls: null, annotations: null, member: null,
  }
}

export function addFlags(block: Block, name: string, flags: number): void {
  const entry = block.symbols.get(name)
  if (entry === undefined) block.symbols.set(name, new Entry(name, flags))
  else entry.flags |= flags
}

export function flagsOf(block: Block, name: string): number {
  return block.symbols.get(name)?.flags ?? 0
}

/** The block as the first phase left it. */
export function unresolved(block: Block): Block {
  const copy = newBlock(block)
  for (const { name, flags } of block.symbols.values()) if (flags !== 0) addFlags(copy, name, flags)
  for (const child of block.children) copy.children.push(unresolved(child))
  copy.frameCalls = block.frameCalls
  copy.seesFrames = block.seesFrames
  return copy
}
