/** `if`, loops, `try` and `with`. */
import type { ErrorStmt, ExceptHandler, Expr, For, If, Name, Stmt, Try, While, With, WithItem } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { crossesLine } from '../split/scanner.ts'
import { expression } from './expressions.ts'
import { MAX_DEPTH } from './lowering.ts'
import type { Lowering } from './lowering.ts'
import { suite } from './statements.ts'
import { errorStmt } from './unreadable.ts'

const {
  block: BLOCK, elif_clause: ELIF, else_clause: ELSE, except_clause: EXCEPT, finally_clause: FINALLY, "'async": ASYNC, "':": COLON,
  "',": COMMA, "'*": STAR, "'as": AS_TOKEN, as_pattern: AS, with_clause: WITH_CLAUSE, with_item: WITH_ITEM,
  parenthesized_expression: PARENTHESIZED, "'in": IN,
} = NODE_TYPES

/** A test and the statements under it, begun by `if` or `elif`. */
interface Branch {
  readonly start: number
  readonly test: Expr
  readonly body: Stmt[]
}

/** The `elif` clauses are siblings in the tree; here each is the `orelse` of the one before. */
export function ifStatement(l: Lowering): If {
  const { depth } = l
  const branches = [openBranch(l)]
  let orelse: Stmt[] = []
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === ELSE) orelse = clauseSuite(l)
    else if (type === ELIF && l.depth < MAX_DEPTH) {
      l.depth++
      branches.push(openBranch(l))
      l.leave()
    } else if (type === ELIF) orelse = cutOff(l)
  }
  l.leave()
  l.depth = depth
  return nested(l, branches, orelse)
}

/** Enters an `if_statement` or `elif_clause` and reads up to its block. */
function openBranch(l: Lowering): Branch {
  const start = l.cursor.startIndex
  l.enter()
  const test = expression(l, l.next())
  return { start, test, body: headSuite(l, start) }
}

/** Reads on to the block and lowers it. The clause begins at `start`. */
export function headSuite(l: Lowering, start: number): Stmt[] {
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === BLOCK) return suite(l)
    if (type === COLON) endHead(l, start)
  }
  l.flaw = true
  return []
}

/** The cursor is on the colon of a clause that begins at `start`. */
export function endHead(l: Lowering, start: number): void {
  l.end = l.cursor.endIndex
  if (crossesLine(l.text, start, l.end)) l.flaw = true
}

/** The suite of a clause that has nothing but a keyword before its colon. */
function clauseSuite(l: Lowering): Stmt[] {
  const start = l.cursor.startIndex
  l.enter()
  const body = headSuite(l, start)
  l.leave()
  return body
}

/** In place of the clauses that lie too deep. */
function cutOff(l: Lowering): [ErrorStmt] {
  l.measure()
  l.flaw = true
  return [errorStmt(l)]
}

function nested(l: Lowering, branches: readonly Branch[], orelse: Stmt[]): If {
  const end = l.shift + l.end
  const [first, ...elifs] = branches as [Branch, ...Branch[]]
  for (const branch of elifs.reverse()) orelse = [made(l, branch, orelse, end, true)]
  l.start = first.start
  return made(l, first, orelse, end, false)
}

function made(l: Lowering, { start, test, body }: Branch, orelse: Stmt[], end: number, isElif: boolean): If {
  return { kind: 'If', start: l.shift + start, end, test, body, orelse, isElif }
}

export function forStatement(l: Lowering): For {
  const start = l.cursor.startIndex
  const isAsync = l.enter() === ASYNC
  if (isAsync) l.next()
  const target = expression(l, l.next())
  let type = l.next()
  if (type === IN) type = l.next()
  const iter = expression(l, type)
  const body = headSuite(l, start)
  const orelse = elseSuite(l)
  l.leave()
  l.start = start
  return { kind: 'For', start: l.shift + start, end: l.shift + l.end, target, iter, body, orelse, isAsync }
}

export function whileStatement(l: Lowering): While {
  const start = l.cursor.startIndex
  l.enter()
  const test = expression(l, l.next())
  const body = headSuite(l, start)
  const orelse = elseSuite(l)
  l.leave()
  l.start = start
  return { kind: 'While', start: l.shift + start, end: l.shift + l.end, test, body, orelse }
}

function elseSuite(l: Lowering): Stmt[] {
  return l.next() === ELSE ? clauseSuite(l) : []
}

export function tryStatement(l: Lowering): Try {
  const start = l.cursor.startIndex
  const handlers: ExceptHandler[] = []
  let orelse: Stmt[] = []
  let finalbody: Stmt[] = []
  let isStar = false
  l.enter()
  const body = headSuite(l, start)
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === ELSE) orelse = clauseSuite(l)
    else if (type === FINALLY) finalbody = clauseSuite(l)
    else if (type === EXCEPT) isStar = exceptClause(l, handlers) || isStar
  }
  l.leave()
  l.start = start
  return { kind: 'Try', start: l.shift + start, end: l.shift + l.end, body, handlers, orelse, finalbody, isStar }
}

/** Adds the handler under the cursor; true for `except*`. */
function exceptClause(l: Lowering, handlers: ExceptHandler[]): boolean {
  const start = l.cursor.startIndex
  let isStar = false
  let name: Name | null = null
  const types: Expr[] = []
  l.enter()
  let type = l.next()
  for (; type !== COLON && type !== NONE && type !== BLOCK; type = l.next()) {
    if (type === STAR) isStar = true
    else if (type === AS_TOKEN) name = bound(l, expression(l, l.next()))
    else if (type === AS) name = boundValue(l, types)
    else if (type !== COMMA) types.push(expression(l, type))
  }
  const typeEnd = l.end
  if (type === COLON) endHead(l, start)
  const body = type === BLOCK ? suite(l) : headSuite(l, start)
  l.leave()
  const caught = types.length > 1 ? without(l, types, typeEnd) : types[0] ?? null
  handlers.push({ kind: 'ExceptHandler', start: l.shift + start, end: l.shift + l.end, type: caught, name, body })
  return isStar
}

/** `except A, B:` catches both (PEP 758); Python 2 would bind the second. */
function without(l: Lowering, elts: readonly Expr[], end: number): Expr {
  return { kind: 'Tuple', start: (elts[0] as Expr).start, end: l.shift + end, elts }
}

function bound(l: Lowering, target: Expr): Name | null {
  if (target.kind === 'Name') return target
  l.flaw = true
  return null
}

/** `value as target`, one node in the tree. */
function boundValue(l: Lowering, types: Expr[]): Name | null {
  const { value, target } = asPattern(l)
  types.push(value)
  return bound(l, target)
}

/** The cursor is on an `as_pattern`; leaves its extents. `end` is where the value ends. */
function asPattern(l: Lowering): { readonly value: Expr; readonly target: Expr; readonly end: number } {
  const value = expression(l, l.enter())
  const { start, end } = l
  l.next()
  const target = expression(l, l.next())
  l.leave()
  l.start = start
  return { value, target, end }
}

export function withStatement(l: Lowering): With {
  const start = l.cursor.startIndex
  const items: WithItem[] = []
  const isAsync = l.enter() === ASYNC
  if (isAsync) l.next()
  if (l.next() === WITH_CLAUSE) {
    for (let type = l.enter(); type !== NONE; type = l.next()) if (type === WITH_ITEM) items.push(withItem(l))
    l.leave()
  }
  const body = headSuite(l, start)
  l.leave()
  l.start = start
  return { kind: 'With', start: l.shift + start, end: l.shift + l.end, items, body, isAsync }
}

function withItem(l: Lowering): WithItem {
  const item = contextAndTarget(l, l.enter())
  l.leave()
  return item
}

/** `context`, `context as target`, or `(context as target)`, which the grammar takes for an expression in parentheses. */
function contextAndTarget(l: Lowering, type: number): WithItem {
  if (type === AS) {
    const { value, target } = asPattern(l)
    return { kind: 'WithItem', start: l.shift + l.start, end: l.shift + l.end, context: value, target }
  }
  if (type === PARENTHESIZED) {
    l.enter()
    if (l.next() === AS) {
      const item = contextAndTarget(l, AS)
      l.leave()
      return item
    }
    l.leave()
  }
  return wholeContext(l, type)
}

/** The grammar binds the `as` of `a if b else c as d` to `c`. */
function wholeContext(l: Lowering, type: number): WithItem {
  const outer = l.context
  const found: NonNullable<Lowering['context']> = { target: null, end: 0 }
  l.context = found
  const context = expression(l, type)
  l.context = outer
  const end = found.target === null ? l.end : found.end
  return { kind: 'WithItem', start: l.shift + l.start, end: l.shift + end, context, target: found.target }
}

/** An `as` within an expression: the value, whose target goes to the context manager being read. A flaw where there is none. */
export function innerAs(l: Lowering): Expr {
  const { context } = l
  l.context = null
  const { value, target, end } = asPattern(l)
  l.context = context
  if (context === null) l.flaw = true
  else Object.assign(context, { target, end: l.end })
  l.end = end
  return value
}
