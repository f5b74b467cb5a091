/** The scopes of a file as plain data, comparable with CPython's `symtable`. */
import type { Pos } from '../syntax/position.ts'
import type { Scope, ScopeKind, ScopeTree, SymbolScope } from './scope.ts'

export interface DumpedSymbol {
  readonly scope: SymbolScope
  readonly parameter: boolean
  readonly assigned: boolean
  readonly referenced: boolean
  readonly imported: boolean
}

export interface DumpedScope {
  /** As in `symtable`: `top` for the module, `lambda`, `listcomp`, `genexpr` … for scopes without a name of their own. */
  readonly name: string
  readonly kind: ScopeKind
  /** 1-based line of the `def` or `class` keyword or of the expression; 0 for the module, as in `symtable`. */
  readonly line: number
  /** In alphabetical order. */
  readonly symbols: { readonly [name: string]: DumpedSymbol }
}

export interface ScopeDump {
  /** Outer scopes before inner ones. */
  readonly scopes: readonly DumpedScope[]
}

/** `lineOf` answers the 1-based line of a position. */
export function dumpScopes(tree: Pick<ScopeTree, 'module'>, lineOf: (position: Pos) => number): ScopeDump {
  const scopes: DumpedScope[] = []
  const add = (scope: Scope): void => {
    const line = scope.kind === 'module' ? 0 : lineOf(scope.position)
    scopes.push({ name: scope.name, kind: scope.kind, line, symbols: dumpSymbols(scope) })
    scope.children.forEach(add)
  }
  add(tree.module)
  return { scopes }
}

function dumpSymbols(scope: Scope): DumpedScope['symbols'] {
  const symbols = [...scope.symbols.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(symbols.map(({ name, scope, parameter, assigned, referenced, imported }) =>
    [name, { scope, parameter, assigned, referenced, imported }]))
}
