/** Lowers statements: the list of a suite, and each simple statement that is not an import. */
import type { AnnAssign, Assign, AugAssign, Delete, ErrorStmt, Expr, ExprStmt, Name, Operator, Stmt, TypeAlias } from '../ast.ts'
import { NODE_TYPES, NONE } from '../grammar.ts'
import type { NodeType } from '../grammar.ts'
import { crossesLine } from '../split/scanner.ts'
import { IS_LINK } from './chain.ts'
import { restOfTuple } from './collections.ts'
import { forStatement, ifStatement, tryStatement, whileStatement, withStatement } from './compound.ts'
import { classDefinition, decorated, functionDefinition } from './definitions.ts'
import { expression } from './expressions.ts'
import { futureImport, importFrom, importStatement } from './imports.ts'
import { MAX_NESTING } from './lowering.ts'
import { errorStmt } from './unreadable.ts'
import type { Lowering } from './lowering.ts'
import { matchStatement } from './match.ts'
import { name } from './names.ts'
import { execStatement, printStatement } from './python2.ts'
import { typeParameters } from './types.ts'

const {
  assignment: ASSIGNMENT, augmented_assignment: AUGMENTED, expression_list: EXPRESSION_LIST, "',": COMMA, "'=": EQUALS,
  "'from": FROM, identifier: IDENTIFIER, generic_type: GENERIC, type_parameter: TYPE_PARAMETER, ERROR,
  comment: COMMENT, line_continuation: CONTINUATION, "';": SEMICOLON,
} = NODE_TYPES

type Lower = (l: Lowering, type: number) => Stmt

/** The statements of the `block` under the cursor. `l.end` becomes the end of the last; an empty block is a flaw and leaves it. */
export function suite(l: Lowering): Stmt[] {
  const body: Stmt[] = []
  if (!l.cursor.gotoFirstChild()) {
    l.flaw = true
    return body
  }
  do {
    const type = l.cursor.nodeTypeId
    if (type !== COMMENT && type !== CONTINUATION) readStatement(l, type, body)
  } while (l.cursor.gotoNextSibling())
  l.leave()
  if (body.length === 0) l.flaw = true
  return body
}

/** Adds the statement under the cursor; nothing for a semicolon, which CPython counts to the statement around it. */
export function readStatement(l: Lowering, type: number, body: Stmt[]): void {
  const lower = LOWER[type]
  if (lower === undefined) {
    if (type === ERROR) body.push(unreadableStatement(l))
    else if (type === SEMICOLON) l.end = l.cursor.endIndex
    return
  }
  if (l.nesting >= MAX_NESTING) {
    body.push(unreadableStatement(l))
    return
  }
  l.nesting++
  l.depth++
  body.push(IS_SIMPLE[type] === 1 ? simple(l, type, lower) : lower(l, type))
  l.depth--
  l.nesting--
}

/** A simple statement with an error in it, or one that goes on where its line has ended, is unreadable as a whole. */
function simple(l: Lowering, type: number, lower: Lower): Stmt {
  const { flaw, lost } = l
  l.flaw = false
  l.lost = []
  const statement = lower(l, type)
  l.lost = lost
  if (l.flaw || (l.hasErrors && l.cursor.currentNode.hasError) || crossesLine(l.text, l.start, l.end)) return unreadableStatement(l)
  l.flaw = flaw
  return statement
}

export function unreadableStatement(l: Lowering): ErrorStmt {
  l.measure()
  l.flaw = true
  return errorStmt(l)
}

/** Sets the extents to begin at `start` and end where the last child read ended. */
function span(l: Lowering, start: number): { readonly start: number; readonly end: number } {
  l.start = start
  return { start: l.shift + start, end: l.shift + l.end }
}

function expressionStatement(l: Lowering): Stmt {
  const type = l.enter()
  const statement = type === ASSIGNMENT ? assignment(l) : type === AUGMENTED ? augmented(l) : expressionList(l, type)
  l.leave()
  return statement
}

/** Several expressions, or one and a comma, are a tuple. */
function expressionList(l: Lowering, type: number): ExprStmt {
  const first = expression(l, type)
  const { start } = l
  const value = l.next() === COMMA ? restOfTuple(l, first, start) : first
  return { kind: 'ExprStmt', ...span(l, start), value }
}

/** `a = b = value`, or with an annotation. The cursor is on the outermost `assignment`. */
function assignment(l: Lowering): Assign | AnnAssign {
  const targets: Expr[] = []
  let levels = 0
  let start = 0
  let type: number = ASSIGNMENT
  do {
    levels++
    targets.push(expression(l, l.enter()))
    if (levels === 1) start = l.start
    if (l.next() !== EQUALS) return annotated(l, targets, start, levels)
    type = l.next()
  } while (type === ASSIGNMENT)
  const value = expression(l, type)
  while (levels-- > 0) l.leave()
  return { kind: 'Assign', ...span(l, start), targets, value }
}

/** The cursor is on the colon. Only the first target of a chain can be annotated. */
function annotated(l: Lowering, targets: readonly Expr[], start: number, levels: number): AnnAssign {
  const target = targets.at(-1) as Expr
  if (targets.length > 1) l.flaw = true
  const simple = target.kind === 'Name' && target.start === l.shift + start
  const annotation = expression(l, l.next())
  const value = l.next() === EQUALS ? expression(l, l.next()) : null
  while (levels-- > 0) l.leave()
  return { kind: 'AnnAssign', ...span(l, start), target, annotation, value, simple }
}

function augmented(l: Lowering): AugAssign {
  const target = expression(l, l.enter())
  const { start } = l
  const op = OPERATORS[l.next()] as Operator
  const value = expression(l, l.next())
  l.leave()
  return { kind: 'AugAssign', ...span(l, start), target, op, value }
}

function returnStatement(l: Lowering): Stmt {
  const { start, value } = keywordAndValue(l)
  return { kind: 'Return', ...span(l, start), value }
}

/** A keyword and the expression after it, if any. */
function keywordAndValue(l: Lowering): { readonly start: number; readonly value: Expr | null } {
  l.measure()
  const { start } = l
  l.enter()
  const type = l.next()
  const value = type === NONE ? null : expression(l, type)
  l.leave()
  return { start, value }
}

/** `del a, b` has two targets, `del (a, b)` one. */
function deleteStatement(l: Lowering): Delete {
  const start = l.cursor.startIndex
  l.enter()
  const type = l.next()
  const value = expression(l, type)
  l.leave()
  const targets = type === EXPRESSION_LIST && value.kind === 'Tuple' ? value.elts : [value]
  return { kind: 'Delete', ...span(l, start), targets }
}

function raiseStatement(l: Lowering): Stmt {
  l.measure()
  const { start } = l
  let exc: Expr | null = null
  let cause: Expr | null = null
  l.enter()
  for (let type = l.next(); type !== NONE; type = l.next()) {
    if (type === FROM) cause = expression(l, l.next())
    else exc = expression(l, type)
  }
  l.leave()
  return { kind: 'Raise', ...span(l, start), exc, cause }
}

function assertStatement(l: Lowering): Stmt {
  const start = l.cursor.startIndex
  l.enter()
  const test = expression(l, l.next())
  const msg = l.next() === COMMA ? expression(l, l.next()) : null
  l.leave()
  return { kind: 'Assert', ...span(l, start), test, msg }
}

function typeAlias(l: Lowering): TypeAlias | Assign {
  const start = l.cursor.startIndex
  l.enter()
  l.next()
  const left = l.enter()
  if (IS_LINK[left] === 1) return assignmentToType(l, left, start)
  if (left === GENERIC) l.enter()
  else if (left !== IDENTIFIER) l.flaw = true
  const declared = name(l)
  const typeParams = left === GENERIC && l.next() === TYPE_PARAMETER ? typeParameters(l) : []
  if (left === GENERIC) l.leave()
  l.leave()
  const value = aliased(l)
  return { kind: 'TypeAlias', ...span(l, start), name: declared, typeParams, value }
}

/** Reads from the left side of an alias to its end. */
function aliased(l: Lowering): Expr {
  l.next()
  const value = expression(l, l.next())
  l.leave()
  return value
}

/** `type(x).y = z`, which the grammar takes for an alias. The cursor is within the left side. */
function assignmentToType(l: Lowering, left: number, start: number): Assign {
  const begin = l.shift + start
  l.head = { kind: 'Name', start: begin, end: begin + 'type'.length, id: 'type' }
  const target = expression(l, left)
  l.leave()
  const value = aliased(l)
  return { kind: 'Assign', ...span(l, start), targets: [target], value }
}

function keywordOnly(kind: 'Pass' | 'Break' | 'Continue'): Lower {
  return (l) => {
    l.measure()
    return { kind, start: l.shift + l.start, end: l.shift + l.end }
  }
}

function scopeStatement(kind: 'Global' | 'Nonlocal'): Lower {
  return (l) => {
    const start = l.cursor.startIndex
    const names: Name[] = []
    l.enter()
    for (let type = l.next(); type !== NONE; type = l.next()) if (type === IDENTIFIER) names.push(name(l))
    l.leave()
    return { kind, ...span(l, start), names }
  }
}

/** By the token of an augmented assignment. */
const OPERATORS: Operator[] = []
for (const op of ['+', '-', '*', '/', '@', '//', '%', '**', '>>', '<<', '&', '^', '|'] as const) OPERATORS[NODE_TYPES[`'${op}=`]] = op

const SIMPLE: Readonly<Partial<Record<NodeType, Lower>>> = {
  expression_statement: expressionStatement, return_statement: returnStatement, delete_statement: deleteStatement,
  raise_statement: raiseStatement, assert_statement: assertStatement, type_alias_statement: typeAlias,
  import_statement: importStatement, import_from_statement: importFrom, future_import_statement: futureImport,
  pass_statement: keywordOnly('Pass'), break_statement: keywordOnly('Break'), continue_statement: keywordOnly('Continue'),
  global_statement: scopeStatement('Global'), nonlocal_statement: scopeStatement('Nonlocal'),
  print_statement: printStatement, exec_statement: execStatement,
}

const COMPOUND: Readonly<Partial<Record<NodeType, Lower>>> = {
  if_statement: ifStatement, for_statement: forStatement, while_statement: whileStatement, try_statement: tryStatement,
  with_statement: withStatement, match_statement: matchStatement, function_definition: functionDefinition,
  class_definition: classDefinition, decorated_definition: decorated,
}

/** By node type id. */
const LOWER: (Lower | undefined)[] = []
const IS_SIMPLE = new Uint8Array(0x10000)
for (const [type, lower] of Object.entries({ ...SIMPLE, ...COMPOUND })) LOWER[NODE_TYPES[type as NodeType]] = lower
for (const type of Object.keys(SIMPLE)) IS_SIMPLE[NODE_TYPES[type as NodeType]] = 1
