/**
 * What a Python file looks like after lowering: small immutable objects named as in CPython's `ast`
 * module. No tree-sitter node is reachable from here.
 *
 * Positions are anchored (see `position.ts`): a node of an unchanged segment is the same object before
 * and after an edit elsewhere, so identity of a node proves that nothing inside it changed.
 */
import type { Pos } from './position.ts'

export interface Span {
  readonly start: Pos
  /** Exclusive. */
  readonly end: Pos
}

interface N<K extends string> extends Span {
  readonly kind: K
}

export type Node = Expr | Stmt | Pattern | Parameter | Argument | Generator | ExceptHandler | MatchCase | WithItem | ImportAlias | TypeParameter

// Expressions

export type Expr =
  | Name | Constant | JoinedStr | FormattedValue | BoolOp | NamedExpr | BinOp | UnaryOp | Lambda | IfExp
  | Dict | SetDisplay | List | Tuple | Comprehension | Await | Yield | YieldFrom | Compare | Call
  | Attribute | Subscript | Slice | Starred | ErrorExpr

/** An identifier wherever one stands: a read, a target, a parameter's name, an import's bound name. */
export interface Name extends N<'Name'> { readonly id: string }

export type ConstantType = 'int' | 'float' | 'complex' | 'str' | 'bytes' | 'None' | 'True' | 'False' | 'Ellipsis'
/** Widest character of a string: decides the bytes per character (PEP 393). */
export type CharWidth = 'ascii' | 'latin1' | 'bmp' | 'astral'

/** A literal; adjacent string literals without placeholders are one constant. */
export interface Constant extends N<'Constant'> {
  readonly type: ConstantType
  /** int, float: the value where a double holds it exactly, else null. str: the value up to 200 characters, else null. */
  readonly value: number | string | null
  /** str: code points; bytes: bytes; otherwise 0. */
  readonly length: number
  readonly width: CharWidth
}
/** f-string or t-string, or a concatenation that contains one. */
export interface JoinedStr extends N<'JoinedStr'> { readonly values: readonly Expr[]; readonly template: boolean }
export interface FormattedValue extends N<'FormattedValue'> { readonly value: Expr; readonly formatSpec: Expr | null }
export interface BoolOp extends N<'BoolOp'> { readonly op: 'and' | 'or'; readonly values: readonly Expr[] }
export interface NamedExpr extends N<'NamedExpr'> { readonly target: Name; readonly value: Expr }
export type Operator = '+' | '-' | '*' | '@' | '/' | '%' | '**' | '<<' | '>>' | '|' | '^' | '&' | '//'
export interface BinOp extends N<'BinOp'> { readonly left: Expr; readonly op: Operator; readonly right: Expr }
export interface UnaryOp extends N<'UnaryOp'> { readonly op: 'not' | '-' | '+' | '~'; readonly operand: Expr }
export interface Lambda extends N<'Lambda'> { readonly params: readonly Parameter[]; readonly body: Expr }
export interface IfExp extends N<'IfExp'> { readonly test: Expr; readonly body: Expr; readonly orelse: Expr }
/** A null key is `**mapping`. */
export interface Dict extends N<'Dict'> { readonly keys: readonly (Expr | null)[]; readonly values: readonly Expr[] }
export interface SetDisplay extends N<'Set'> { readonly elts: readonly Expr[] }
export interface List extends N<'List'> { readonly elts: readonly Expr[] }
export interface Tuple extends N<'Tuple'> { readonly elts: readonly Expr[] }
export interface Comprehension extends N<'Comprehension'> {
  readonly form: 'list' | 'set' | 'dict' | 'generator'
  /** The key for `dict`. */
  readonly elt: Expr
  /** Only for `dict`. */
  readonly value: Expr | null
  readonly generators: readonly Generator[]
}
export interface Generator extends N<'Generator'> { readonly target: Expr; readonly iter: Expr; readonly ifs: readonly Expr[]; readonly isAsync: boolean }
export interface Await extends N<'Await'> { readonly value: Expr }
export interface Yield extends N<'Yield'> { readonly value: Expr | null }
export interface YieldFrom extends N<'YieldFrom'> { readonly value: Expr }
export interface Compare extends N<'Compare'> { readonly left: Expr; readonly ops: readonly string[]; readonly comparators: readonly Expr[] }
export interface Call extends N<'Call'> { readonly func: Expr; readonly args: readonly Argument[] }
/** One argument, in source order. `name` is set for `keyword` only. */
export interface Argument extends N<'Argument'> {
  readonly form: 'positional' | 'star' | 'keyword' | 'double-star'
  readonly name: string | null
  readonly value: Expr
}
export interface Attribute extends N<'Attribute'> { readonly value: Expr; readonly attr: string }
export interface Subscript extends N<'Subscript'> { readonly value: Expr; readonly slice: Expr }
export interface Slice extends N<'Slice'> { readonly lower: Expr | null; readonly upper: Expr | null; readonly step: Expr | null }
export interface Starred extends N<'Starred'> { readonly value: Expr }
/** Text the parser could not read, or that lies too deep (see `lower/lowering.ts`). `names`: the words in it, any of which it may read. */
export interface ErrorExpr extends N<'ErrorExpr'> { readonly names: readonly Name[] }

// Statements

export type Stmt =
  | FunctionDef | ClassDef | Return | Delete | Assign | AugAssign | AnnAssign | TypeAlias | For | While | If | With
  | Match | Raise | Try | Assert | Import | ImportFrom | Global | Nonlocal | ExprStmt | Pass | Break | Continue | ErrorStmt

export type Suite = readonly Stmt[]

/** `positional-only` before `/`, `keyword-only` after `*`. */
export type ParameterForm = 'positional-only' | 'positional' | 'star' | 'keyword-only' | 'double-star'
export interface Parameter extends N<'Parameter'> {
  readonly form: ParameterForm
  readonly name: Name
  readonly annotation: Expr | null
  readonly default: Expr | null
}
export interface TypeParameter extends N<'TypeParameter'> { readonly form: 'variable' | 'star' | 'double-star'; readonly name: Name; readonly bound: Expr | null; readonly default: Expr | null }

/**
 * `start` is that of the first decorator. `header` holds all that is evaluated when the statement runs;
 * it stays the same object while an edit touches the body only.
 */
export interface FunctionDef extends N<'FunctionDef'> { readonly header: FunctionHeader; readonly body: Suite; /** contains a syntax error: do not analyse */ readonly broken: boolean }
export interface FunctionHeader extends Span {
  /** Position of `def` or `async`. */
  readonly keyword: Pos
  readonly name: Name
  readonly isAsync: boolean
  readonly decorators: readonly Expr[]
  readonly typeParams: readonly TypeParameter[]
  readonly params: readonly Parameter[]
  readonly returns: Expr | null
}
export interface ClassDef extends N<'ClassDef'> {
  readonly keyword: Pos
  readonly name: Name
  readonly decorators: readonly Expr[]
  readonly typeParams: readonly TypeParameter[]
  /** Bases and keywords. */
  readonly args: readonly Argument[]
  readonly body: Suite
}
export interface Return extends N<'Return'> { readonly value: Expr | null }
export interface Delete extends N<'Delete'> { readonly targets: readonly Expr[] }
export interface Assign extends N<'Assign'> { readonly targets: readonly Expr[]; readonly value: Expr }
export interface AugAssign extends N<'AugAssign'> { readonly target: Expr; readonly op: Operator; readonly value: Expr }
export interface AnnAssign extends N<'AnnAssign'> { readonly target: Expr; readonly annotation: Expr; readonly value: Expr | null; /** target is a bare name without parentheses */ readonly simple: boolean }
export interface TypeAlias extends N<'TypeAlias'> { readonly name: Name; readonly typeParams: readonly TypeParameter[]; readonly value: Expr }
export interface For extends N<'For'> { readonly target: Expr; readonly iter: Expr; readonly body: Suite; readonly orelse: Suite; readonly isAsync: boolean }
export interface While extends N<'While'> { readonly test: Expr; readonly body: Suite; readonly orelse: Suite }
/** An `elif` is an `If` with `isElif`, alone in its parent's `orelse`; no statement can be put before it. */
export interface If extends N<'If'> { readonly test: Expr; readonly body: Suite; readonly orelse: Suite; readonly isElif: boolean }
export interface With extends N<'With'> { readonly items: readonly WithItem[]; readonly body: Suite; readonly isAsync: boolean }
export interface WithItem extends N<'WithItem'> { readonly context: Expr; readonly target: Expr | null }
export interface Match extends N<'Match'> { readonly subject: Expr; readonly cases: readonly MatchCase[] }
export interface MatchCase extends N<'MatchCase'> { readonly pattern: Pattern; readonly guard: Expr | null; readonly body: Suite }
export interface Raise extends N<'Raise'> { readonly exc: Expr | null; readonly cause: Expr | null }
export interface Try extends N<'Try'> { readonly body: Suite; readonly handlers: readonly ExceptHandler[]; readonly orelse: Suite; readonly finalbody: Suite; readonly isStar: boolean }
export interface ExceptHandler extends N<'ExceptHandler'> { readonly type: Expr | null; readonly name: Name | null; readonly body: Suite }
export interface Assert extends N<'Assert'> { readonly test: Expr; readonly msg: Expr | null }
export interface Import extends N<'Import'> { readonly names: readonly ImportAlias[] }
/** `name` is dotted as written; `bound` is the name that gets bound (`os` for `import os.path`). */
export interface ImportAlias extends N<'ImportAlias'> { readonly name: string; readonly bound: Name; readonly hasAs: boolean }
/** `module` is '' for `from . import x`; `star` for `from m import *`. */
export interface ImportFrom extends N<'ImportFrom'> { readonly module: string; readonly level: number; readonly names: readonly ImportAlias[]; readonly star: boolean }
export interface Global extends N<'Global'> { readonly names: readonly Name[] }
export interface Nonlocal extends N<'Nonlocal'> { readonly names: readonly Name[] }
/** An expression used as a statement. */
export interface ExprStmt extends N<'ExprStmt'> { readonly value: Expr }
export interface Pass extends N<'Pass'> {}
export interface Break extends N<'Break'> {}
export interface Continue extends N<'Continue'> {}
/** Text the parser could not read as a statement, or that lies too deep. A simple statement with an error in it is one as a whole. `names`: as in `ErrorExpr`. */
export interface ErrorStmt extends N<'ErrorStmt'> { readonly names: readonly Name[] }

// Patterns

export type Pattern = MatchValue | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr
/** Literals, constants and dotted names. */
export interface MatchValue extends N<'MatchValue'> { readonly value: Expr }
export interface MatchSequence extends N<'MatchSequence'> { readonly patterns: readonly Pattern[] }
export interface MatchMapping extends N<'MatchMapping'> { readonly keys: readonly Expr[]; readonly patterns: readonly Pattern[]; readonly rest: Name | null }
export interface MatchClass extends N<'MatchClass'> { readonly cls: Expr; readonly patterns: readonly Pattern[]; readonly keywords: readonly string[]; readonly keywordPatterns: readonly Pattern[] }
export interface MatchStar extends N<'MatchStar'> { readonly name: Name | null }
/** `case x` (pattern null), `case P as x`, `case _` (both null). */
export interface MatchAs extends N<'MatchAs'> { readonly pattern: Pattern | null; readonly name: Name | null }
export interface MatchOr extends N<'MatchOr'> { readonly patterns: readonly Pattern[] }
