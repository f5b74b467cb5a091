/**
 * Functions whose bodies Python does not run as they are written: a decorator of theirs, or of the class whose methods they are, hands them to a
 * compiler or a tracer (`models/compilers.ts`). Nothing is known of what lives in them, and when.
 */
import type { ClassDef, Expr, FunctionDef } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import { compilesFunctions, isNamedCompiler } from '../models/compilers.ts'
import type { FrameContext } from './context.ts'
import { decoratorScope, makerName, type NameScope } from './decorators.ts'
import { factsWithin } from './module-facts.ts'
import { deedOf, type DecoratorScope } from './replacements.ts'

/** The decorator that does so; null: none does. */
export function compilerOf({ header }: FunctionDef, ownClass: ClassDef | null, scope: DecoratorScope): Expr | null {
  return [...header.decorators, ...ownClass?.decorators ?? []].find(decorator => isCompiler(decorator, scope)) ?? null
}

/** Of a function made in the frame. */
export function isCompiledIn(def: FunctionDef, context: FrameContext): boolean {
  const { frame } = context.flow.graph
  const scope = decoratorScope(context)
  return compilerOf(def, null, frame !== 'module' && frame.kind === 'FunctionDef' ? { ...scope, facts: factsWithin([frame], scope.facts) } : scope) !== null
}

function isCompiler(decorator: Expr, scope: DecoratorScope): boolean {
  const written = lastName(decorator.kind === 'Call' ? decorator.func : decorator)
  const name = makerName(decorator, scope)
  if ([written, name].some(n => n !== null && isNamedCompiler(n.slice(n.lastIndexOf('.') + 1)))) return true
  return (name !== null && compilesFunctions(name)) || deedOf(decorator, name, scope)?.compiles === true
}

/** The function speaks of a compiler. */
export function mentionsCompiler(def: FunctionDef, scope: NameScope): boolean {
  return def.body.some(stmt => someNode(stmt, node => {
    const name = node.kind === 'Name' || node.kind === 'Attribute' ? makerName(node, scope) : null
    return name !== null && name.includes('.') && compilesFunctions(name)
  }))
}
