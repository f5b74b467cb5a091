/**
 * The control-flow graph of one frame: basic blocks of events in evaluation order, with the edges that
 * exceptions take. Plain data; the analyses over it are in `analysis.ts`.
 */
import type {
  AugAssign, Await, Call, ClassDef, Comprehension, Expr, For, FunctionDef, Generator, Lambda, Name, Node, Pattern, Raise, Return, Stmt, Suite, Try,
  TypeAlias, While, With, Yield, YieldFrom,
} from '../syntax/ast.ts'
import type { Scope } from '../semantic/scope.ts'

/** What runs in one Python frame. Class bodies and list, set and dict comprehensions run inside the frame around them. */
export type FrameNode = FunctionDef | Lambda | 'module'

/** What the caller knows beyond the frame. */
export interface FlowOptions {
  /** Calls that do not come back, besides `sys.exit()` and its like. */
  readonly neverReturns?: (call: Call) => boolean
  /**
   * What to think of a context manager nothing is known of: that it may end exceptions (default, sound), or that it passes them on,
   * as nearly all do. Then `FlowGraph.trustsManagers` says whether that trust was needed.
   */
  readonly unknownManagers?: 'may-swallow' | 'pass-on'
}

/** A name of one scope. Names of inlined class bodies and comprehensions are variables of their own. */
export interface Variable {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  /**
   * `local`: a plain local. `cell`: local here, used by an inner scope (for a module: a global that some function of the file uses).
   * `outer`: belongs to an enclosing function, the module or the builtins; bindings of it may also happen elsewhere.
   * A name that only list, set or dict comprehensions and class bodies of the frame share stays `local`: they run inside the frame.
   */
  readonly storage: 'local' | 'cell' | 'outer'
  /** An inner function, lambda or generator expression binds or deletes it (`nonlocal`, `global`, walrus). */
  readonly writtenInside: boolean
}

export type BindingKind =
  | 'assignment' | 'augmented' | 'annotated' | 'walrus' | 'for' | 'comprehension' | 'with' | 'import' | 'parameter'
  | 'capture' | 'function' | 'class' | 'except' | 'type-parameter' | 'type-alias'

/** An occurrence that binds a name. */
export interface Binding {
  readonly id: number
  readonly variable: Variable
  readonly kind: BindingKind
  readonly name: Name
  /** The statement, parameter, comprehension clause … that binds. */
  readonly node: Node
  /**
   * The expression whose value is bound or unpacked; null for parameters without default, imports, `def`, `class`, `except`, augmented
   * assignments. For `for` and comprehensions: the iterable; for `case` captures: the subject.
   */
  readonly value: Expr | null
  /** Way from `value` (for `for` and comprehensions: from one item of it) to the bound object; empty when bound whole. */
  readonly path: Path
}

/**
 * Steps through tuple targets and patterns: an item's position, negative (counted from the end) after a starred target; `'*'` for the
 * list a starred target collects; `'?'` for some part without position (a mapping's value, an attribute).
 */
export type Path = readonly (number | '*' | '?')[]

export type Event =
  | { readonly kind: 'bind'; readonly binding: Binding }
  /** `lazy`: stands in an annotation, which is not evaluated on every Python version. */
  | { readonly kind: 'use'; readonly variable: Variable; readonly node: Name; readonly lazy: boolean }
  /** `del x`, or the implicit unbinding at the end of `except … as x` (then `node` is the handler's name). */
  | { readonly kind: 'delete'; readonly variable: Variable; readonly node: Name; readonly implicit: boolean }
  | { readonly kind: 'call'; readonly node: Call }
  /**
   * Any other operation that may run user code, allocate or raise: operators, comparisons, subscripts, attribute reads, displays,
   * formatting, unpacking, imports, tests of patterns, decorators being applied.
   */
  | { readonly kind: 'operation'; readonly node: Expr | Stmt | Pattern }
  /** One step of an iterator (the first includes `iter()`): `for`, comprehension clauses; unpacking is an `operation`. */
  | { readonly kind: 'next'; readonly node: For | Generator }
  /** Assignment to an attribute or item (`value` and `path` as in `Binding`), or its deletion (then `stmt` is the `Delete`). */
  | { readonly kind: 'store'; readonly node: Expr; readonly value: Expr | null; readonly path: Path; readonly stmt: Node }
  | { readonly kind: 'suspend'; readonly node: Await | Yield | YieldFrom | For | With | Generator }
  /**
   * An inner function, lambda, class, generator expression or lazily evaluated alias is made, whose code (or that of functions in it)
   * may read or write these variables of this frame later. For a module: the globals it mentions.
   */
  | { readonly kind: 'closure'; readonly node: Closure; readonly captures: readonly Variable[] }
  | { readonly kind: 'augment'; readonly node: AugAssign }
  | { readonly kind: 'enter'; readonly node: With; readonly item: number }
  | { readonly kind: 'leave'; readonly node: With; readonly item: number }
  /** The value is computed; `finally` bodies and `leave` events come after it. */
  | { readonly kind: 'return'; readonly node: Return }
  | { readonly kind: 'raise'; readonly node: Raise }
  /**
   * An asynchronous exception (KeyboardInterrupt) may arrive here: round of `while True`, start of a `try` body in which nothing else may
   * raise.
   */
  | { readonly kind: 'interrupt'; readonly node: Try | While }

export type Closure = FunctionDef | Lambda | Comprehension | ClassDef | TypeAlias

export interface Block {
  readonly id: number
  readonly events: readonly Event[]
  readonly successors: readonly number[]
  /**
   * The block that gets control when any event of this block raises: the frame's `raised` block outside any `try`. None where no event can.
   */
  readonly handlers: readonly number[]
  /** Innermost loops around the block, outermost first. */
  readonly loops: readonly Loop[]
  readonly reachable: boolean
}

export interface Loop {
  readonly node: Node
  /** The block where an iteration begins (test or `next`). */
  readonly head: number
}

/** The place just before event `index` of a block (`index` may equal the number of events: the block's end). */
export interface Point {
  readonly block: number
  readonly index: number
  /**
   * The same place in the other copies of its code: a `finally` body is in the graph once per way of leaving the `try` (falling off,
   * exception, return, break, continue). Queries at a point join over its copies. Absent where there is one only.
   */
  readonly copies?: readonly Point[]
}

export interface FlowGraph {
  readonly frame: FrameNode
  readonly scope: Scope
  readonly body: Suite
  readonly variables: readonly Variable[]
  readonly bindings: readonly Binding[]
  /** By id. The reachable ones come first, in reverse postorder. */
  readonly blocks: readonly Block[]
  /** How many blocks are reachable. */
  readonly reachable: number
  readonly entry: number
  /** Where `return` and falling off the end arrive. */
  readonly exit: number
  /** Where an exception that leaves the frame arrives. */
  readonly raised: number
  /** Yields, so that its locals live across suspension. */
  readonly isGenerator: boolean
  /** Some `with` was taken to pass exceptions on without proof (see `FlowOptions.unknownManagers`). */
  readonly trustsManagers: boolean
  /** Some code is in the graph more than once (see `Point.copies`). */
  readonly hasCopies: boolean
  /** `from m import *` binds names that nothing shows. */
  readonly hasStarImport: boolean
  /**
   * Point before the first event of a statement, and the point after it where it completes normally (null: it never does).
   * Null for statements of other frames and those that are never reached.
   */
  pointsOf(stmt: Stmt): { readonly before: Point; readonly after: Point | null } | null
  /** The statements of a suite and what holds it, for statements of this frame (inner functions excluded). */
  readonly suites: readonly SuiteInfo[]
  /** The point of the event that evaluates this Name as a use, bind or delete (for `x += 1`: the use); null when never reached. */
  pointOf(name: Name): Point | null
}

export interface SuiteInfo {
  readonly body: Suite
  /** Null for the frame's own body. */
  readonly owner: Stmt | null
  readonly part: 'body' | 'orelse' | 'handler' | 'finally' | 'case'
  /** Point before the first statement. */
  readonly start: Point
}
