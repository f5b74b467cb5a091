/** Scopes and symbols as CPython's symbol table has them (Python/symtable.c). */
import type { ClassDef, Comprehension, FunctionDef, Lambda, Node } from '../syntax/ast.ts'
import type { Pos } from '../syntax/position.ts'

export type ScopeKind =
  | 'module' | 'function' | 'lambda' | 'class' | 'comprehension'
  /** PEP 695: the implicit scope around a generic function, class or alias. */
  | 'type-parameters' | 'type-alias' | 'type-variable'
  /** Lazily evaluated annotations (PEP 649, Python 3.14). */
  | 'annotation'

export type SymbolScope = 'local' | 'cell' | 'free' | 'global-implicit' | 'global-explicit'

export interface Symbol {
  /** After mangling of `__private` names in classes. */
  readonly name: string
  readonly scope: SymbolScope
  readonly parameter: boolean
  /** Bound or deleted here in any way but as a parameter or by an import (`isBoundHere` asks for all). */
  readonly assigned: boolean
  readonly referenced: boolean
  readonly imported: boolean
  readonly annotated: boolean
  readonly nonlocal: boolean
}

/** Bound or deleted in the symbol's own scope in any way. */
export function isBoundHere({ assigned, parameter, imported }: Symbol): boolean {
  return assigned || parameter || imported
}

/** The scope, or one inside it, has the name: bound, or read from somewhere around. */
export function isMentioned(name: string, { symbols, children }: Scope): boolean {
  return symbols.has(name) || children.some(child => isMentioned(name, child))
}

export interface Scope {
  readonly kind: ScopeKind
  readonly name: string
  /** Null for the module. */
  readonly node: Node | null
  /** The keyword of a `def` or `class`, the start of any other node; 0 for the module. */
  readonly position: Pos
  readonly symbols: ReadonlyMap<string, Symbol>
  readonly children: readonly Scope[]
  /** The class whose name mangles `__private` names here, or null. */
  readonly mangler: string | null
  /** Calls `locals()`, `vars()`, `dir()`, `eval`, `exec`, `globals()` with these builtin names, or reads frames (`sys._getframe`, `inspect.currentframe`, `inspect.stack`). */
  readonly seesFrames: boolean
}

/** The scopes of one file. Lookups are by identity of the node that opens the scope. */
export interface ScopeTree {
  readonly module: Scope
  /** The scope a node opens: for a generic function or class its body's scope, not the type-parameter scope. */
  scopeOf(node: FunctionDef | Lambda | ClassDef | Comprehension): Scope
  /**
   * Names that the module binds, or a function declares global, and that some function, class body, lambda, generator expression or lazy
   * annotation of the file reads or writes.
   */
  readonly globalsUsedInside: ReadonlySet<string>
}

/** The name as the symbol table has it inside class `mangler`: `__x` becomes `_Class__x`. */
export function mangle(mangler: string | null, name: string): string {
  if (mangler === null || !name.startsWith('__') || name.endsWith('__') || name.includes('.')) return name
  const bare = mangler.replace(/^_+/, '')
  return bare === '' ? name : `_${bare}${name}`
}
