/** `if`, `for` and `while`. */
import type { For, If, Stmt, Suite, While } from '../syntax/ast.ts'
import { truthOf } from '../syntax/truth.ts'
import type { BlockId, Builder } from './builder.ts'
import { visitCondition, visitExpr } from './expressions.ts'
import { visitSuite } from './statements.ts'
import { visitTarget } from './targets.ts'

/** A chain of `elif` is built in a loop: generated code has thousands of them. */
export function visitIf(b: Builder, s: If): void {
  const end = b.newBlock()
  const elifs: number[] = []
  let orelse = branch(b, s, end)
  for (let next = elifOf(orelse); next !== null; next = elifOf(orelse)) {
    b.places.suite(orelse, s, 'orelse', b.current.id, b.current.events.length)
    elifs.push(b.places.open(next, b.current.id, b.current.events.length))
    s = next
    orelse = branch(b, next, end)
  }
  if (orelse.length > 0) {
    visitSuite(b, orelse, s, 'orelse')
    b.link(end)
  }
  b.start(end)
  for (const place of elifs) b.places.close(place, end, 0)
}

/** Builds the test and the body, and starts the block of what happens otherwise: `end` where there is nothing more to do. */
function branch(b: Builder, s: If, end: BlockId): Suite {
  const body = b.newBlock()
  const otherwise = s.orelse.length > 0 ? b.newBlock() : end
  visitCondition(b, s.test, body, otherwise)
  b.start(body)
  visitSuite(b, s.body, s, 'body')
  b.link(end)
  b.start(otherwise)
  return s.orelse
}

function elifOf(orelse: Suite): If | null {
  const [only] = orelse
  return only?.kind === 'If' && only.isElif ? only : null
}

export function visitFor(b: Builder, s: For): void {
  visitExpr(b, s.iter)
  const outer = b.context
  const end = b.newBlock()
  const exhausted = s.orelse.length > 0 ? b.newBlock() : end
  const head = b.openLoop(s, end)
  b.link(head)
  b.start(head)
  if (s.isAsync) b.emit({ kind: 'suspend', node: s })
  b.emit({ kind: 'next', node: s })
  b.link(exhausted)
  b.split()
  visitTarget(b, s.target, 'for', s, s.iter)
  visitSuite(b, s.body, s, 'body')
  b.link(head)
  b.context = outer
  finishLoop(b, s, s.orelse, exhausted, end)
}

export function visitWhile(b: Builder, s: While): void {
  const outer = b.context
  const end = b.newBlock()
  const failed = s.orelse.length > 0 ? b.newBlock() : end
  const head = b.openLoop(s, end)
  const body = b.newBlock()
  b.link(head)
  b.start(head)
  if (truthOf(s.test) !== null) b.emit({ kind: 'interrupt', node: s })
  visitCondition(b, s.test, body, failed)
  b.start(body)
  visitSuite(b, s.body, s, 'body')
  b.link(head)
  b.context = outer
  finishLoop(b, s, s.orelse, failed, end)
}

/** `else` runs when the loop ends without `break`. */
function finishLoop(b: Builder, s: Stmt, orelse: Suite, finished: BlockId, end: BlockId): void {
  if (orelse.length > 0) {
    b.start(finished)
    visitSuite(b, orelse, s, 'orelse')
    b.link(end)
  }
  b.start(end)
}
