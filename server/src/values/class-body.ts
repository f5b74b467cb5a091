/** What stands in the body of a class. */
import type { ClassDef, Expr, FunctionDef, Stmt } from '../syntax/ast.ts'

/** What a name of the class stands for: of several definitions the last, but what a property gives rather than how it is set. */
export function methodNamed(name: string, { body }: ClassDef): FunctionDef | null {
  return body.findLast((stmt): stmt is FunctionDef => isMethod(stmt) && stmt.header.name.id === name) ?? null
}

/** By name, as `methodNamed` finds them. */
export function methodsOf({ body }: ClassDef): ReadonlyMap<string, FunctionDef> {
  return new Map(body.filter(isMethod).map(method => [method.header.name.id, method]))
}

function isMethod(stmt: Stmt): stmt is FunctionDef {
  return stmt.kind === 'FunctionDef' && !stmt.header.decorators.some(isAccessor)
}

/** `@size.setter` */
function isAccessor(decorator: Expr): boolean {
  return decorator.kind === 'Attribute' && (decorator.attr === 'setter' || decorator.attr === 'deleter')
}
