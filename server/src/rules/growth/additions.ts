/** What makes a container larger, and what lets go of its entries. */
import type { Expr, Stmt } from '../../syntax/ast.ts'
import { isNeverRun } from '../../syntax/truth.ts'
import type { Use } from '../../semantic/uses/use.ts'
import type { ModuleFacts } from '../../values/module-facts.ts'
import { mentionsContainer } from './asked-first.ts'
import { collectionOf } from './collections.ts'
import type { Subject } from './subjects.ts'
import { walk } from './walk.ts'

/** Takes something out, or lets go of all of it. */
export function isRelease(use: Use): boolean {
  if (use.place.atImport || use.depth === 1) return false
  return use.deed === 'shrink' || use.deed === 'delete' || (use.deed === 'bind' && !isFirstBinding(use))
}

/** `if x is None: x = {}`, `if not x: x = {}`. */
function isFirstBinding({ name, around, act }: Use): boolean {
  const isIt = (e: Expr): boolean => (e.kind === 'Name' && e.id === name) || (e.kind === 'Attribute' && e.attr === name)
  return around.some(s => {
    if (s.kind !== 'If' || !s.body.some(b => act.start >= b.start && act.end <= b.end)) return false
    return (s.test.kind === 'UnaryOp' && s.test.op === 'not' && isIt(s.test.operand)) || (s.test.kind === 'Compare' && isIt(s.test.left) && s.test.ops[0] === 'is')
  })
}

/** Whoever asks a `defaultdict` for what it does not have puts it in; null: it is asked first whether it is there, or is no such dict, or a table with an answer for all else. */
export function makingItem(use: Use, { kind, value }: Subject): Use | null {
  const { act, deed, depth, node, around, name } = use
  if (kind !== 'defaultdict' || isTable(value) || deed !== 'read' || depth !== 0 || act.kind !== 'Subscript' || act.value !== node || isNeverRun(act, around)) return null
  const looksFirst = around.some(s => {
    if (s.kind === 'If' || s.kind === 'While') return mentionsContainer(s.test, name)
    return s.kind === 'For' ? mentionsContainer(s.iter, name) : s === around.at(-1) && isAskedIn(s, name)
  })
  return looksFirst ? null : { ...use, deed: 'grow', growth: { how: '[…]', key: act.slice, value: null, all: false } }
}

/** `defaultdict(lambda: other, {"a": first, "b": second})`: what may be asked for is written down. */
function isTable(value: Expr): boolean {
  const given = value.kind === 'Call' ? value.args[1]?.value : undefined
  return given?.kind === 'Dict' && given.keys.length > 0
}

/** `x[k] if k in x else …` */
function isAskedIn(stmt: Stmt, name: string): boolean {
  let found = false
  walk(stmt, n => { found ||= n.kind === 'Compare' && n.ops.some(op => op === 'in' || op === 'not in') && n.comparators.some(c => mentionsContainer(c, name)) })
  return found
}

/** The operation makes the container, or what is in it, larger. */
export function adds({ growth, depth }: Use, subject: Subject, own: readonly Use[], facts: ModuleFacts): boolean {
  if (growth === null) return false
  const { how, value } = growth
  if (depth === 0) {
    if (how === '[…] =') return subject.kind !== 'list' && subject.kind !== 'deque'
    if (how.startsWith('[…]')) return subject.kind === 'defaultdict' || subject.kind === 'Counter'
    if (how === 'update') return value !== null
    return how !== 'push'
  }
  if (!holdsContainers(subject, own, facts) || how === '[…] =' || how.startsWith('[…]')) return false
  if (how === '+=' && value !== null && collectionOf(value, facts) === null) return false
  return !own.some(u => !u.place.atImport && ((u.depth === 1 && u.deed === 'shrink') || isReset(u, facts)))
}

/** `x[k] = []` where that is done again and again. */
function isReset({ growth, depth, around, name }: Use, facts: ModuleFacts): boolean {
  if (depth !== 0 || growth?.how !== '[…] =' || growth.value === null || collectionOf(growth.value, facts) === null) return false
  const isNew = around.some(s => s.kind === 'If' && s.test.kind === 'Compare' && s.test.ops[0] === 'not in') || around.some(s => s.kind === 'Try') || growth.value.kind === 'List' && growth.value.elts.length > 0
  return !isNew && name !== ''
}

/** The elements are seen to be containers. */
function holdsContainers({ kind, value }: Subject, own: readonly Use[], facts: ModuleFacts): boolean {
  if (kind === 'defaultdict') {
    const factory = value.kind === 'Call' ? value.args[0]?.value : undefined
    return factory?.kind === 'Name' && ['list', 'set', 'dict', 'deque'].includes(factory.id)
  }
  const made = [...(value.kind === 'Dict' ? value.values : []), ...own.flatMap(u => (u.depth === 0 && u.growth?.value ? [u.growth.value] : []))]
  return made.some(v => collectionOf(v, facts) !== null)
}
