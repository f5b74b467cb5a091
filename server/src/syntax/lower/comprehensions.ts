/** List, set and dictionary comprehensions and generator expressions. */
import type { Comprehension, Expr, Generator } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'

const {
  list_comprehension: LIST, set_comprehension: SET, dictionary_comprehension: DICT, pair: PAIR, for_in_clause: FOR,
  if_clause: IF, "'async": ASYNC, "'for": FOR_TOKEN, "',": COMMA,
} = NODE_TYPES

export function comprehension(l: Lowering, type: number): Comprehension {
  l.measure()
  const { start, end } = l
  l.enter()
  const { elt, value } = body(l, l.next())
  const generators: Generator[] = []
  for (let clause = l.next(); clause !== NONE; clause = l.next()) {
    if (clause === FOR) generators.push(generator(l))
    else if (clause === IF) condition(l, generators)
  }
  l.leave()
  l.start = start
  l.end = end
  const form = type === LIST ? 'list' : type === SET ? 'set' : type === DICT ? 'dict' : 'generator'
  return { kind: 'Comprehension', start: l.shift + start, end: l.shift + end, form, elt, value, generators }
}

function body(l: Lowering, type: number): { readonly elt: Expr; readonly value: Expr | null } {
  if (type !== PAIR) return { elt: expression(l, type), value: null }
  const elt = expression(l, l.enter())
  l.next()
  const value = expression(l, l.next())
  l.leave()
  return { elt, value }
}

function generator(l: Lowering): Generator {
  const start = l.cursor.startIndex
  let type = l.enter()
  const isAsync = type === ASYNC
  if (isAsync) type = l.next()
  if (type === FOR_TOKEN) type = l.next()
  const target = expression(l, type)
  l.next()
  const iter = iterable(l, l.next())
  l.leave()
  return { kind: 'Generator', start: l.shift + start, end: l.shift + l.end, target, iter, ifs: [], isAsync }
}

/** Python 2 takes several expressions without parentheses here. */
function iterable(l: Lowering, type: number): Expr {
  const first = expression(l, type)
  const { start } = first
  const elts = [first]
  for (type = l.next(); type !== NONE; type = l.next()) if (type !== COMMA) elts.push(expression(l, type))
  return elts.length === 1 ? first : { kind: 'Tuple', start, end: l.shift + l.end, elts }
}

/** Adds an `if` to the `for` before it. */
function condition(l: Lowering, generators: Generator[]): void {
  l.enter()
  const test = expression(l, l.next())
  l.leave()
  const last = generators.at(-1)
  if (last !== undefined) generators[generators.length - 1] = { ...last, end: l.shift + l.end, ifs: [...last.ifs, test] }
}
