/** Parameters of functions and lambdas. */
import type { Expr, Name, Parameter, ParameterForm } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { name } from './names.ts'

const {
  identifier: IDENTIFIER, typed_parameter: TYPED, default_parameter: DEFAULT, typed_default_parameter: TYPED_DEFAULT,
  list_splat_pattern: STAR, dictionary_splat_pattern: DOUBLE_STAR, keyword_separator: KEYWORD_ONLY,
  positional_separator: POSITIONAL_ONLY, tuple_pattern: TUPLE, type: TYPE, "'=": EQUALS, "':": COLON,
} = NODE_TYPES

/** The `parameters` or `lambda_parameters` under the cursor. */
export function parameters(l: Lowering): Parameter[] {
  const params: Parameter[] = []
  let form: ParameterForm = 'positional'
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === KEYWORD_ONLY) form = 'keyword-only'
    else if (type === POSITIONAL_ONLY) params.forEach((param, index) => { params[index] = { ...param, form: 'positional-only' } })
    else if (type === TUPLE) l.flaw = true
    else {
      const param = parameter(l, type, form)
      if (param === null) continue
      params.push(param)
      if (param.form === 'star') form = 'keyword-only'
    }
  }
  l.leave()
  return params
}

/** Null where the node is punctuation, or a pattern that only Python 2 takes. */
function parameter(l: Lowering, type: number, form: ParameterForm): Parameter | null {
  switch (type) {
    case IDENTIFIER: case STAR: case DOUBLE_STAR: return bare(l, type, form)
    case TYPED: case DEFAULT: case TYPED_DEFAULT: return annotated(l, form)
    default: return null
  }
}

function bare(l: Lowering, type: number, form: ParameterForm): Parameter {
  if (type === IDENTIFIER) {
    const declared = name(l)
    return made(declared, declared.start, declared.end, form, null, null)
  }
  const start = l.cursor.startIndex
  l.enter()
  const inner = l.next()
  if (inner !== IDENTIFIER) l.flaw = true
  const declared = name(l)
  l.leave()
  return made(declared, l.shift + start, declared.end, type === STAR ? 'star' : 'double-star', null, null)
}

/** `name: type`, `name = value` or `name: type = value`. */
function annotated(l: Lowering, form: ParameterForm): Parameter | null {
  const first = l.enter()
  const declared = parameter(l, first, form)
  if (declared === null) l.flaw = true
  let annotation: Expr | null = null
  let value: Expr | null = null
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === TYPE) annotation = expression(l, type)
    else if (type !== EQUALS && type !== COLON) value = expression(l, type)
  }
  l.leave()
  return declared && made(declared.name, declared.start, l.shift + l.end, declared.form, annotation, value)
}

function made(
  declared: Name, start: number, end: number, form: ParameterForm, annotation: Expr | null, value: Expr | null,
): Parameter {
  return { kind: 'Parameter', start, end, form, name: declared, annotation, default: value }
}
