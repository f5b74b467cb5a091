/** What stands between square brackets: indices, slices, and the arguments of generic types. */
import type { Expr, Slice, Subscript } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { name } from './names.ts'

const { "'[": OPEN, "']": CLOSE, "',": COMMA, "':": COLON } = NODE_TYPES

/** Reads on from the value of a `subscript`, or from before the brackets of a `type_parameter`, to the closing bracket. */
export function subscriptIndex(l: Lowering): Expr {
  const elts: Expr[] = []
  let start = 0
  let end = 0
  let isTuple = false
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === OPEN || type === CLOSE) continue
    if (type === COMMA) {
      isTuple = true
      end = l.cursor.endIndex
      continue
    }
    elts.push(expression(l, type))
    if (elts.length === 1) start = l.start
    end = l.end
  }
  const [only] = elts
  // `x[*y]` is `x[(*y,)]` (PEP 646).
  if (only !== undefined && !isTuple && only.kind !== 'Starred') return only
  return { kind: 'Tuple', start: l.shift + start, end: l.shift + end, elts }
}

/** `slice`, or the `constrained_type` that the grammar sees in `x: a[1:2]`. */
export function slice(l: Lowering): Slice {
  l.measure()
  const { start, end } = l
  const parts: [Expr | null, Expr | null, Expr | null] = [null, null, null]
  let at = 0
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === COLON) at++
    else parts[at] = expression(l, type)
  }
  l.leave()
  l.start = start
  l.end = end
  return { kind: 'Slice', start: l.shift + start, end: l.shift + end, lower: parts[0], upper: parts[1], step: parts[2] }
}

/** `generic_type`: a subscript inside an annotation. */
export function genericType(l: Lowering): Subscript {
  l.enter()
  const value = name(l)
  const { start } = l
  l.next()
  const index = genericIndex(l)
  l.leave()
  l.start = start
  return { kind: 'Subscript', start: l.shift + start, end: l.shift + l.end, value, slice: index }
}

/** The cursor is on the `type_parameter`. */
function genericIndex(l: Lowering): Expr {
  const end = l.cursor.endIndex
  l.enter()
  const index = subscriptIndex(l)
  l.leave()
  l.end = end
  return index
}
