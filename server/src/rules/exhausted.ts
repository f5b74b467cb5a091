/**
 * An iterator that has given all it had: it lets go of what it walked, though its name lives on (facts 44 and 83; `filter`, `map`, `enumerate` and generators tried
 * out with CPython 3.8 to 3.13). `zip` only lets go of what ended first, and `reversed` of nothing since 3.13.
 */
import type { Expr, For, Stmt } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import type { Place } from './places.ts'

/** What stands before the place walks the iterator that the name has to its end. */
export function isExhausted(variable: Variable, bindings: readonly Binding[], { suite, index }: Place, e: Evaluator): boolean {
  const before = suite.body[index - 1]
  return before !== undefined && bindings.length > 0 && bindings.every(b => LETTING_GO.has(e.ofBinding(b).type ?? '')) && walksOut(before, variable.name)
}

const LETTING_GO: ReadonlySet<string> = new Set(['iterator', 'generator', 'map', 'filter', 'enumerate'])

function walksOut(stmt: Stmt, name: string): boolean {
  const isIt = (expr: Expr | undefined): boolean => expr?.kind === 'Name' && expr.id === name
  switch (stmt.kind) {
    case 'For': return isIt(stmt.iter) && !endsEarly(stmt)
    case 'With': return stmt.body.some(s => walksOut(s, name))
    case 'Assign':
    case 'AnnAssign':
    case 'ExprStmt': return someNode(stmt, n => n.kind === 'Call' && n.func.kind === 'Name' && TO_THE_END.has(n.func.id) && isIt(n.args[0]?.value))
    default: return false
  }
}

/** A `break` may leave the rest of what it walks; so it is taken where an inner loop has one. */
export function endsEarly({ body }: For): boolean {
  return body.some(stmt => someNode(stmt, n => n.kind === 'Break'))
}

/** Builtins that read an iterator to its end. */
export const TO_THE_END: ReadonlySet<string> = new Set(['list', 'tuple', 'set', 'frozenset', 'dict', 'sorted', 'sum', 'min', 'max'])
