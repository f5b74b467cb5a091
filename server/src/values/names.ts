/** From an expression to the dotted name it stands for, through imports, aliases and builtins. */
import type { Expr, Name } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { FrameContext } from './context.ts'
import type { ModuleFact } from './module-facts.ts'

/** `np.linalg.norm` → `numpy.linalg.norm`; `open` → `open`; null where the base is no import, builtin or class of a known library. */
export function dottedName(expr: Expr, context: FrameContext): string | null {
  if (expr.kind === 'Attribute') {
    const base = dottedName(expr.value, context)
    return base === null ? null : `${base}.${expr.attr}`
  }
  if (expr.kind !== 'Name') return null
  const bindings = context.flow.reaching(expr)
  if (bindings.length > 0) return originOf(importedName(bindings), context)
  const fact = globalFact(expr, context)
  if (fact) return fact.kind === 'import' ? originOf(fact.dotted, context) : null
  return isUnbound(expr, context) ? expr.id : null
}

function originOf(dotted: string | null, { elsewhere }: FrameContext): string | null {
  return dotted === null ? null : elsewhere.origin(dotted)
}

/** What the module says of a name that the frame itself does not bind. */
export function globalFact(name: Name, context: FrameContext): ModuleFact | null {
  return isUnbound(name, context) ? context.facts.get(name.id) ?? null : null
}

/** No binding of this frame or of an enclosing function: a global or a builtin. */
function isUnbound(name: Name, context: FrameContext): boolean {
  const scope = context.flow.graph.scope
  const symbol = scope.symbols.get(name.id)
  if (scope.kind === 'module') return true
  return symbol === undefined || symbol.scope === 'global-implicit' || symbol.scope === 'global-explicit'
}

/** All reaching bindings import one thing. */
function importedName(bindings: readonly Binding[]): string | null {
  const [first, ...others] = bindings
  const name = first === undefined ? null : importOf(first)
  return name !== null && others.every(other => importOf(other) === name) ? name : null
}

/** The dotted name an import binding binds: `os` for `import os.path`, `numpy` for `import numpy as np`, `.x.y` for `from .x import y`. */
export function importOf(binding: Binding): string | null {
  const node = binding.node
  if (node.kind === 'Import') {
    const alias = node.names.find(a => a.bound === binding.name)
    return alias ? (alias.hasAs ? alias.name : alias.bound.id) : null
  }
  if (node.kind === 'ImportFrom') {
    const alias = node.names.find(a => a.bound === binding.name)
    const module = '.'.repeat(node.level) + node.module
    return alias ? module + (module === '' || module.endsWith('.') ? '' : '.') + alias.name : null
  }
  return null
}

/** The function or class that a name means in this frame: a local `def`, or one of the module. */
export function definitionOf(expr: Expr, context: FrameContext): ModuleFact | null {
  if (expr.kind !== 'Name') return null
  const bindings = context.flow.reaching(expr)
  if (bindings.length > 1) return null
  const node = bindings[0]?.node
  // The module's frame outlives edits inside its functions: their definitions are asked for anew.
  if (node?.kind === 'FunctionDef' && context.flow.graph.frame === 'module') return context.facts.get(expr.id) ?? null
  if (node?.kind === 'FunctionDef') return { kind: 'function', def: node }
  if (node?.kind === 'ClassDef') return { kind: 'class', def: node }
  return bindings.length === 0 ? globalFact(expr, context) : null
}

/** Is the name the first parameter of a method: `self` or `cls`? */
export function isSelf(expr: Expr, context: FrameContext): boolean {
  if (expr.kind !== 'Name' || context.ownClass === null) return false
  const frame = context.flow.graph.frame
  if (frame === 'module' || frame.kind !== 'FunctionDef') return false
  const first = frame.header.params[0]
  return first !== undefined && first.form.startsWith('positional') && first.name.id === expr.id
    && context.flow.reaching(expr).every(b => b.kind === 'parameter')
}

/** `a` or `a.b.c` as its first name and the rest, dots included. */
export function dottedOf(expr: Expr): { readonly root: string; readonly rest: string } | null {
  if (expr.kind === 'Name') return { root: expr.id, rest: '' }
  const base = expr.kind === 'Attribute' ? dottedOf(expr.value) : expr.kind === 'Subscript' ? dottedOf(expr.value) : null
  return base && expr.kind === 'Attribute' ? { root: base.root, rest: `${base.rest}.${expr.attr}` } : base
}
