/**
 * List, set and dict comprehensions run inside the frame (PEP 709 since 3.12; before, in a frame that is gone when they end). A
 * generator expression evaluates its first iterable at once; the rest runs later, as a closure.
 */
import type { Comprehension } from '../syntax/ast.ts'
import type { BlockId, Builder } from './builder.ts'
import { visitCondition, visitExpr } from './expressions.ts'
import { visitTarget } from './targets.ts'

export function visitGeneratorExpression(b: Builder, e: Comprehension): void {
  const first = e.generators[0]
  if (first !== undefined) visitExpr(b, first.iter)
  b.closure(e, b.names.captures(b.names.scopeOf(e)))
}

export function visitComprehension(b: Builder, e: Comprehension): void {
  const first = e.generators[0]
  if (first !== undefined) visitExpr(b, first.iter)
  b.operation(e)
  const outer = b.context
  const end = b.newBlock()
  b.names.inside(b.names.scopeOf(e), () => visitClause(b, e, 0, end))
  b.context = outer
  b.start(end)
}

/** One `for` clause and what follows it; goes to `end` when its iterator is exhausted. */
function visitClause(b: Builder, e: Comprehension, index: number, end: BlockId): void {
  const clause = e.generators[index]
  if (clause === undefined) {
    visitExpr(b, e.elt)
    if (e.value !== null) visitExpr(b, e.value)
    return b.link(end)
  }
  if (index > 0) visitExpr(b, clause.iter)
  const head = b.openLoop(clause, null)
  b.link(head)
  b.start(head)
  if (clause.isAsync) b.emit({ kind: 'suspend', node: clause })
  b.emit({ kind: 'next', node: clause })
  b.link(end)
  b.split()
  visitTarget(b, clause.target, 'comprehension', clause, clause.iter)
  for (const condition of clause.ifs) {
    const next = b.newBlock()
    visitCondition(b, condition, next, head)
    b.start(next)
  }
  visitClause(b, e, index + 1, head)
}
