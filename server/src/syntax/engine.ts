/**
 * What this layer needs of a tree-sitter binding. The two bindings differ in how they are loaded and how
 * trees are freed; their cursors happen to have the same shape, so a cursor is handed out unwrapped.
 */

/** A position in a concrete syntax tree. Indices are UTF-16 units from the start of the parsed text. */
export interface Cursor {
  readonly nodeTypeId: number
  readonly startIndex: number
  readonly endIndex: number
  readonly nodeIsMissing: boolean
  /** Allocates in both bindings: for rare questions only. */
  readonly currentNode: { readonly hasError: boolean }
  gotoFirstChild(): boolean
  gotoNextSibling(): boolean
  gotoParent(): boolean
}

/** A parsed text. Only valid inside the callback of `Engine.parse`. */
export interface Tree {
  /** Somewhere the parser had to skip or invent something. */
  readonly hasError: boolean
  /** Stands on the root. */
  readonly cursor: Cursor
}

export type EngineName = 'wasm' | 'native'

export interface Engine {
  readonly name: EngineName
  /** Parses `text`, hands the tree to `read`, frees it, and returns what `read` returned. */
  parse<T>(text: string, read: (tree: Tree) => T): T
  /** Frees the parser; the engine must not be used afterwards. */
  dispose(): void
}
