/**
 * What is known of a library's functions and types. The data are JSON files in `data/`, one per library,
 * valid against `schema.json` (which says the same as these types), and users may add their own.
 */

/** Dotted name of a type: `list`, `numpy.ndarray`, `pandas.DataFrame`. Builtins have no module. */
export type TypeName = string

/** What a value of the type is to a person and to the size formulas. */
export type ValueKind =
  | 'list' | 'tuple' | 'dict' | 'set' | 'deque' | 'str' | 'bytes' | 'bytearray' | 'int' | 'float' | 'bool' | 'none'
  | 'array' | 'frame' | 'series' | 'tensor' | 'sparse' | 'image' | 'graph' | 'tree' | 'model' | 'table'
  | 'iterator' | 'view' | 'handle' | 'function' | 'object'

/** A parameter by name or position (0 is the first after `self`), or `self`, the object whose method it is. */
export type ParamRef = string | number

/**
 * - `outside`: as large as a file, a query, a download: not known, often large.
 * - `small`: under 1 MiB whatever the arguments.
 * - `unknown`: nothing can be said.
 * - `like`: the sum of the sizes of these arguments, times `times` (default 1); `upTo`: anything from nothing to that (a filter).
 * - `shape`: number of elements given by an int or a tuple of ints, times the item size of the dtype argument (default `itemsize`).
 * - `range`: as `numpy.arange`: elements from start, stop and step.
 * - `count`: an int argument counts elements of `itemsize` bytes.
 */
export type SizeModel =
  | 'outside' | 'small' | 'unknown'
  | { readonly like: readonly ParamRef[]; readonly times?: number; readonly upTo?: boolean }
  | { readonly shape: ParamRef; readonly dtype?: ParamRef; readonly itemsize: number }
  | { readonly range: readonly [ParamRef, ParamRef, ParamRef]; readonly dtype?: ParamRef; readonly itemsize: number }
  | { readonly count: ParamRef; readonly itemsize: number }

export interface ResultModel {
  /** Absent: unknown. `self`: the type of the object whose method it is. */
  readonly result?: TypeName
  /** What iterating or indexing the result yields, where the type alone does not say. */
  readonly element?: TypeName
  /**
   * - `fresh` (default): a new object that keeps nothing of the arguments.
   * - `view`: a new object that keeps the whole of `of` alive.
   * - `alias`: the very object `of` (or it may be: confidence is lowered).
   * - `part`: an object that `of` also holds (an element): keeps itself, not `of`.
   * - `container`: a new object that holds the elements of `of`, not `of` itself.
   */
  readonly relation?: 'fresh' | 'view' | 'alias' | 'part' | 'container'
  readonly of?: readonly ParamRef[]
  readonly size?: SizeModel
  /** Numbers of the facts (release semantics) or the documentation page that says so. */
  readonly source?: string
}

/** `trivial`: not worth a word. `linear`: walks its arguments. `heavy`: may run for seconds. `blocking`: waits for the network, a process, a disk, a lock, a sleep. */
export type Cost = 'trivial' | 'linear' | 'heavy' | 'blocking'

export interface CallModel extends ResultModel {
  /** Parameter names in order, without `self`, so that positions and keywords meet. */
  readonly params?: readonly string[]
  /** Arguments that stay referenced after the call: by the result, by the object, by one of the other arguments, or by the process (registries, caches). */
  readonly keeps?: readonly { readonly arg: ParamRef; readonly by: 'result' | 'self' | 'process' | { readonly arg: ParamRef } }[]
  /** Default `linear`. */
  readonly cost?: Cost
  /** The peak of memory the call itself needs besides its result, relative to these arguments. */
  readonly transient?: SizeModel
  /** Adds to the container it is called on (`append`, `update`). */
  readonly grows?: boolean
  /** Does not return. */
  readonly noReturn?: boolean
}

export interface TypeModel {
  readonly kind: ValueKind
  readonly bases?: readonly TypeName[]
  /** Its lifetime is its meaning (locks, files, sockets, executors, widgets …): never reported. */
  readonly lifetime?: boolean
  /** What iterating or indexing yields. */
  readonly element?: TypeName
  /** Operators between such values make a fresh value as large as the larger operand. */
  readonly elementwise?: boolean
  /** `x[i]`, `x[a:b]`. */
  readonly item?: ResultModel
  readonly slice?: ResultModel
  readonly methods?: Readonly<Record<string, CallModel>>
  readonly attributes?: Readonly<Record<string, ResultModel>>
}

export interface Library {
  /** `pandas`; shown in hovers: "the model of pandas.read_csv says …". */
  readonly library: string
  readonly types?: Readonly<Record<TypeName, TypeModel>>
  /** By dotted name as in the documentation: `pandas.read_csv`. */
  readonly functions?: Readonly<Record<string, CallModel>>
  /** Other dotted names of the same function or type: `numpy.matrixlib.matrix` → `numpy.matrix`. */
  readonly aliases?: Readonly<Record<string, string>>
}
