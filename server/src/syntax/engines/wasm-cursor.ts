/**
 * A cursor that works on the parser's module directly. The binding's own cursor copies its state into the module before each call and
 * back after it, which takes longer than the call. Here the state stays where those calls expect it: in the module's transfer buffer.
 */
import type { Tree } from 'web-tree-sitter'
import type { Cursor } from '../engine.ts'

/** What is used of the module. Each function takes the tree's address, reads a cursor or node from the transfer buffer and writes one back. */
interface Module {
  /** Another array after the module's memory has grown. */
  readonly HEAP32: Int32Array
  /** The address of the transfer buffer; overwrites what is in it. */
  _ts_init(): number
  _ts_tree_root_node_wasm(tree: number): void
  _ts_tree_cursor_new_wasm(tree: number): void
  _ts_tree_cursor_delete_wasm(tree: number): void
  _ts_tree_cursor_goto_first_child_wasm(tree: number): number
  _ts_tree_cursor_goto_next_sibling_wasm(tree: number): number
  _ts_tree_cursor_goto_parent_wasm(tree: number): number
  _ts_tree_cursor_current_node_type_id_wasm(tree: number): number
  _ts_tree_cursor_current_node_is_missing_wasm(tree: number): number
  _ts_tree_cursor_start_index_wasm(tree: number): number
  _ts_tree_cursor_end_index_wasm(tree: number): number
  _ts_tree_cursor_current_node_wasm(tree: number): void
  _ts_node_has_error_wasm(tree: number): number
}

const FUNCTIONS = [
  '_ts_init', '_ts_tree_root_node_wasm', '_ts_tree_cursor_new_wasm', '_ts_tree_cursor_delete_wasm', '_ts_tree_cursor_goto_first_child_wasm',
  '_ts_tree_cursor_goto_next_sibling_wasm', '_ts_tree_cursor_goto_parent_wasm', '_ts_tree_cursor_current_node_type_id_wasm',
  '_ts_tree_cursor_current_node_is_missing_wasm', '_ts_tree_cursor_start_index_wasm', '_ts_tree_cursor_end_index_wasm',
  '_ts_tree_cursor_current_node_wasm', '_ts_node_has_error_wasm',
] as const satisfies readonly (keyof Module)[]

/** Words that a cursor takes in the transfer buffer. */
const CURSOR_WORDS = 4

/** Makes cursors; one for each module. */
export class Cursors {
  private readonly module: Module
  /** Index of the transfer buffer in `HEAP32`. */
  private readonly buffer: number

  /** Throws where the initialised module is not the one that this was written for. */
  constructor(module: object) {
    const found = module as Module
    const missing = FUNCTIONS.filter((name) => typeof found[name] !== 'function')
    if (missing.length > 0) throw new Error(`unexpected web-tree-sitter: no ${missing.join(', ')}`)
    if (!(found.HEAP32 instanceof Int32Array)) throw new Error('unexpected web-tree-sitter: no HEAP32')
    this.module = found
    this.buffer = found._ts_init() >> 2
  }

  /** Hands a cursor on the tree's root to `read`; it must not be used afterwards. Calls may nest. */
  onRoot<T>(tree: Tree, read: (cursor: Cursor) => T): T {
    // The binding keeps the address of a tree under this key.
    const { 0: address } = tree as unknown as { readonly 0: number }
    const outer = this.save()
    this.module._ts_tree_root_node_wasm(address)
    this.module._ts_tree_cursor_new_wasm(address)
    try {
      return read(new WasmCursor(this.module, address, () => this.hasError(address)))
    } finally {
      this.module._ts_tree_cursor_delete_wasm(address)
      this.restore(outer)
    }
  }

  private hasError(tree: number): boolean {
    const cursor = this.save()
    this.module._ts_tree_cursor_current_node_wasm(tree)
    const hasError = this.module._ts_node_has_error_wasm(tree) === 1
    this.restore(cursor)
    return hasError
  }

  private save(): Int32Array {
    return this.module.HEAP32.slice(this.buffer, this.buffer + CURSOR_WORDS)
  }

  private restore(words: Int32Array): void {
    this.module.HEAP32.set(words, this.buffer)
  }
}

class WasmCursor implements Cursor {
  private readonly module: Module
  private readonly tree: number
  private readonly hasError: () => boolean

  constructor(module: Module, tree: number, hasError: () => boolean) {
    this.module = module
    this.tree = tree
    this.hasError = hasError
  }

  get nodeTypeId(): number { return this.module._ts_tree_cursor_current_node_type_id_wasm(this.tree) }
  get startIndex(): number { return this.module._ts_tree_cursor_start_index_wasm(this.tree) }
  get endIndex(): number { return this.module._ts_tree_cursor_end_index_wasm(this.tree) }
  get nodeIsMissing(): boolean { return this.module._ts_tree_cursor_current_node_is_missing_wasm(this.tree) === 1 }
  get currentNode(): { readonly hasError: boolean } { return { hasError: this.hasError() } }
  gotoFirstChild(): boolean { return this.module._ts_tree_cursor_goto_first_child_wasm(this.tree) === 1 }
  gotoNextSibling(): boolean { return this.module._ts_tree_cursor_goto_next_sibling_wasm(this.tree) === 1 }
  gotoParent(): boolean { return this.module._ts_tree_cursor_goto_parent_wasm(this.tree) === 1 }
}
