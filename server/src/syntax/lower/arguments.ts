/** Arguments of calls and class definitions. */
import type { Argument } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { identifier } from './names.ts'

const {
  "'(": OPEN, "')": CLOSE, "',": COMMA, list_splat: STAR, list_splat_pattern: STAR_PATTERN, dictionary_splat: DOUBLE_STAR,
  keyword_argument: KEYWORD,
} = NODE_TYPES

const COMMA_CODE = 44
const CLOSE_CODE = 41

/** The `argument_list` under the cursor; sets `l.end` only. */
export function argumentList(l: Lowering): Argument[] {
  const args: Argument[] = []
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === COMMA || type === OPEN) continue
    if (type === CLOSE) {
      l.end = l.cursor.endIndex
      break
    }
    args.push(argument(l, type))
    if (l.isNext(COMMA_CODE)) l.cursor.gotoNextSibling()
    else if (l.isNext(CLOSE_CODE)) {
      l.end++
      break
    }
  }
  l.leave()
  return args
}

/** `f(x for x in y)`: the generator's parentheses are the call's. */
export function soleGenerator(l: Lowering): Argument[] {
  return [positional(l, l.cursor.nodeTypeId)]
}

function argument(l: Lowering, type: number): Argument {
  switch (type) {
    case STAR: case STAR_PATTERN: return splat(l, 'star')
    case DOUBLE_STAR: return splat(l, 'double-star')
    case KEYWORD: return keyword(l)
    default: return positional(l, type)
  }
}

function positional(l: Lowering, type: number): Argument {
  const value = expression(l, type)
  const span = { start: l.shift + l.start, end: l.shift + l.end }
  if (value.kind === 'Starred') return { kind: 'Argument', ...span, form: 'star', name: null, value: value.value }
  return { kind: 'Argument', ...span, form: 'positional', name: null, value }
}

function keyword(l: Lowering): Argument {
  l.enter()
  const name = identifier(l)
  const { start } = l
  l.next()
  const value = expression(l, l.next())
  l.leave()
  return { kind: 'Argument', start: l.shift + start, end: l.shift + l.end, form: 'keyword', name, value }
}

function splat(l: Lowering, form: 'star' | 'double-star'): Argument {
  const start = l.cursor.startIndex
  l.enter()
  const value = expression(l, l.next())
  l.leave()
  return { kind: 'Argument', start: l.shift + start, end: l.shift + l.end, form, name: null, value }
}
