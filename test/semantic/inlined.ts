/**
 * Since Python 3.12 the symbol table shows list, set and dict comprehensions merged into the scope around them (PEP 709;
 * Python/symtable.c, `inline_comprehension`). That tells where they run; names mean what they meant before, and this project keeps
 * a scope per comprehension. To compare the two, this does to our scopes what CPython does to its own.
 */
import type { Scope, Symbol, SymbolScope } from '../../server/src/semantic/scope.ts'

export function inlined(scope: Scope): Scope {
  const symbols = new Map(scope.symbols)
  const children = scope.children.flatMap((child) => {
    const inner = inlined(child)
    if (!runsInFrameAround(child) || seesClass(scope)) return [inner]
    for (const symbol of inner.symbols.values()) merge(symbol, scope, symbols)
    return inner.children
  })
  return { ...scope, symbols, children }
}

function merge(symbol: Symbol, scope: Scope, symbols: Map<string, Symbol>): void {
  if (symbol.parameter) return
  const existing = symbols.get(symbol.name)
  const isClass = scope.kind === 'class'
  if (existing === undefined || onlyPassesThrough(existing)) {
    // A class provides `__class__` to the functions inside it, but has none itself.
    const hidden = isClass && symbol.scope === 'free' && symbol.name === '__class__'
    symbols.set(symbol.name, hidden ? inScope(symbol, 'global-implicit') : symbol)
  } else if (symbol.scope === 'cell' && existing.scope === 'local' && !isClass && scope.kind !== 'module') {
    symbols.set(symbol.name, inScope(existing, 'cell'))
  }
}

function inScope({ name, parameter, assigned, referenced, imported, annotated, nonlocal }: Symbol, scope: SymbolScope): Symbol {
  return { name, scope, parameter, assigned, referenced, imported, annotated, nonlocal }
}

/** The scope does not mention the name itself: CPython adds such names after the merge. */
function onlyPassesThrough({ scope, assigned, parameter, imported, referenced, nonlocal }: Symbol): boolean {
  return scope === 'free' && !assigned && !parameter && !imported && !referenced && !nonlocal
}

function runsInFrameAround({ kind, name }: Scope): boolean {
  return kind === 'comprehension' && name !== 'genexpr'
}

/** Annotation scopes in classes keep their comprehensions apart. */
function seesClass({ kind, symbols }: Scope): boolean {
  return ['type-parameters', 'type-alias', 'type-variable', 'annotation'].includes(kind) && symbols.has('__classdict__')
}
