/** How many entries a container can get: one for each key, only so many of these, or another at every call. */
import type { Expr, FunctionDef } from '../../syntax/ast.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { Questions } from '../kept.ts'
import { isAskedFirst, mentionsContainer } from './asked-first.ts'
import { areClosedItems, isClosedKey, isClosedSource, type KeyPlace } from './keys.ts'
import type { Subject } from './subjects.ts'
import { localValue } from './walk.ts'

/** There are only so many keys, or so many things to be kept. */
export function isClosed(use: Use, subject: Subject, { uses, facts, workspace }: Questions): boolean {
  const { growth, place, around, name } = use
  const { key, value, all } = growth!
  const at: KeyPlace = { functions: place.functions, cls: place.cls, around, facts, uses, workspace }
  const closed = (expr: Expr): boolean => isClosedKey(expr, at)
  if (all && value !== null) return areClosedItems(value, closed)
  if (value !== null && isModule(value, place.functions)) return true
  if (isKeyed(use, subject)) return (key !== null && closed(key)) || around.some(s => s.kind === 'For' && isClosedSource(s.iter, facts))
  // `if v not in x: x.append(v)` adds each value once.
  const looksFirst = around.some(s => s.kind === 'If' && mentionsContainer(s.test, name))
  return value !== null && looksFirst && closed(value)
}

/** Modules are never more than the program has. */
function isModule(expr: Expr, functions: readonly FunctionDef[]): boolean {
  const def = functions.at(-1)
  const local = expr.kind === 'Name' && def ? localValue(expr.id, def) : null
  if (local && !local.isElement) return isModule(local.expr, [])
  const head = expr.kind === 'Subscript' ? expr.value : expr.kind === 'Call' ? expr.func : null
  return (head?.kind === 'Attribute' && (head.attr === 'modules' || head.attr === 'import_module')) || (head?.kind === 'Name' && (head.id === 'import_module' || head.id === '__import__'))
}

/** Equal keys are one entry. */
export function isKeyed({ growth, depth }: Use, { kind }: Subject): boolean {
  return depth === 0 ? !isSequence(kind) : growth?.how === 'add' || growth?.how === 'setdefault'
}

function isSequence(kind: Subject['kind']): boolean {
  return kind === 'list' || kind === 'deque' || kind === 'queue'
}

/** Not held back by a test of what is there already. */
export function isEveryCall(use: Use, { kind }: Subject): boolean {
  const { growth, depth } = use
  if (growth === null || (depth === 0 && !isSequence(kind)) || growth.how === 'setdefault' || growth.how === 'add') return false
  return !isAskedFirst(use)
}
