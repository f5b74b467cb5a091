/** Displays: lists, sets, tuples and dictionaries. */
import type { Dict, Expr, List, SetDisplay, Tuple } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'

const {
  "',": COMMA, "'(": OPEN_PAREN, "')": CLOSE_PAREN, "'[": OPEN_BRACKET, "']": CLOSE_BRACKET, "'{": OPEN_BRACE, "'}": CLOSE_BRACE,
  pair: PAIR, dictionary_splat: DOUBLE_STAR,
} = NODE_TYPES

const IS_PUNCTUATION = new Uint8Array(0x10000)
for (const type of [COMMA, OPEN_PAREN, CLOSE_PAREN, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE]) IS_PUNCTUATION[type] = 1

const COMMA_CODE = 44

interface Elements {
  readonly elts: Expr[]
  readonly comma: boolean
}

/** The expressions in a bracketed node, and whether a comma stands between or after them. Leaves the node's extents. */
function elements(l: Lowering): Elements {
  l.measure()
  const { start, end } = l
  const elts: Expr[] = []
  let comma = false
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === COMMA) comma = true
    else if (IS_PUNCTUATION[type] === 0) {
      elts.push(expression(l, type))
      if (l.isNext(COMMA_CODE)) {
        comma = true
        l.cursor.gotoNextSibling()
      }
    }
  }
  l.leave()
  l.start = start
  l.end = end
  return { elts, comma }
}

export function list(l: Lowering): List {
  const { elts } = elements(l)
  return { kind: 'List', start: l.shift + l.start, end: l.shift + l.end, elts }
}

export function setDisplay(l: Lowering): SetDisplay {
  const { elts } = elements(l)
  return { kind: 'Set', start: l.shift + l.start, end: l.shift + l.end, elts }
}

export function tuple(l: Lowering): Tuple {
  const { elts } = elements(l)
  return { kind: 'Tuple', start: l.shift + l.start, end: l.shift + l.end, elts }
}

/** `tuple_pattern`, which may be a single target in parentheses. */
export function parenthesizedPattern(l: Lowering): Expr {
  const { elts, comma } = elements(l)
  const [only] = elts
  if (only !== undefined && !comma) return only
  return { kind: 'Tuple', start: l.shift + l.start, end: l.shift + l.end, elts }
}

/** A tuple without parentheses: `expression_list`, `pattern_list`. */
export function bareTuple(l: Lowering): Tuple {
  const first = expression(l, l.enter())
  const { start } = l
  l.next()
  const tuple = restOfTuple(l, first, start)
  l.leave()
  return tuple
}

/** Reads on from the first comma, under the cursor, to the last sibling. A trailing comma belongs to the tuple. */
export function restOfTuple(l: Lowering, first: Expr, start: number): Tuple {
  const elts = [first]
  let { end } = l
  for (let type: number = COMMA; type !== NONE; type = l.next()) {
    if (type === COMMA) end = l.cursor.endIndex
    else {
      elts.push(expression(l, type))
      end = l.end
    }
  }
  l.start = start
  l.end = end
  return { kind: 'Tuple', start: l.shift + start, end: l.shift + end, elts }
}

export function dict(l: Lowering): Dict {
  l.measure()
  const { start, end } = l
  const keys: (Expr | null)[] = []
  const values: Expr[] = []
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type !== PAIR && type !== DOUBLE_STAR) continue
    const first = l.enter()
    keys.push(type === PAIR ? expression(l, first) : null)
    if (type === PAIR) l.next()
    values.push(expression(l, l.next()))
    l.leave()
  }
  l.leave()
  l.start = start
  l.end = end
  return { kind: 'Dict', start: l.shift + start, end: l.shift + end, keys, values }
}
