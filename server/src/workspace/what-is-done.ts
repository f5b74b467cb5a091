/** What the code around an expression does with the object that the expression names, read off the syntax alone. */
import { isDeleted } from '../syntax/ancestors.ts'
import type { Expr, Node } from '../syntax/ast.ts'
import type { UseKind } from './use.ts'

/** Methods that add to a container, by name. */
export const GROWING: ReadonlySet<string> = new Set([
  'append', 'appendleft', 'add', 'extend', 'extendleft', 'update', 'setdefault', 'insert', 'put', 'put_nowait', 'push', 'register', 'subscribe',
])

/** Methods that take out of a container, by name. */
export const SHRINKING: ReadonlySet<string> = new Set([
  'pop', 'popitem', 'popleft', 'clear', 'discard', 'remove', 'difference_update', 'intersection_update', 'get_nowait', 'unregister', 'unsubscribe', 'evict', 'expire',
])

/** Builtins that look at an argument and keep nothing of it. */
const LOOKING: ReadonlySet<string> = new Set([
  'len', 'print', 'repr', 'str', 'bool', 'int', 'float', 'bytes', 'isinstance', 'issubclass', 'sorted', 'sum', 'min', 'max', 'any', 'all', 'list', 'tuple', 'set', 'dict',
  'frozenset', 'hash', 'id', 'type', 'callable', 'hasattr', 'abs', 'round', 'format', 'hex', 'ord', 'chr',
])

/** `around`: the nodes around the expression, innermost last. */
export function whatIsDone(expr: Expr, around: readonly Node[]): UseKind {
  return doneBy(expr, around, around.length - 1)
}

function doneBy(node: Node, around: readonly Node[], at: number): UseKind {
  const parent = around[at]
  if (parent === undefined) return 'reads'
  switch (parent.kind) {
    case 'Attribute': return doneToMember(parent, around, at - 1)
    case 'Subscript': return parent.value === node ? doneToItem(parent, around, at - 1) : 'reads'
    case 'AugAssign': return parent.target !== node ? 'reads' : parent.op === '-' || parent.op === '&' || parent.op === '^' ? 'shrinks' : 'grows'
    case 'Assign': return parent.value === node ? 'escapes' : 'binds'
    case 'AnnAssign': return parent.value === node ? 'escapes' : parent.target === node && parent.value ? 'binds' : 'reads'
    case 'NamedExpr': return parent.value === node ? 'escapes' : 'binds'
    case 'Delete': return 'deletes'
    case 'For':
    case 'Generator': return parent.target === node ? 'binds' : 'reads'
    case 'WithItem': return parent.target === node ? 'binds' : 'reads'
    case 'Argument': return doneByCall(parent, around, at - 1)
    case 'Return':
    case 'Yield':
    case 'Dict':
    case 'Set':
    case 'Raise':
    case 'Lambda':
    case 'Parameter': return 'escapes'
    case 'List':
    case 'Tuple': return isDeleted(around, at) ? 'deletes' : isTarget(parent, around, at - 1) ? 'binds' : isUnpacked(parent, around, at - 1) ? 'reads' : 'escapes'
    case 'Starred': return isTarget(parent, around, at - 1) ? 'binds' : 'reads'
    case 'BoolOp':
    case 'Await': return doneBy(parent, around, at - 1)
    case 'IfExp': return parent.test === node ? 'reads' : doneBy(parent, around, at - 1)
    case 'ImportAlias':
    case 'FunctionDef':
    case 'ClassDef': return 'reads'
    case 'Comprehension': return parent.elt === node || parent.value === node ? 'escapes' : 'reads'
    default: return 'reads'
  }
}

/** `X.name` of the object X. */
function doneToMember(member: Extract<Node, { kind: 'Attribute' }>, around: readonly Node[], at: number): UseKind {
  const parent = around[at]
  if (parent?.kind === 'Call' && parent.func === member) return GROWING.has(member.attr) ? 'grows' : SHRINKING.has(member.attr) ? 'shrinks' : 'reads'
  if (GROWING.has(member.attr) || SHRINKING.has(member.attr)) return 'escapes'
  const done = doneBy(member, around, at)
  return done === 'binds' ? 'grows' : done === 'deletes' ? 'shrinks' : 'reads'
}

/** `X[key]` of the object X. */
function doneToItem(item: Extract<Node, { kind: 'Subscript' }>, around: readonly Node[], at: number): UseKind {
  const parent = around[at]
  if (isDeleted(around, at)) return 'shrinks'
  if (parent?.kind === 'AugAssign' && parent.target === item) return 'grows'
  if (!isTarget(item, around, at)) return 'reads'
  return item.slice.kind === 'Slice' ? 'shrinks' : 'grows'
}

/** It is assigned to. */
function isTarget(node: Node, around: readonly Node[], at: number): boolean {
  const parent = around[at]
  switch (parent?.kind) {
    case 'Assign': return parent.value !== node
    case 'AnnAssign': return parent.target === node
    case 'For':
    case 'Generator':
    case 'WithItem': return parent.target === node
    case 'List':
    case 'Tuple':
    case 'Starred': return isTarget(parent, around, at - 1)
    default: return false
  }
}

/** `for x in a, b:`, `x in (a, b)`: nobody keeps the tuple. */
function isUnpacked(node: Node, around: readonly Node[], at: number): boolean {
  const parent = around[at]
  return (parent?.kind === 'For' && parent.iter === node) || parent?.kind === 'Compare' || parent?.kind === 'Subscript'
}

function doneByCall(argument: Node, around: readonly Node[], at: number): UseKind {
  const call = around[at]
  if (call?.kind === 'ClassDef') return 'reads'
  if (call?.kind !== 'Call') return 'escapes'
  const position = call.args.indexOf(argument as (typeof call.args)[number])
  if (call.func.kind === 'Name' && LOOKING.has(call.func.id)) return 'reads'
  // `getattr(x, name)`, `other.update(X)`: what is looked at.
  return call.func.kind === 'Name' && (call.func.id === 'getattr' || call.func.id === 'iter' || call.func.id === 'enumerate') && position === 0 ? 'reads' : 'escapes'
}
