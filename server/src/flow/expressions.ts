/** Events of expressions, in CPython's evaluation order (Language Reference 6.16). */
import type { Argument, BinOp, BoolOp, Call, Compare, Dict, Expr, IfExp, Lambda } from '../syntax/ast.ts'
import { truthOf } from '../syntax/truth.ts'
import type { BlockId, Builder } from './builder.ts'
import { visitComprehension, visitGeneratorExpression } from './comprehensions.ts'
import { endsControl } from './never-returns.ts'

export function visitExpr(b: Builder, e: Expr): void {
  switch (e.kind) {
    case 'Name': return b.use(e)
    case 'Constant': return
    case 'Attribute':
      visitExpr(b, e.value)
      return b.operation(e)
    case 'Call': return visitCall(b, e)
    case 'Subscript':
      visitExpr(b, e.value)
      visitExpr(b, e.slice)
      return b.operation(e)
    case 'Tuple': case 'List': case 'Set':
      visitAll(b, e.elts)
      return b.operation(e)
    case 'BinOp': return visitBinOp(b, e)
    case 'Compare': return visitCompare(b, e)
    case 'UnaryOp':
      if (e.op === 'not') return visitTested(b, e.operand)
      visitExpr(b, e.operand)
      return b.operation(e)
    case 'BoolOp': return visitBoolOp(b, e)
    case 'IfExp': return visitIfExp(b, e)
    case 'JoinedStr':
      visitAll(b, e.values)
      return b.operation(e)
    case 'FormattedValue':
      visitExpr(b, e.value)
      visitOptional(b, e.formatSpec)
      return b.operation(e)
    case 'Dict': return visitDict(b, e)
    case 'Comprehension': return e.form === 'generator' ? visitGeneratorExpression(b, e) : visitComprehension(b, e)
    case 'Lambda': return visitLambda(b, e)
    case 'Starred':
      visitExpr(b, e.value)
      return b.operation(e)
    case 'Slice':
      visitOptional(b, e.lower)
      visitOptional(b, e.upper)
      return visitOptional(b, e.step)
    case 'NamedExpr':
      visitExpr(b, e.value)
      return b.bind(e.target, 'walrus', e, e.value)
    case 'Await':
      visitExpr(b, e.value)
      return b.emit({ kind: 'suspend', node: e })
    case 'Yield': case 'YieldFrom':
      visitOptional(b, e.value)
      b.isGenerator = true
      return b.emit({ kind: 'suspend', node: e })
    case 'ErrorExpr':
      visitAll(b, e.names)
      return b.operation(e)
  }
}

export function visitOptional(b: Builder, e: Expr | null): void {
  if (e !== null) visitExpr(b, e)
}

export function visitAll(b: Builder, list: readonly Expr[]): void {
  for (const e of list) visitExpr(b, e)
}

/** Positional and `*` arguments come before keywords and `**`, wherever they stand (Language Reference 6.3.4). */
export function visitArguments(b: Builder, args: readonly Argument[]): void {
  for (const arg of args) if (arg.form === 'positional' || arg.form === 'star') visitExpr(b, arg.value)
  for (const arg of args) if (arg.form === 'keyword' || arg.form === 'double-star') visitExpr(b, arg.value)
}

function visitCall(b: Builder, e: Call): void {
  visitExpr(b, e.func)
  visitArguments(b, e.args)
  b.emit({ kind: 'call', node: e })
  if (endsControl(b, e)) b.unreachable()
}

/** Chains such as `a + b + c …` nest to the left, thousands deep in generated code. */
function visitBinOp(b: Builder, e: BinOp): void {
  const chain = [e]
  let first = e.left
  for (; first.kind === 'BinOp'; first = first.left) chain.push(first)
  visitExpr(b, first)
  for (let i = chain.length - 1; i >= 0; i--) {
    visitExpr(b, chain[i]!.right)
    b.operation(chain[i]!)
  }
}

function visitDict(b: Builder, e: Dict): void {
  e.values.forEach((value, i) => {
    visitOptional(b, e.keys[i] ?? null)
    visitExpr(b, value)
  })
  b.operation(e)
}

function visitLambda(b: Builder, e: Lambda): void {
  for (const param of e.params) visitOptional(b, param.default)
  b.closure(e, b.names.captures(b.names.scopeOf(e)))
}

/** `is` and `is not` run no code. */
function comparison(b: Builder, e: Compare, i: number): void {
  visitExpr(b, e.comparators[i]!)
  const op = e.ops[i]!
  if (op !== 'is' && op !== 'is not') b.operation(e)
}

function visitCompare(b: Builder, e: Compare): void {
  if (e.comparators.length > 1) {
    const end = b.newBlock()
    visitChain(b, e, end)
    b.link(end)
    return b.start(end)
  }
  visitExpr(b, e.left)
  comparison(b, e, 0)
}

/** The truth test may raise; only after a walrus has the state changed since the last event that may. */
function visitTested(b: Builder, e: Expr): void {
  visitExpr(b, e)
  if (e.kind === 'NamedExpr') b.operation(e)
}

/** `and`, `or`: any operand but the last may be the value. */
function visitBoolOp(b: Builder, e: BoolOp): void {
  const end = b.newBlock()
  const last = e.values.length - 1
  for (let i = 0; i < last; i++) {
    visitTested(b, e.values[i]!)
    mayStop(b, end)
  }
  visitExpr(b, e.values[last]!)
  b.link(end)
  b.start(end)
}

/** `a < b < c` stops at the first comparison that fails: goes to `failed`, otherwise on. */
function visitChain(b: Builder, e: Compare, failed: BlockId): void {
  visitExpr(b, e.left)
  for (let i = 0; i < e.comparators.length; i++) {
    comparison(b, e, i)
    if (i < e.comparators.length - 1) mayStop(b, failed)
  }
}

function mayStop(b: Builder, stop: BlockId): void {
  b.link(stop)
  b.split()
}

function visitIfExp(b: Builder, e: IfExp): void {
  const body = b.newBlock()
  const orelse = b.newBlock()
  const end = b.newBlock()
  visitCondition(b, e.test, body, orelse)
  b.start(body)
  visitExpr(b, e.body)
  b.link(end)
  b.start(orelse)
  visitExpr(b, e.orelse)
  b.link(end)
  b.start(end)
}

/** Evaluates a test and goes to one of two blocks; the caller starts the next block. Constant tests have one way out, as in CPython. */
export function visitCondition(b: Builder, e: Expr, whenTrue: BlockId, whenFalse: BlockId): void {
  const truth = truthOf(e)
  if (truth !== null) return b.link(truth ? whenTrue : whenFalse)
  if (e.kind === 'UnaryOp' && e.op === 'not') return visitCondition(b, e.operand, whenFalse, whenTrue)
  if (e.kind === 'BoolOp') return visitConditions(b, e.values, e.op, whenTrue, whenFalse)
  if (e.kind === 'Compare' && e.comparators.length > 1) {
    visitChain(b, e, whenFalse)
  } else {
    visitTested(b, e)
  }
  b.link(whenTrue)
  b.link(whenFalse)
}

function visitConditions(b: Builder, values: readonly Expr[], op: 'and' | 'or', whenTrue: BlockId, whenFalse: BlockId): void {
  values.forEach((value, i) => {
    if (i === values.length - 1) return visitCondition(b, value, whenTrue, whenFalse)
    const next = b.newBlock()
    if (op === 'and') visitCondition(b, value, next, whenFalse)
    else visitCondition(b, value, whenTrue, next)
    b.start(next)
  })
}

