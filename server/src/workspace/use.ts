/** What is known of who uses the globals of a module: plain data, small enough to be kept for a whole workspace. */
import type { FilePath } from './files.ts'

/**
 * What one place does with a global or with the object it names.
 * - `imports`: `from module import NAME`: outside functions, the other module holds the object from then on too.
 * - `reads`: looks at it, iterates, takes an item, calls a method that does not change it.
 * - `binds`: binds the name, for the first time or anew (an import, `def` and `class` included).
 * - `deletes`: unbinds the name.
 * - `grows`, `shrinks`: adds to or takes from the object (`append`, `[k] = v`, `|=`; `pop`, `clear`, `del x[k]`, `x[:] = …`).
 * - `escapes`: hands the object on to where it cannot be followed: an unknown call, another name, a container, the caller.
 */
export type UseKind = 'imports' | 'reads' | 'binds' | 'deletes' | 'grows' | 'shrinks' | 'escapes'

/** All places of one function that do the same with the same global stand as one use. */
export interface GlobalUse {
  readonly path: FilePath
  /** `Class.method`, `outer.inner`; null: when the module runs. */
  readonly function: string | null
  readonly kind: UseKind
  /** Of the first such place: absolute UTF-16 offsets in the file as it was indexed. */
  readonly start: number
  readonly end: number
}

/** Why there may be uses that are not listed. */
export interface Doubt {
  /**
   * - `exported`: a public name of a package that others can install and import.
   * - `dynamic`: reached by a name that is computed, or through the module object itself.
   * - `unread`: a file that may use it could not be read.
   */
  readonly kind: 'exported' | 'dynamic' | 'unread'
  /** For a person. */
  readonly text: string
  readonly path: FilePath | null
}

export interface GlobalUses {
  readonly uses: readonly GlobalUse[]
  readonly doubts: readonly Doubt[]
}

/** One use as its own file knows it. `module` as written: dotted, with leading dots where relative; '' for the file's own globals. */
export interface RecordedUse extends Omit<GlobalUse, 'path'> {
  readonly module: string
  /** Null: some name, which one is decided when the program runs. */
  readonly name: string | null
}

/** `from module import name as bound` at the top of a file: the global `bound` is another name for the same object. */
export interface RecordedAlias {
  readonly module: string
  readonly name: string
  readonly bound: string
}

/** What one file says of globals, its own and others'. */
export interface ModuleRecord {
  readonly path: FilePath
  /** Names that are globals of the module, those that functions declare `global` included. */
  readonly bound: ReadonlySet<string>
  /** The names in `__all__`, where all of them can be read off; null: there is none, or not so. */
  readonly exported: readonly string[] | null
  readonly aliases: readonly RecordedAlias[]
  /** Modules of which all names are imported. */
  readonly stars: readonly string[]
  readonly uses: readonly RecordedUse[]
  /** Names of attributes that it mentions, whosever they are. */
  readonly attributes: readonly string[]
}

/** Where else attributes of a name are mentioned. */
export interface AttributeMentions {
  readonly files: readonly FilePath[]
  /** `dynamic` is not among them. */
  readonly doubts: readonly Doubt[]
}
