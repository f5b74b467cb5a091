/** Conditions that end the growth: a size that is checked, a table that is filled once. */
import type { Expr, FunctionDef, Node } from '../../syntax/ast.ts'
import type { Use } from '../../semantic/uses/use.ts'
import { ADDING } from '../../semantic/uses/methods.ts'
import { isInside } from '../../syntax/ancestors.ts'
import { earlyReturns, nodesOf, walk } from './walk.ts'

/** `len(x)` decides something in a function. */
export function isSizeChecked(uses: readonly Use[]): boolean {
  return uses.some(u => u.deed === 'size' && !u.place.atImport && u.depth === 0 && decides(u))
}

function decides({ act, around }: Use): boolean {
  const stmt = around.at(-1)
  switch (stmt?.kind) {
    case 'If':
    case 'While': return isCompared(stmt.test, act)
    case 'Assign': return true
    default: return false
  }
}

/** In an order, not with zero. */
function isCompared(test: Expr, call: Node): boolean {
  let found = false
  walk(test, n => {
    if (n.kind === 'Compare' && isInside(call, n) && n.ops.some(op => op !== '==' || !n.comparators.some(isZero)) && !n.comparators.some(isZero)) found = true
  })
  return found
}

function isZero(expr: Expr): boolean {
  return expr.kind === 'Constant' && expr.value === 0
}

/**
 * The addition, or each call of the function that adds, runs only where the container is empty or not yet there, or where a flag says that this
 * was not done before. `calls`: of that function.
 */
export function isFilledOnce(growth: Use, uses: readonly Use[], calls: readonly Use[]): boolean {
  const def = growth.place.functions.at(-1)
  if (def === undefined) return false
  if (calls.length > 0 && calls.every(call => runsWhereEmpty(call, uses))) return true
  const inEmpty = runsWhereEmpty(growth, uses)
  const afterFilled = earlyReturns(def).some(s => looksIn(def, uses).some(({ act }) => act === s || isNotNone(s.test, act)))
  return inEmpty || afterFilled || isFlagged(growth, def)
}

/** Where a function looks at the container itself. */
function looksIn(def: FunctionDef | undefined, uses: readonly Use[]): readonly Use[] {
  return uses.filter(u => u.place.functions.at(-1) === def && u.depth === 0)
}

/** In the body of an `if` that asks whether the container is empty. */
function runsWhereEmpty({ act, around, place }: Use, uses: readonly Use[]): boolean {
  const looks = looksIn(place.functions.at(-1), uses)
  return around.some(s => s.kind === 'If' && s.body.some(b => isInside(act, b)) && looks.some(look => saysEmpty(s.test, look.act)))
}

/** `not x`, `x is None`, `len(x) == 0`. */
function saysEmpty(test: Expr, act: Node): boolean {
  if (test.kind === 'BoolOp') return test.values.some(v => saysEmpty(v, act))
  if (test.kind === 'UnaryOp') return test.op === 'not' && (test === act || test.operand === act)
  return test.kind === 'Compare' && (test === act || test.left === act || (test.left.kind === 'Call' && test.left.args[0]?.value === act)) && (test.ops[0] === 'is' || test.ops[0] === '==') && test.comparators.every(c => c.kind === 'Constant' || c.kind === 'Dict' || c.kind === 'List')
}

function isNotNone(test: Expr, act: Node): boolean {
  return test.kind === 'Compare' && test === act && test.ops[0] === 'is not'
}

/** The global or local that a call adds to. */
function filledBy(node: Node): readonly string[] {
  return node.kind === 'Call' && node.func.kind === 'Attribute' && ADDING.has(node.func.attr) && node.func.value.kind === 'Name' ? [node.func.value.id] : []
}

/** What the `if` runs adds to a container of that name. */
function fills({ body }: Extract<Node, { kind: 'If' }>, name: string): boolean {
  let found = false
  for (const stmt of body) walk(stmt, node => { found ||= filledBy(node).includes(name) })
  return found
}

/** `if done: return` or `if not done:` with a flag that the function sets itself: a global, or an attribute of the same object. */
function isFlagged(growth: Use, def: FunctionDef): boolean {
  const nodes = nodesOf(def)
  const globals = new Set(nodes.flatMap(n => (n.kind === 'Global' ? n.names.map(name => name.id) : [])))
  const owner = growth.node.kind === 'Attribute' && growth.node.value.kind === 'Name' ? growth.node.value.id : null
  const flagOf = (expr: Expr): string | null => {
    if (expr.kind === 'Name') return globals.has(expr.id) ? expr.id : null
    return expr.kind === 'Attribute' && expr.value.kind === 'Name' && expr.value.id === owner ? `${owner}.${expr.attr}` : null
  }
  const set = new Set(nodes.flatMap(n => (n.kind === 'Assign' ? n.targets.flatMap(t => flagOf(t) ?? []) : [])))
  // `if TABLE: return`, or `if not TABLE: …`, with a table that the function fills as well.
  const filled = new Set(nodes.flatMap(n => filledBy(n)))
  if (growth.around.some(s => s.kind === 'If' && s.test.kind === 'UnaryOp' && s.test.op === 'not' && s.test.operand.kind === 'Name' && fills(s, s.test.operand.id) && s.body.some(b => isInside(growth.act, b)))) return true
  if (earlyReturns(def).some(({ test }) => test.kind === 'Name' && filled.has(test.id))) return true
  const asked = [...earlyReturns(def).map(s => s.test), ...growth.around.flatMap(s => (s.kind === 'If' ? [s.test] : []))]
  return asked.some(test => {
    const bare = test.kind === 'UnaryOp' && test.op === 'not' ? test.operand : test.kind === 'Compare' && test.comparators[0]?.kind === 'Constant' ? test.left : test
    const flag = flagOf(bare)
    return flag !== null && set.has(flag)
  })
}
