/** Nodes the grammar uses in annotations only; each has an expression's meaning. */
import type { Attribute, BinOp, TypeParameter } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { identifier, name } from './names.ts'
import { disjunction } from './regroup.ts'

const {
  type: TYPE, splat_type: SPLAT, constrained_type: CONSTRAINED, "'*": STAR, identifier: IDENTIFIER, binary_operator: BINARY,
  union_type: UNION,
} = NODE_TYPES

/** `a[b] | c | d`. The grammar may group the right side first. */
export function unionType(l: Lowering): BinOp {
  const left = expression(l, l.enter())
  const { start } = l
  l.next()
  l.next()
  const inner = l.enter()
  const right = expression(l, inner)
  l.leave()
  l.leave()
  l.start = start
  return { ...disjunction(left, right, inner === BINARY || inner === UNION), start: l.shift + start, end: l.shift + l.end }
}

export function memberType(l: Lowering): Attribute {
  const value = expression(l, l.enter())
  const { start } = l
  l.next()
  l.next()
  const attr = identifier(l)
  l.leave()
  l.start = start
  return { kind: 'Attribute', start: l.shift + start, end: l.shift + l.end, value, attr }
}

/** The `type_parameter` list under the cursor, where it declares parameters (PEP 695). */
export function typeParameters(l: Lowering): TypeParameter[] {
  const params: TypeParameter[] = []
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type !== TYPE) continue
    const param = typeParameter(l)
    if (param === null) l.flaw = true
    else params.push(param)
  }
  l.leave()
  return params
}

/** Null for what cannot declare a parameter. The cursor is on a `type`. */
function typeParameter(l: Lowering): TypeParameter | null {
  const type = l.enter()
  const param = type === SPLAT ? splat(l) : type === CONSTRAINED ? bounded(l) : type === IDENTIFIER ? plain(l) : null
  l.leave()
  return param
}

function plain(l: Lowering): TypeParameter {
  const declared = name(l)
  return { kind: 'TypeParameter', start: declared.start, end: declared.end, form: 'variable', name: declared, bound: null, default: null }
}

function splat(l: Lowering): TypeParameter {
  const start = l.cursor.startIndex
  const form = l.enter() === STAR ? 'star' : 'double-star'
  l.next()
  const declared = name(l)
  l.leave()
  return { kind: 'TypeParameter', start: l.shift + start, end: l.shift + l.end, form, name: declared, bound: null, default: null }
}

/** `T: bound`. */
function bounded(l: Lowering): TypeParameter | null {
  l.enter()
  const isName = l.enter() === IDENTIFIER
  const declared = isName ? name(l) : null
  l.leave()
  l.next()
  const bound = expression(l, l.next())
  l.leave()
  if (declared === null) return null
  return { kind: 'TypeParameter', start: declared.start, end: l.shift + l.end, form: 'variable', name: declared, bound, default: null }
}
