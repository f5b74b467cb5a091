/** What is left of a list's items once they have been taken one by one: told by the text of the loop, comprehension or call that takes them. */
import type { Call, Comprehension, Expr, For, Node, Stmt, Suite } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { Consumer } from './materialised.ts'

/**
 * - `all`: every item itself, so that the list was no more than pointers to what is there anyway.
 * - `each`: something made of every item.
 * - `few`: something of those that the program looks for.
 * - `none`: nothing that is seen here.
 */
export type Kept = 'all' | 'each' | 'few' | 'none'

export function keptBy(consumer: Consumer): Kept {
  switch (consumer.kind) {
    case 'Comprehension': return keptByComprehension(consumer)
    case 'Call': return BUILDERS.has(lastName(consumer.func) ?? '') ? 'each' : 'none'
    case 'For': return keptByLoop(consumer)
  }
}

/** Of the calls that take items one by one, those that give a collection of them. */
const BUILDERS: ReadonlySet<string> = new Set(['set', 'frozenset', 'dict'])

function keptByComprehension({ elt, value, generators }: Comprehension): Kept {
  const { target, ifs } = generators[0]!
  if (ifs.some(picks)) return 'few'
  return ifs.length === 0 && [elt, value].some(part => part !== null && isOrHolds(part, target)) ? 'all' : 'each'
}

function keptByLoop({ body, target }: For): Kept {
  const stores = storesIn(body, false)
  if (stores.length === 0) return 'none'
  if (stores.every(store => store.isPicked)) return 'few'
  // Some items may be left out, or are others by then.
  const isLess = body.some(stmt => someNode(stmt, n => n.kind === 'Continue' || n.kind === 'Break' || (n.kind === 'Assign' && n.targets.some(t => isOrHolds(t, target)))))
  return !isLess && stores.some(store => body.includes(store.stmt) && store.kept.some(part => isOrHolds(part, target))) ? 'all' : 'each'
}

/** The item, or a tuple with the item in it. */
function isOrHolds(expr: Expr, target: Expr): boolean {
  if (expr.kind === 'Tuple' || expr.kind === 'List') return expr.elts.some(e => isOrHolds(e, target))
  return expr.kind === 'Name' && target.kind === 'Name' && expr.id === target.id
}

interface Store {
  readonly stmt: Stmt
  readonly kept: readonly Expr[]
  readonly isPicked: boolean
}

/** `isPicked`: only what the program looks for comes here. */
function storesIn(suite: Suite, isPicked: boolean): readonly Store[] {
  let isRestPicked = isPicked
  return suite.flatMap(stmt => {
    const here = isRestPicked
    if (stmt.kind === 'If' && stmt.body.at(-1)?.kind === 'Continue') isRestPicked ||= passesOver(stmt.test)
    return [...suitesOf(stmt).flatMap(([inner, test]) => storesIn(inner, here || (test !== null && picks(test)))), ...storeOf(stmt).map(kept => ({ stmt, kept, isPicked: here }))]
  })
}

function suitesOf(stmt: Stmt): readonly (readonly [Suite, Expr | null])[] {
  switch (stmt.kind) {
    case 'If': return [[stmt.body, stmt.test], [stmt.orelse, null]]
    case 'For':
    case 'While': return [[stmt.body, null], [stmt.orelse, null]]
    case 'With': return [[stmt.body, null]]
    case 'Try': return [stmt.body, ...stmt.handlers.map(h => h.body), stmt.orelse, stmt.finalbody].map(suite => [suite, null] as const)
    case 'Match': return stmt.cases.map(c => [c.body, null] as const)
    default: return []
  }
}

/** What a simple statement puts where it stays beyond the round. */
function storeOf(stmt: Stmt): readonly (readonly Expr[])[] {
  switch (stmt.kind) {
    case 'Assign': return stmt.targets.some(t => t.kind === 'Subscript') ? [[stmt.value]] : []
    case 'AugAssign': return isText(stmt.value) ? [[stmt.value]] : []
    case 'ExprStmt': return stmt.value.kind === 'Call' && KEEPING.has(lastName(stmt.value.func) ?? '') ? [stmt.value.args.map(a => a.value)] : []
    default: return []
  }
}

const KEEPING: ReadonlySet<string> = new Set(['append', 'appendleft', 'add', 'extend', 'insert', 'setdefault', 'update', 'put', 'put_nowait', 'push', 'heappush'])

/** Added to a text or list, not to a number. */
function isText(expr: Expr): boolean {
  return ['Name', 'JoinedStr', 'List', 'Tuple'].includes(expr.kind) || (expr.kind === 'BinOp' && expr.op === '+' && (isText(expr.left) || isText(expr.right)))
    || (expr.kind === 'Constant' && expr.type === 'str') || (expr.kind === 'Call' && expr.func.kind === 'Attribute' && /^r?strip$|^replace$|^join$|^split$/.test(expr.func.attr))
}

/** It compares the item with what the program was told or has found out. A text in the program is part of a format that many or most items have (`line.startswith("#")`). */
function picks(test: Expr): boolean {
  if (test.kind === 'BoolOp') return test.op === 'and' ? test.values.some(picks) : test.values.every(picks)
  return test.kind === 'Compare' && test.ops.every(op => op === '==' || op === 'in') && ![test.left, ...test.comparators].some(isWritten)
}

/** `if name != wanted: continue` */
function passesOver(test: Expr): boolean {
  if (test.kind === 'BoolOp') return test.op === 'or' ? test.values.some(passesOver) : test.values.every(passesOver)
  return test.kind === 'Compare' && test.ops.every(op => op === '!=' || op === 'not in') && ![test.left, ...test.comparators].some(isWritten)
}

function isWritten(expr: Expr): boolean {
  if (expr.kind === 'UnaryOp') return isWritten(expr.operand)
  return expr.kind === 'Constant' || ((expr.kind === 'Tuple' || expr.kind === 'List' || expr.kind === 'Set') && expr.elts.every(isWritten))
}

/** Every round hands on what it made: to a file, to a connection, to whoever walks the generator. */
export function isHandedOn(consumer: Consumer): boolean {
  return consumer.kind === 'For' && consumer.body.some(stmt => someOwnNode(stmt, n => n.kind === 'Yield' || (n.kind === 'Call' && handsOn(n))))
}

function handsOn({ func, args }: Call): boolean {
  const name = lastName(func) ?? ''
  return HANDING_ON.has(name) || (name === 'print' && args.some(a => a.name === 'file'))
}

const HANDING_ON: ReadonlySet<string> = new Set(['write', 'writelines', 'writerow', 'writerows', 'send', 'sendall', 'publish', 'produce'])

/** Without the code of inner functions. */
function someOwnNode(root: Node, test: (node: Node) => boolean): boolean {
  if (test(root)) return true
  if (root.kind === 'FunctionDef' || root.kind === 'Lambda' || root.kind === 'ClassDef') return false
  let found = false
  forEachChild(root, child => { found ||= someOwnNode(child, test) })
  return found
}
