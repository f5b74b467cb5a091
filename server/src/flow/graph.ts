/**
 * The control-flow graph of one frame: basic blocks of events in evaluation order, with the edges that
 * exceptions take. Plain data; the analyses over it are in `analysis.ts`.
 */
import type {
  AugAssign, Await, Call, ClassDef, Comprehension, Expr, For, FunctionDef, Generator, Lambda, Name, Node, Raise, Return, Stmt, Suite, With, Yield, YieldFrom,
} from '../syntax/ast.ts'
import type { Scope } from '../semantic/scope.ts'

/** What runs in one Python frame. Class bodies and list, set and dict comprehensions run inside the frame around them. */
export type FrameNode = FunctionDef | Lambda | 'module'

/** A name of one scope. Names of inlined class bodies and comprehensions are variables of their own. */
export interface Variable {
  readonly id: number
  readonly name: string
  readonly scope: Scope
  /**
   * `local`: a plain local. `cell`: local here, used by an inner scope (for a module: a global that some function of the file uses).
   * `outer`: belongs to an enclosing function or the module; bindings of it may also happen elsewhere.
   */
  readonly storage: 'local' | 'cell' | 'outer'
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
  /** The expression whose value is bound or unpacked; null for parameters without default, imports, `def`, `class`, `except`. For `for` and comprehensions: the iterable. */
  readonly value: Expr | null
  /** Way from `value` to the bound object: item positions through tuple targets; `'*'` for a starred target; empty when bound whole. */
  readonly path: readonly (number | '*')[]
}

export type Event =
  | { readonly kind: 'bind'; readonly binding: Binding }
  | { readonly kind: 'use'; readonly variable: Variable; readonly node: Name }
  /** `del x`, or the implicit unbinding at the end of `except … as x` (then `node` is the handler's name). */
  | { readonly kind: 'delete'; readonly variable: Variable; readonly node: Name; readonly implicit: boolean }
  | { readonly kind: 'call'; readonly node: Call }
  /** Any other operation that may run user code, allocate or raise: operators, comparisons, subscripts, attribute reads, displays, formatting, imports. */
  | { readonly kind: 'operation'; readonly node: Expr | Stmt }
  /** One step of an iterator: `for`, comprehension clauses, unpacking is an `operation`. */
  | { readonly kind: 'next'; readonly node: For | Generator }
  | { readonly kind: 'store'; readonly node: Expr; readonly value: Expr | null; readonly stmt: Node }
  | { readonly kind: 'suspend'; readonly node: Await | Yield | YieldFrom | For | With | Generator }
  /** An inner function, lambda, class or generator expression is made and captures these variables of this frame. */
  | { readonly kind: 'closure'; readonly node: FunctionDef | Lambda | Comprehension | ClassDef; readonly captures: readonly Variable[] }
  | { readonly kind: 'augment'; readonly node: AugAssign }
  | { readonly kind: 'enter'; readonly node: With; readonly item: number }
  | { readonly kind: 'leave'; readonly node: With }
  | { readonly kind: 'return'; readonly node: Return }
  | { readonly kind: 'raise'; readonly node: Raise }

export interface Block {
  readonly id: number
  readonly events: readonly Event[]
  readonly successors: readonly number[]
  /** Blocks that get control when any event of this block raises; the frame's `raised` block outside any `try`. */
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
}

export interface FlowGraph {
  readonly frame: FrameNode
  readonly scope: Scope
  readonly body: Suite
  readonly variables: readonly Variable[]
  readonly bindings: readonly Binding[]
  readonly blocks: readonly Block[]
  readonly entry: number
  /** Where `return` and falling off the end arrive. */
  readonly exit: number
  /** Where an exception that leaves the frame arrives. */
  readonly raised: number
  /** Yields, so that its locals live across suspension. */
  readonly isGenerator: boolean
  /** Point before the first event of a statement, and the point after it where it completes normally (null: it never does). */
  pointsOf(stmt: Stmt): { readonly before: Point; readonly after: Point | null } | null
  /** The statements of a suite and what holds it, for statements of this frame (inner functions excluded). */
  readonly suites: readonly SuiteInfo[]
  /** The point of the event that evaluates this Name as a use, bind or delete. */
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
