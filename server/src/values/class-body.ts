/** What stands in the body of a class. */
import type { ClassDef, Expr, FunctionDef } from '../syntax/ast.ts'

/** What a name of the class stands for: of several definitions the last, but what a property gives rather than how it is set. */
export function methodNamed(name: string, cls: ClassDef): FunctionDef | null {
  return cls.body.findLast((stmt): stmt is FunctionDef => stmt.kind === 'FunctionDef' && stmt.header.name.id === name && !stmt.header.decorators.some(isAccessor)) ?? null
}

/** By name, as `methodNamed` finds them. */
export function methodsOf(cls: ClassDef): ReadonlyMap<string, FunctionDef> {
  return new Map(cls.body.flatMap(stmt => (stmt.kind === 'FunctionDef' && !stmt.header.decorators.some(isAccessor) ? [[stmt.header.name.id, stmt] as const] : [])))
}

/** `@size.setter` */
function isAccessor(decorator: Expr): boolean {
  return decorator.kind === 'Attribute' && (decorator.attr === 'setter' || decorator.attr === 'deleter')
}
