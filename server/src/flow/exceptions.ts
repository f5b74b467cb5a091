/** `try`. */
import type { ExceptHandler, Expr, Stmt, Try } from '../syntax/ast.ts'
import type { BlockId, Builder } from './builder.ts'
import { visitRegion } from './cleanup.ts'
import { visitExpr } from './expressions.ts'
import { visitSuite } from './statements.ts'

export function visitTry(b: Builder, s: Try): void {
  const body = (): void => visitHandled(b, s)
  if (s.finalbody.length === 0) return body()
  visitRegion(b, { body, cleanup: () => visitSuite(b, s.finalbody, s, 'finally'), swallows: false })
}

/** The statement without its `finally`. */
function visitHandled(b: Builder, s: Try): void {
  if (s.handlers.length === 0) return visitSuite(b, s.body, s, 'body')
  const outer = b.context
  const end = b.newBlock()
  const dispatch = b.newBlock()
  b.context = { ...outer, handlers: b.handlersAt(dispatch) }
  b.split()
  if (s.body.every(isQuiet)) b.emit({ kind: 'interrupt', node: s })
  visitSuite(b, s.body, s, 'body')
  b.context = outer
  if (s.orelse.length > 0) {
    b.split()
    visitSuite(b, s.orelse, s, 'orelse')
  }
  b.link(end)
  b.start(dispatch)
  if (s.isStar) visitStarHandlers(b, s, end)
  else visitHandlers(b, s, end)
  b.start(end)
}

/** Statements that cannot raise by themselves. */
function isQuiet(s: Stmt): boolean {
  if (s.kind === 'Assign') return s.value.kind === 'Constant' && s.targets.every((target) => target.kind === 'Name')
  if (s.kind === 'Return') return s.value === null
  return s.kind === 'Pass' || s.kind === 'Break' || s.kind === 'Continue' || s.kind === 'Global' || s.kind === 'Nonlocal'
}

/** Tries the handlers in turn; the first that matches runs, and without one the exception goes on. */
function visitHandlers(b: Builder, s: Try, end: BlockId): void {
  for (const handler of s.handlers) {
    const body = b.newBlock()
    const next = b.newBlock()
    if (handler.type !== null) visitExpr(b, handler.type)
    b.link(body)
    if (!catchesAll(b, handler.type)) b.link(next)
    b.start(body)
    visitHandlerBody(b, s, handler)
    b.link(end)
    b.start(next)
  }
  b.goto(b.context.handlers[0])
}

/** No exception is left for the handlers after it, nor for those outside. */
function catchesAll(b: Builder, type: Expr | null): boolean {
  return type === null || (type.kind === 'Name' && type.id === 'BaseException' && b.names.resolve(type.id).storage === 'outer')
}

/**
 * `except*` (PEP 654): every handler that matches a part of the group runs. What a handler raises is kept until all have been tried, and
 * raised together with the rest; here both ends are reached from the last handler.
 */
function visitStarHandlers(b: Builder, s: Try, end: BlockId): void {
  const outer = b.context
  for (const handler of s.handlers) {
    const next = b.newBlock()
    const inner = { ...outer, handlers: b.handlersAt(next) }
    const body = b.newBlock(inner)
    if (handler.type !== null) visitExpr(b, handler.type)
    b.link(body)
    b.link(next)
    b.start(body)
    b.context = inner
    visitHandlerBody(b, s, handler)
    b.context = outer
    b.link(next)
    b.start(next)
  }
  b.link(end)
  b.goto(outer.handlers[0])
}

/** The name of `except … as e` is unbound on every way out (Language Reference 8.4.1). */
function visitHandlerBody(b: Builder, s: Try, handler: ExceptHandler): void {
  const { name } = handler
  if (name === null) return visitSuite(b, handler.body, s, 'handler')
  b.bind(name, 'except', handler, null)
  visitRegion(b, { body: () => visitSuite(b, handler.body, s, 'handler'), cleanup: () => b.removeImplicitly(name), swallows: false })
}
