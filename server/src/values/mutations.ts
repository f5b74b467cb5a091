/**
 * What statements make objects keep: stores into attributes and items, calls that keep their arguments, closures,
 * yields. Each is an edge "owner keeps kept" between values.
 */
import type { AugAssign, Call, Expr, Node, Raise } from '../syntax/ast.ts'
import type { ValueKind } from '../models/model.ts'
import { fromEvents } from '../flow/events.ts'
import type { Event, FlowGraph } from '../flow/graph.ts'
import { lookup } from './arguments.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { kindOf } from './parts.ts'
import { matches } from './results.ts'
import { selfOf } from './self.ts'
import { argumentsFor, givenToKeep } from './summary-arguments.ts'
import { holdsWhatItGives, makeValue, OUTER, type Value } from './value.ts'

export interface Keeping {
  readonly owner: Value
  readonly kept: Value
  readonly certain: boolean
  readonly node: Node
  /** For a person: `stored in self.rows`, `appended to out`, `yielded`. */
  readonly how: string
}

/** Something that exists before and after the frame. */
const OUTSIDE: Value = makeValue({ links: [{ site: OUTER, how: 'is', certain: true }] })

/** All that the events of a frame make objects keep. */
export function keepingsOf(graph: FlowGraph, e: Evaluator): readonly Keeping[] {
  return fromEvents(graph, event => keepingsBy(event, e))
}

function keepingsBy(event: Event, e: Evaluator): readonly Keeping[] {
  switch (event.kind) {
    case 'store': return event.value === null ? [] : storeKeeps(event.node, event.value, e)
    case 'call': return callKeeps(event.node, e)
    case 'augment': return augmentKeeps(event.node, e)
    case 'raise': return raiseKeeps(event.node, e)
    case 'suspend': {
      const node = event.node
      return node.kind === 'Yield' && node.value ? [{ owner: OUTSIDE, kept: e.ofExpr(node.value), certain: false, node, how: 'yielded to the consumer, who may still hold it' }] : []
    }
    case 'bind': {
      const { binding } = event
      // Names bound in a class body become attributes of the class.
      const outlives = binding.variable.storage === 'outer' || binding.variable.scope.kind === 'class'
      const decorator = !outlives && binding.node.kind === 'FunctionDef' ? binding.node.header.decorators[0] : undefined
      if (decorator) return [{ owner: OUTSIDE, kept: e.ofBinding(binding), certain: false, node: decorator, how: 'given to a decorator, which may have it still' }]
      return outlives ? [{ owner: OUTSIDE, kept: e.ofBinding(binding), certain: true, node: binding.name, how: `bound to ${binding.variable.name}, which outlives the function` }] : []
    }
    default: return []
  }
}

/** An exception has what it is made of, while handlers and `finally` bodies run (fact 78). */
function raiseKeeps(node: Raise, e: Evaluator): readonly Keeping[] {
  return [node.exc, node.cause].flatMap(expr => (expr?.kind === 'Call' ? expr.args : [])).map(arg => (
    { owner: OUTSIDE, kept: e.ofExpr(arg.value), certain: false, node, how: 'given to an exception that is raised' }
  ))
}

/** Arrays, frames and tensors copy what is stored into their items; lists, dicts and objects keep it. */
function storeKeeps(target: Expr, value: Expr, e: Evaluator): readonly Keeping[] {
  if (target.kind !== 'Attribute' && target.kind !== 'Subscript') return []
  const kept = e.ofExpr(value)
  if (kept.links.length === 0) return []
  const owner = e.ofExpr(target.value)
  const kind = kindOf(owner.type, e.context)
  if (target.kind === 'Subscript' && kind !== null && COPYING.has(kind)) return []
  const certain = target.kind === 'Attribute' || kind !== null
  return [{ owner, kept, certain, node: target, how: target.kind === 'Attribute' ? `stored in an attribute (.${target.attr})` : 'stored in a container' }]
}

/** `rows += [row]` extends the list that is there (fact 39). */
function augmentKeeps({ target, op, value }: AugAssign, e: Evaluator): readonly Keeping[] {
  const [owner, added] = [e.ofExpr(target), e.ofExpr(value)]
  const [kind, kindAdded] = [owner, added].map(v => kindOf(v.type, e.context)) as [ValueKind | null, ValueKind | null]
  if (op !== (kind === 'set' || kind === 'dict' ? '|' : '+') || (kind !== null && !GROWING.has(kind))) return []
  // Of an unknown object: where what is added is of such a kind, too.
  if (kind === null && (kindAdded === null || !GROWING.has(kindAdded))) return []
  return [{ owner, kept: elementsOf(added), certain: kind !== null, node: target, how: 'added to a container' }]
}

const GROWING: ReadonlySet<ValueKind> = new Set<ValueKind>(['list', 'deque', 'set', 'dict'])

const COPYING = new Set(['array', 'frame', 'series', 'tensor', 'sparse', 'bytearray', 'image', 'handle', 'table'])

/** Methods of objects of unknown type that by their name add what they are given. */
const ADDERS: ReadonlySet<string> = new Set([
  'append', 'appendleft', 'add', 'extend', 'insert', 'put', 'put_nowait', 'push', 'register', 'setdefault', 'update', 'send', 'submit', 'subscribe', 'connect', 'attach',
])

function callKeeps(call: Call, e: Evaluator): readonly Keeping[] {
  if (call.args.length === 0) return []
  const callee = resolveCallee(call, e)
  switch (callee.kind) {
    case 'model': {
      const args = lookup(call, callee.model.params ?? [], callee.self, e)
      return (callee.model.keeps ?? []).flatMap(keep => {
        if (keep.by === 'result' || (keep.where && !matches(keep.where, args))) return []
        const owners = keep.by === 'process' ? [OUTSIDE] : keep.by === 'self' ? (callee.self ? [callee.self] : []) : args(keep.by.arg)
        return owners.flatMap(owner => args(keep.arg).map(kept => ({ owner, kept: keep.elements ? elementsOf(kept) : kept, certain: true, node: call, how: `kept by ${callee.name}()` })))
      })
    }
    case 'function': {
      const { summary } = callee
      if (!summary) return []
      return summary.kept.flatMap(k => {
        const owners = k.by === null ? [OUTSIDE] : argumentsFor(call, summary, k.by, callee.self, e)
        return givenToKeep(call, summary, k, callee.self, e).flatMap(({ value, certain }) => owners.map(owner => ({ owner, kept: value, certain, node: call, how: `kept by ${summary.name}()` })))
      })
    }
    case 'class': return []
    case 'unknown': return unknownKeeps(call, callee.name, callee.self, e)
  }
}

function unknownKeeps(call: Call, name: string | null, self: Value | null, e: Evaluator): readonly Keeping[] {
  const args = call.args.map(a => e.ofExpr(a.value))
  if (self !== null && name !== null && ADDERS.has(name)) return args.flatMap(kept => {
    const added = { owner: self, kept, certain: true, node: call, how: `passed to .${name}()` }
    // Who gave it, if that is not known, may have it still.
    return isOfUnknown(call, e) ? [added, { ...added, owner: OUTSIDE, certain: false }] : [added]
  })
  const taker = takerOf(call, self, e)
  if (taker !== null) return args.map(kept => ({ owner: taker, kept, certain: false, node: call, how: `passed to .${name}()` }))
  // A callback is given to be called later, a model to be run by the object that gets it.
  const callbacks = args.filter(a => a.type === 'function' || a.type === 'functools.partial')
  const models = self === null ? [] : args.filter(a => kindOf(a.type, e.context) === 'model')
  return [
    ...callbacks.map(kept => ({ owner: OUTSIDE, kept, certain: false, node: call, how: 'in a callback that was passed on' })),
    ...models.map(kept => ({ owner: self!, kept, certain: false, node: call, how: `passed to .${name}()` })),
  ]
}

/** `self.builder().add(x)`: called on what a function gave of which nothing is known. */
function isOfUnknown({ func }: Call, e: Evaluator): boolean {
  return func.kind === 'Attribute' && func.value.kind === 'Call' && resolveCallee(func.value, e).kind === 'unknown'
}

/** The object that by the name of its method takes in what it is given, or whose base class nobody knows is given it; null: none. */
function takerOf({ func }: Call, self: Value | null, e: Evaluator): Value | null {
  if (func.kind !== 'Attribute') return null
  const isOfBase = func.value.kind === 'Call' && func.value.func.kind === 'Name' && func.value.func.id === 'super'
  if (isOfBase) return selfOf(e)
  return TAKING_IN.test(func.attr) ? self ?? e.ofExpr(func.value) : null
}

/** `set_text`, `addRow`, `register_modules`, `unreadline`: `set` and `add` with what is set or added, and putting back. */
const TAKING_IN = /^set$|^(set|add|put|push|store|insert|append|mount|include)(_|[A-Z])|^(register|attach|subscribe|enqueue|install)(_|[A-Z]|$)|^enter_(async_)?context$|^un(read|get)/

/** Not the container but all that it holds. */
function elementsOf(container: Value): Value {
  const isSure = holdsWhatItGives(container)
  return { ...container, links: container.links.map(l => (l.how === 'is' ? { ...l, how: 'part' as const, share: 'all' as const, certain: l.certain && isSure } : l)) }
}
