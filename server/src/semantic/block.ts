/** What the first phase collects, before any name is resolved: one block per scope, as in Python/symtable.c. */
import type { Node } from '../syntax/ast.ts'
import type { Pos } from '../syntax/position.ts'
import type { ScopeKind } from './scope.ts'

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

/** Flags by name, after mangling. */
export type Flags = ReadonlyMap<string, number>

export interface Block {
  readonly kind: ScopeKind
  readonly name: string
  /** The node that opens the scope. Null for the module and for parts of module and class bodies. */
  readonly node: Node | null
  readonly position: Pos
  readonly mangler: string | null
  readonly flags: Map<string, number>
  readonly children: Block[]
  /** An annotation scope (PEP 695, PEP 649) that looks names up in the class around it. */
  readonly seesClass: boolean
  /** Builtins called here that see the frame if the name is not bound to something else. */
  readonly frameCalls: string[]
  readsFrames: boolean
  /** The scope of the block's own variable annotations (Python 3.14). */
  annotations: Block | null
}

export type BlockHead = Pick<Block, 'kind' | 'name' | 'node' | 'position' | 'mangler'> & { readonly seesClass?: boolean }

export function newBlock({ kind, name, node, position, mangler, seesClass = false }: BlockHead): Block {
  return {
    kind, name, node, position, mangler, seesClass,
    flags: new Map(), children: [], frameCalls: [], readsFrames: false, annotations: null,
  }
}

export function addFlags(block: Block, name: string, flags: number): void {
  block.flags.set(name, (block.flags.get(name) ?? 0) | flags)
}

/** Adds what `part` says to `whole`: the statements of a module or class body are collected one by one. */
export function addPart(whole: Block, part: Block): void {
  for (const [name, flags] of part.flags) addFlags(whole, name, flags)
  for (const child of part.children) whole.children.push(child)
  for (const name of part.frameCalls) whole.frameCalls.push(name)
  if (part.readsFrames) whole.readsFrames = true
  if (part.annotations === null) return
  whole.annotations ??= newBlock(part.annotations)
  addPart(whole.annotations, part.annotations)
}
