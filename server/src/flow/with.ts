/** `with`: each item is a region of its own, whose exit runs on every way out and may end an exception. */
import type { Expr, With } from '../syntax/ast.ts'
import type { Builder } from './builder.ts'
import { visitRegion } from './cleanup.ts'
import { visitExpr } from './expressions.ts'
import { exitOf } from './managers.ts'
import { visitSuite } from './statements.ts'
import { visitTarget } from './targets.ts'

export function visitWith(b: Builder, s: With, item = 0): void {
  const managed = s.items[item]
  if (managed === undefined) return visitSuite(b, s.body, s, 'body')
  visitExpr(b, managed.context)
  b.emit({ kind: 'enter', node: s, item })
  if (s.isAsync) b.emit({ kind: 'suspend', node: s })
  visitRegion(b, {
    body: () => {
      if (managed.target !== null) visitTarget(b, managed.target, 'with', managed, managed.context)
      visitWith(b, s, item + 1)
    },
    cleanup: () => {
      b.emit({ kind: 'leave', node: s, item })
      if (s.isAsync) b.emit({ kind: 'suspend', node: s })
    },
    swallows: maySwallow(b, managed.context),
  })
}

function maySwallow(b: Builder, context: Expr): boolean {
  const exit = exitOf(context)
  if (exit !== 'unknown') return exit === 'may-swallow'
  if (b.options.unknownManagers !== 'pass-on') return true
  b.hasTrusted = true
  return false
}
