/** Functions and classes. */
import type { Argument, ClassDef, Expr, FunctionDef, FunctionHeader, Stmt, TypeParameter } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import { crossesLine } from '../split/scanner.ts'
import { argumentList } from './arguments.ts'
import { endHead } from './compound.ts'
import { expression } from './expressions.ts'
import type { Lowering } from './lowering.ts'
import { name } from './names.ts'
import { parameters } from './parameters.ts'
import { suite, unreadableStatement } from './statements.ts'
import { typeParameters } from './types.ts'

const {
  decorator: DECORATOR, function_definition: FUNCTION, class_definition: CLASS, "'async": ASYNC,
  type_parameter: TYPE_PARAMETER, parameters: PARAMETERS, argument_list: ARGUMENTS, type: TYPE, "':": COLON, block: BLOCK,
} = NODE_TYPES

/** What stands before a definition: its decorators, and where the first begins. */
export interface Prelude {
  readonly start: number
  readonly decorators: readonly Expr[]
}

/** Lowers the suite of a class, given the cursor on its block. */
export type BodyReader = (l: Lowering) => Stmt[]

/** A `decorated_definition`. */
export function decorated(l: Lowering): Stmt {
  return decoratedWith(l, suite)
}

/** A `decorated_definition`; the body of a class is read with `readBody`. */
export function decoratedWith(l: Lowering, readBody: BodyReader): Stmt {
  const start = l.cursor.startIndex
  const decorators: Expr[] = []
  let result: Stmt | null = null
  for (let type = l.enter(); type !== NONE; type = l.next()) {
    if (type === DECORATOR) decorators.push(decorator(l))
    else if (type === FUNCTION) result = functionWith(l, { start, decorators })
    else if (type === CLASS) result = classWith(l, { start, decorators }, readBody)
  }
  l.leave()
  return result ?? unreadableStatement(l)
}

function decorator(l: Lowering): Expr {
  const start = l.cursor.startIndex
  l.enter()
  const value = expression(l, l.next())
  l.leave()
  if (crossesLine(l.text, start, l.end)) l.flaw = true
  return value
}

/** The prelude of the definition under the cursor where it has no decorators. */
export function undecorated(l: Lowering): Prelude {
  return { start: l.cursor.startIndex, decorators: [] }
}

export function functionDefinition(l: Lowering): FunctionDef {
  return functionWith(l, undecorated(l))
}

export function classDefinition(l: Lowering): ClassDef {
  return classWith(l, undecorated(l), suite)
}

function functionWith(l: Lowering, prelude: Prelude): FunctionDef {
  const { flaw, lost } = l
  l.flaw = false
  l.lost = []
  const damaged = l.hasErrors && l.cursor.currentNode.hasError
  const header = functionHeader(l, prelude)
  const read = l.cursor.nodeTypeId === BLOCK ? suite(l) : []
  l.leave()
  const body = l.lost.length === 0 ? read : [...read, ...l.lost]
  l.lost = lost
  const broken = l.flaw || damaged
  l.flaw = flaw || broken
  l.start = prelude.start
  return { kind: 'FunctionDef', start: header.start, end: l.shift + l.end, header, body, broken }
}

/** Enters the `function_definition` and reads up to its block. */
function functionHeader(l: Lowering, { start, decorators }: Prelude): FunctionHeader {
  const begin = l.cursor.startIndex
  const keyword = l.shift + begin
  const isAsync = l.enter() === ASYNC
  if (isAsync) l.next()
  l.next()
  const declared = name(l)
  let typeParams: readonly TypeParameter[] = []
  let params: FunctionHeader['params'] = []
  let returns: Expr | null = null
  for (let type = l.next(); type !== NONE && type !== BLOCK; type = l.next()) {
    if (type === PARAMETERS) params = parameters(l)
    else if (type === TYPE) returns = expression(l, type)
    else if (type === TYPE_PARAMETER) typeParams = typeParameters(l)
    else if (type === COLON) endHead(l, begin)
  }
  return { start: l.shift + start, end: l.shift + l.end, keyword, name: declared, isAsync, decorators, typeParams, params, returns }
}

/** A `class_definition` with its body read by `readBody`. */
export function classWith(l: Lowering, { start, decorators }: Prelude, readBody: BodyReader): ClassDef {
  const begin = l.cursor.startIndex
  const keyword = l.shift + begin
  l.enter()
  l.next()
  const declared = name(l)
  let typeParams: readonly TypeParameter[] = []
  let args: readonly Argument[] = []
  let body: Stmt[] = []
  const { shift } = l
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === ARGUMENTS) args = argumentList(l)
    else if (type === TYPE_PARAMETER) typeParams = typeParameters(l)
    else if (type === COLON) endHead(l, begin)
    else if (type === BLOCK) body = readBody(l)
  }
  l.leave()
  l.start = start
  return { kind: 'ClassDef', start: shift + start, end: l.shift + l.end, keyword, name: declared, decorators, typeParams, args, body }
}
