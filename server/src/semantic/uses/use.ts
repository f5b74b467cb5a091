/** What a file does with the objects that outlive its functions: globals, attributes, mutable defaults. Plain data. */
import type { Expr, FunctionDef, Node, Stmt } from '../../syntax/ast.ts'

/**
 * What one occurrence does with the object.
 * - `read`: looks at it: an item, a comparison, a method that is not known to change it.
 * - `size`, `test`: its length, whether it is empty or there.
 * - `iterate`: walks or copies it.
 * - `call`, `decorate`: calls it, or lets it decorate a definition.
 * - `bind`, `delete`: binds the name anew, unbinds it.
 * - `grow`, `shrink`: adds to it, takes from it.
 * - `escape`: hands it on to where it cannot be followed: an unknown call, a container, the caller.
 */
export type Deed = 'read' | 'size' | 'test' | 'iterate' | 'call' | 'decorate' | 'bind' | 'delete' | 'grow' | 'shrink' | 'escape'

/**
 * Whose name it is.
 * - `global`: a global of the module, or a builtin.
 * - `own`: an attribute of `self`, `cls` or of the class body itself, inside the named class (`Outer.Inner`).
 * - `path`: an attribute of a global: `mod.NAME`, `Class.NAME`.
 * - `other`: an attribute of something else.
 * - `default`: a parameter of the function, which has a container as its default.
 */
export type Owner =
  | { readonly kind: 'global' }
  | { readonly kind: 'own'; readonly cls: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'default'; readonly def: FunctionDef }

/** Where code stands that does something. */
export interface Place {
  /** `Class.method`, or `<module>`. */
  readonly scope: string
  /** The functions around it, outermost first. */
  readonly functions: readonly FunctionDef[]
  /** The innermost class whose body or method it is: `Outer.Inner`; null: none. */
  readonly cls: string | null
  /** Runs when the module does: in no function, lambda or generator expression. */
  readonly atImport: boolean
}

/** What is added. */
export interface Growth {
  /** `append`, `[k] = v`, `+=`, … */
  readonly how: string
  /** The key or index; null: it has none, or it is not known. */
  readonly key: Expr | null
  /** The item, or with `all` what holds the items; null: not known. */
  readonly value: Expr | null
  /** All items of `value` are added. */
  readonly all: boolean
}

export interface Use {
  /** The global, attribute or parameter. */
  readonly name: string
  readonly owner: Owner
  readonly deed: Deed
  /** 0: the object itself; 1: something in it (`X[k].append(v)` adds to an element). */
  readonly depth: 0 | 1
  /** The expression that names the object: the global itself, the attribute, or a local that was given it. */
  readonly node: Expr
  /** What is done with it: the call, the subscript, the statement. */
  readonly act: Node
  readonly place: Place
  /** The compound statements of the innermost function (or of the module) around it, outermost first, and the simple statement it is in. */
  readonly around: readonly Stmt[]
  readonly growth: Growth | null
  /** Of `bind`: what is bound; null: not known. Of a `read` of an item: its key. */
  readonly value: Expr | null
}
