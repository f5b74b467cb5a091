/**
 * What an exception keeps that comes out of an event: the frames it passed, with all they were given (fact 73), and what it was made of. Code
 * in C has no frames, but the error of an attribute that is missing has the object (from 3.10 on), that of a key the key, that of a text which
 * cannot be encoded the text, and that of a file its name.
 */
import type { Call, Expr, Node } from '../syntax/ast.ts'
import type { Event } from '../flow/graph.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { isAtLeast } from '../text/target-version.ts'

/** The expressions whose objects it may have. */
export function keptByException(event: Event, values: Evaluator): readonly Expr[] {
  switch (event.kind) {
    case 'call': return givenTo(event.node, values)
    case 'operation': return operands(event.node, values)
    case 'augment': return unlessInC([event.node.target, event.node.value], values)
    case 'store': return stored(event, values)
    case 'raise': return [event.node.exc, event.node.cause].filter(isThere)
    case 'next': return event.node.kind === 'Generator' && hasFrame(values) ? [event.node.iter] : unlessInC([event.node.iter], values)
    case 'suspend': return event.node.kind === 'Await' || event.node.kind === 'YieldFrom' ? [event.node.value] : 'iter' in event.node ? [event.node.iter] : []
    case 'enter': case 'leave': return [event.node.items[event.item]!.context]
    // What is unpacked, or matched.
    case 'bind': return event.binding.path.length > 0 && event.binding.value ? unlessInC([event.binding.value], values) : []
    default: return []
  }
}

/**
 * What is raised in a list, set or dict comprehension has its frame before 3.12, and the frame the iterator (fact 48). Which expression in it raises
 * makes no difference.
 */
function hasFrame({ context: { target } }: Evaluator): boolean {
  return !isAtLeast(target, '3.12')
}

/** Any attribute may be one that cannot be set (from 3.13 on the error has the object). */
function stored({ node, value }: Extract<Event, { kind: 'store' }>, values: Evaluator): readonly Expr[] {
  const given = [...partsOf(node), ...(value ? [value] : [])]
  return node.kind === 'Attribute' ? given : unlessInC(given, values)
}

function givenTo(call: Call, values: Evaluator): readonly Expr[] {
  const { func, args } = call
  const given = [func.kind === 'Attribute' ? func.value : func, ...args.map(arg => arg.value)]
  const callee = resolveCallee(call, values)
  const { models } = values.context
  if (callee.kind !== 'model' || KEEPING.has(callee.name) || models.isA(callee.name, 'BaseException')) return given
  const isBuiltin = callee.self ? isInC(callee.self.type) : models.library(callee.name) === BUILTINS
  return isBuiltin ? unlessInC(callee.self ? given : given.slice(1), values) : given
}

const BUILTINS = 'Python builtins'

/** Builtins whose errors have what they were given, or that run other code with it. */
const KEEPING: ReadonlySet<string> = new Set([
  'getattr', 'open', 'eval', 'exec', 'compile', '__import__', 'exit', 'quit', 'str.encode', 'dict.pop', 'set.remove', 'dict.__getitem__',
])

function operands(node: Extract<Event, { kind: 'operation' }>['node'], values: Evaluator): readonly Expr[] {
  switch (node.kind) {
    case 'Attribute': return hasAttribute(node.value, node.attr, values) ? [] : [node.value]
    // The key may be missing.
    case 'Subscript': return [...unlessInC(partsOf(node), values), node.slice]
    case 'BinOp': return unlessInC([node.left, node.right], values)
    case 'Compare': return unlessInC([node.left, ...node.comparators], values)
    case 'UnaryOp': return unlessInC([node.operand], values)
    case 'NamedExpr': case 'FormattedValue': case 'Starred': return unlessInC([node.value], values)
    case 'Set': return unlessInC(node.elts, values)
    case 'Dict': return unlessInC(node.keys.filter(isThere), values)
    case 'Assert': return [node.msg].filter(isThere)
    default: return []
  }
}

/** The container and the key, or the object of an attribute. */
function partsOf(target: Expr): readonly Expr[] {
  if (target.kind === 'Subscript') return [target.value, target.slice]
  return target.kind === 'Attribute' ? [target.value] : []
}

function hasAttribute(owner: Expr, name: string, { context: { models }, ofExpr }: Evaluator): boolean {
  const { type } = ofExpr(owner)
  return type !== null && (models.method(type, name) ?? models.attribute(type, name)) !== null
}

/** An operation on objects of these types alone runs no code but theirs. */
function unlessInC(exprs: readonly Expr[], values: Evaluator): readonly Expr[] {
  return exprs.every(expr => isInC(values.ofExpr(expr).type)) ? [] : exprs
}

function isInC(type: string | null): boolean {
  return type !== null && IN_C.has(type)
}

const IN_C: ReadonlySet<string> = new Set([
  'int', 'float', 'bool', 'complex', 'NoneType', 'slice', 'list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'bytearray', 'memoryview', 'range', 'numpy.ndarray',
])

function isThere<T extends Node>(node: T | null): node is T {
  return node !== null
}
