/** Containers that loops fill: which calls and stores add to a container, how often, and what. */
import type { Expr, Name, Node } from '../syntax/ast.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { Binding, Block, Event, Loop, Variable } from '../flow/graph.ts'
import type { Evaluator } from './evaluate.ts'
import { ANY, exactly, multiply, type Range } from './range.ts'
import { contentSize, type SizeOrigin, type Value } from './value.ts'

export interface Growth {
  /** How often it runs for one life of the container. */
  readonly times: Range
  readonly inLoop: boolean
  readonly element: Value | null
  /** Where the number of rounds comes from. */
  readonly source: SizeOrigin
  /** `d[key] = …`: adds to a dict, replaces in a list. */
  readonly keyed: boolean
}

/** An operation that adds to the container a name holds. */
interface Addition {
  readonly target: Name
  readonly element: Expr | null
  /** Adds all elements of `element`, not the object itself. */
  readonly spread: boolean
  readonly keyed: boolean
  /** `totals[key] = totals.get(key, 0) + n`, `counts[key] += 1`: one entry per group, not per round. */
  readonly aggregates: boolean
  readonly block: Block
}

const ADD_ONE: ReadonlySet<string> = new Set(['append', 'add', 'appendleft', 'insert', 'setdefault'])
const ADD_ALL: ReadonlySet<string> = new Set(['extend', 'update', 'extendleft'])

const additions = new WeakMap<object, ReadonlyMap<Variable, readonly Addition[]>>()

export function growthOf(binding: Binding, e: Evaluator): readonly Growth[] {
  const { flow } = e.context
  const found = additionsOf(e).get(binding.variable) ?? []
  const home = flow.graph.blocks.find(b => b.events.some(v => v.kind === 'bind' && v.binding === binding))
  return found.filter(a => flow.reaching(a.target).includes(binding)).map(a => growth(a, home, e))
}

function growth(addition: Addition, home: Block | undefined, e: Evaluator): Growth {
  const loops = addition.block.loops.filter(l => !home?.loops.some(h => h.head === l.head))
  if (addition.aggregates) return { times: ANY, inLoop: false, element: addition.element && e.ofExpr(addition.element), source: 'unknown', keyed: true }
  const rounds = loops.map(l => roundsOf(l, e))
  const value = addition.element ? e.ofExpr(addition.element) : null
  const each = addition.spread ? value?.count ?? ANY : exactly(1)
  const times = rounds.reduce<Range>((n, r) => multiply(n, r.count), each)
  return {
    times: isSkippable(addition.block, loops, e.context.flow.graph.blocks) ? { low: 0, high: times.high } : times,
    inLoop: loops.length > 0,
    element: addition.spread ? value?.element ?? null : value,
    source: rounds.some(r => r.source === 'outside') || (addition.spread && value?.size.origin === 'outside') ? 'outside' : 'unknown',
    keyed: addition.keyed,
  }
}

/** Some round of the innermost loop goes around the block. */
function isSkippable(block: Block, loops: readonly Loop[], blocks: readonly Block[]): boolean {
  const head = loops.at(-1)?.head
  if (head === undefined || head === block.id) return false
  const seen = new Set<number>()
  const queue = [...blocks[head]!.successors]
  while (queue.length > 0) {
    const id = queue.pop()!
    if (id === head) return true
    if (id === block.id || seen.has(id) || !blocks[id]!.loops.some(l => l.head === head)) continue
    seen.add(id)
    queue.push(...blocks[id]!.successors)
  }
  return false
}

function roundsOf(loop: Loop, e: Evaluator): { count: Range; source: SizeOrigin } {
  const node = loop.node
  if (node.kind !== 'For' && node.kind !== 'Generator') return { count: ANY, source: 'unknown' }
  const iterable = e.ofExpr(node.iter)
  return { count: iterable.count ?? ANY, source: readsOutside(iterable) ? 'outside' : 'unknown' }
}

/** A file's lines, a cursor's rows: the number of elements is decided outside, not only the size of each. */
function readsOutside(value: Value): boolean {
  return contentSize(value).origin === 'outside' && value.element?.size.origin !== 'outside'
}

function additionsOf(e: Evaluator): ReadonlyMap<Variable, readonly Addition[]> {
  const graph = e.context.flow.graph
  const known = additions.get(graph)
  if (known) return known
  const found = new Map<Variable, Addition[]>()
  const variableOf = new Map<Name, Variable>()
  for (const block of graph.blocks) {
    for (const event of block.events) {
      if (event.kind === 'use') variableOf.set(event.node, event.variable)
      const addition = additionBy(event, block)
      const variable = addition && variableOf.get(addition.target)
      if (addition && variable) {
        const list = found.get(variable)
        if (list) list.push(addition)
        else found.set(variable, [addition])
      }
    }
  }
  additions.set(graph, found)
  return found
}

function additionBy(event: Event, block: Block): Addition | null {
  if (event.kind === 'call') {
    const { func, args } = event.node
    if (func.kind !== 'Attribute' || func.value.kind !== 'Name') return null
    if (ADD_ONE.has(func.attr)) return { ...plain(block), target: func.value, element: args.at(-1)?.value ?? null }
    if (ADD_ALL.has(func.attr)) return { ...plain(block), target: func.value, element: args[0]?.value ?? null, spread: true }
    return null
  }
  if (event.kind === 'store' && event.node.kind === 'Subscript' && event.node.value.kind === 'Name' && event.stmt.kind !== 'Delete') {
    const { value: target } = event.node
    return { ...plain(block), target, element: event.value, keyed: true, aggregates: event.value === null || mentions(event.value, target.id) }
  }
  if (event.kind === 'augment' && event.node.target.kind === 'Name' && event.node.op === '+') {
    return { ...plain(block), target: event.node.target, element: event.node.value, spread: true }
  }
  return null
}

function plain(block: Block): Pick<Addition, 'spread' | 'keyed' | 'aggregates' | 'block'> {
  return { spread: false, keyed: false, aggregates: false, block }
}

function mentions(node: Node, name: string): boolean {
  if (node.kind === 'Name') return node.id === name
  let found = false
  forEachChild(node, child => { found ||= mentions(child, name) })
  return found
}
