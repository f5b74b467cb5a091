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

/**
 * A parameter by name or position (0 is the first after `self`), or `self`, the object whose method it is.
 * The name of a `*args` parameter (without its star) stands for all the arguments it collects.
 */
export type ParamRef = string | number

/**
 * - `outside`: as large as a file, a query, a download: not known, often large.
 * - `reply`: decided outside too, but as a rule small: the answer of an API, a configuration, the output of a command.
 * - `small`: under 1 MiB whatever the arguments.
 * - `unknown`: nothing can be said.
 * - `like`: the sum of the sizes of these arguments, times `times` (default 1); `upTo`: anything from nothing to that (a filter);
 *   `largest`: the largest of them instead of the sum (an elementwise function); `dtype`: of elements of the type that this argument names, where it is passed;
 *   `itemsize`: of elements of so many bytes; `unwalked`: as they are, not what walking them gives (a range that is pickled).
 * - `shape`: number of elements given by an int or a tuple of ints (a list of parameters or a `*args` parameter: their product),
 *   times the item size of the dtype argument (default `itemsize`).
 * - `range`: as `numpy.arange`: elements from start, stop and step.
 * - `count`: an int argument counts elements of `itemsize` bytes; `upTo`: there are at most so many, and mostly fewer (`recv`).
 *
 * Where `shape`, `range` or `count` name an argument that is not passed, its default makes a small result.
 */
export type SizeModel =
  | 'outside' | 'reply' | 'small' | 'unknown'
  | { readonly like: readonly ParamRef[]; readonly times?: number; readonly upTo?: boolean; readonly largest?: boolean; readonly dtype?: ParamRef; readonly itemsize?: number; readonly unwalked?: boolean }
  | { readonly shape: ParamRef | readonly ParamRef[]; readonly dtype?: ParamRef; readonly itemsize: number }
  | { readonly range: readonly [ParamRef, ParamRef, ParamRef]; readonly dtype?: ParamRef; readonly itemsize: number }
  | { readonly count: ParamRef; readonly dtype?: ParamRef; readonly itemsize: number; readonly upTo?: boolean }

export interface ResultModel {
  /**
   * Absent: unknown (for `alias`: the type of `of`; for `part`: the type of its elements).
   * `self`: the type of the object whose method it is.
   */
  readonly result?: TypeName
  /** The result has the type of this argument (`copy.copy`, `numpy.zeros_like`); goes before `result`. */
  readonly typeOf?: ParamRef
  /** What iterating or indexing the result yields, where the type alone does not say. */
  readonly element?: TypeName
  /**
   * The result is a tuple (or list) of these, in order: `samples, rate = soundfile.read(path)`.
   * Items that name a `*args` parameter (in `of`, `typeOf` or `size`) are repeated together, once per argument.
   */
  readonly tuple?: readonly ResultModel[]
  /** What iterating the result yields, relative to the arguments of this call; goes before the type's `iterate`. */
  readonly yields?: ResultModel
  /**
   * - `fresh` (default): a new object that keeps nothing of the arguments.
   * - `view`: a new object that shows the whole of `of`, and keeps it alive.
   * - `keeper`: the same, but with a content of its own (what a layer gives remembers the layer).
   * - `alias`: the very object `of` (or it may be: confidence is lowered).
   * - `part`: an object that `of` also holds (an element): keeps itself, not `of`.
   * - `container`: a new object that holds the elements of `of`, not `of` itself.
   */
  readonly relation?: 'fresh' | 'view' | 'keeper' | 'alias' | 'part' | 'container'
  readonly of?: readonly ParamRef[]
  /**
   * The relation holds for some arguments only, and else the result is fresh (`numpy.ravel`, `numpy.asarray`); `rarely`: for arguments
   * that it is not made for (`pandas.concat` of a single frame); `unmoved`: of what is already where, or as, it is wanted (`tensor.to`), which is told
   * from where it was made.
   */
  readonly maybe?: boolean | 'rarely' | 'unmoved'
  /** Of a `part` of a mapping: one of its keys. Absent: one of its values. */
  readonly key?: boolean
  /** The result is the very object `of` where that is of the result's type already (`tuple(t)`). */
  readonly reuses?: boolean
  /**
   * Absent: unknown, except that numbers, bools and None are small and an alias is as large as `of`. Of a `view`: what it shows,
   * not what it keeps.
   */
  readonly size?: SizeModel
  /** What reading an iterator, a view or a file out gives altogether (`list(result)`), whose own `size` is small; goes before the type's. */
  readonly streams?: SizeModel
  /** Numbers of the facts (release semantics) or the documentation page that says so. */
  readonly source?: string
}

/**
 * `trivial`: not worth a word. `linear`: walks its arguments. `heavy`: may run for seconds. `blocking`: waits for the network,
 * a process, a disk, a lock, a sleep.
 */
export type Cost = 'trivial' | 'linear' | 'heavy' | 'blocking'

/** `elements`: not the argument itself but its elements stay referenced (`list.extend`). */
export interface KeepModel {
  readonly arg: ParamRef
  readonly by: 'result' | 'self' | 'process' | { readonly arg: ParamRef }
  readonly elements?: boolean
  /** Only where this argument is a literal of this value (`load_state_dict(state, assign=True)`), or of this type. */
  readonly where?: Pick<VariantModel, 'arg' | 'is' | 'type'>
}

/**
 * Another result for a literal argument: `is` (equal to it), `has` (a string that contains it), `atMost` (a number no greater, or a container of no more elements), `single` (a container known to have one element), `given` (passed at all and not None,
 * or not passed or None), `type` (of this very type, by value). `then` replaces all of the result model of the call, not its cost or what it keeps.
 */
export interface VariantModel {
  readonly arg: ParamRef
  readonly is?: string | number | boolean | null
  readonly has?: string
  readonly atMost?: number
  readonly single?: boolean
  readonly given?: boolean
  readonly type?: TypeName
  readonly then: ResultModel
}

export interface CallModel extends ResultModel {
  /**
   * Parameter names in order, without `self`, so that positions and keywords meet; `*args`, `**kwargs` and a bare `*` before
   * keyword-only ones as in a `def`. The list may stop early: later parameters are of no interest. An array that is passed as `out`
   * is what the call gives, whatever its model says.
   */
  readonly params?: readonly string[]
  /** The first that matches is the result instead. */
  readonly when?: readonly VariantModel[]
  /** Calling makes a coroutine; the model says what awaiting it gives. */
  readonly async?: boolean
  /**
   * It calls this argument, now or later, and hands on what that gives: `each` to whoever iterates the result (`map`), `kept` by the
   * result as long as that lives (a future), `result`: it is the result, awaited (`to_thread`).
   */
  readonly runs?: { readonly callable: ParamRef; readonly gives: 'each' | 'kept' | 'result' }
  /** It gives a list of what awaiting each of these arguments gives (`gather`). */
  readonly awaits?: ParamRef
  /** Callables that it runs before it returns. */
  readonly calls?: readonly ParamRef[]
  /**
   * Arguments that stay referenced after the call: by the result, by the object, by one of the other arguments, or by the
   * process (registries, caches).
   */
  readonly keeps?: readonly KeepModel[]
  /** Default `linear`. */
  readonly cost?: Cost
  /** The peak of memory the call itself needs besides its result, relative to these arguments. */
  readonly transient?: SizeModel
  /** Adds to the container it is called on (`append`, `update`). */
  readonly grows?: boolean
  /** Lets go of elements of the container it is called on (`pop`, `clear`). */
  readonly shrinks?: boolean
  /** Once it returns, the object it is called on keeps nothing of what it was made with (`Thread.join`). Said of calls without arguments only: with a time limit it may return before. */
  readonly ends?: boolean
  /** Does not return. */
  readonly noReturn?: boolean
}

/**
 * What stands in `x[…]`, as far as the text or its value tells: `mask` is an array, a series or a comparison, `list` a list,
 * `tuple` several indices.
 */
export type IndexKind = 'int' | 'str' | 'list' | 'tuple' | 'mask'

/** All but `kind`, `methods` and `attributes` is inherited from `bases` as a whole; methods and attributes one by one. */
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
  /** `x[i]` by what `i` is; goes before `item`. */
  readonly items?: Readonly<Partial<Record<IndexKind, ResultModel>>>
  /** What reading it out gives altogether (`list(x)`, `x.read()`), for what is small itself. */
  readonly streams?: SizeModel
  /** What `for … in x` yields. */
  readonly iterate?: ResultModel
  /**
   * Walking it makes all of its items first and keeps them (a query set its cache), so that a list of it takes hardly more. This call of a method,
   * as written (`iterator()`), gives them as they come; null: none does. Absent: walking it does.
   */
  readonly asTheyCome?: string | null
  /** What one reads off the class itself, and off classes that derive from it: `Model.objects`. */
  readonly ofClass?: Readonly<Record<string, ResultModel>>
  /** What `with x as y` binds; absent: `x` itself. */
  readonly enter?: ResultModel
  /** Calling the type, where `functions` has no entry of its name. Absent: a value of the type that may keep its arguments. */
  readonly construct?: CallModel
  /** Calling an object of the type. Absent: nothing is known of it. */
  readonly called?: CallModel
  readonly methods?: Readonly<Record<string, CallModel>>
  readonly attributes?: Readonly<Record<string, ResultModel>>
}

export interface Library {
  /** `pandas`; shown in hovers: "the model of pandas.read_csv says …". */
  readonly library: string
  readonly types?: Readonly<Record<TypeName, TypeModel>>
  /** By dotted name as in the documentation: `pandas.read_csv`. */
  readonly functions?: Readonly<Record<string, CallModel>>
  /**
   * Other dotted names of the same function or type: `numpy.matrixlib.matrix` → `numpy.matrix`; `tensorflow.keras.*` → `keras.*`
   * for all that begin so.
   */
  readonly aliases?: Readonly<Record<string, string>>
}
