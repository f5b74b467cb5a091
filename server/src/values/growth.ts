/** Containers that loops fill: how often, and what of what size is added. */
import type { Expr, Name } from '../syntax/ast.ts'
import type { Binding, Block, Loop } from '../flow/graph.ts'
import { additionsIn, type Addition } from './additions.ts'
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
  /** Who reads what decides that. */
  readonly readers: readonly string[] | undefined
  /** `d[key] = …`: adds to a dict, replaces in a list. */
  readonly keyed: boolean
  /** What is added is a part of one object that was there before the loop, `layers.append(self.head.weight)`: nothing comes into being but the slots. */
  readonly isPart: boolean
}

export function growthOf(binding: Binding, e: Evaluator): readonly Growth[] {
  const { flow } = e.context
  const found = additionsIn(flow).get(binding)
  if (!found) return []
  const home = flow.graph.blocks.find(b => b.events.some(v => v.kind === 'bind' && v.binding === binding))
  return e.beforeRound(binding, () => found.map(a => growth(a, home, e)), [])
}

function growth(addition: Addition, home: Block | undefined, e: Evaluator): Growth {
  const loops = addition.block.loops.filter(l => !home?.loops.some(h => h.head === l.head))
  if (addition.aggregates) return { times: ANY, inLoop: false, element: addition.element && e.ofExpr(addition.element), source: 'unknown', readers: undefined, keyed: true, isPart: false }
  const rounds = loops.map(l => roundsOf(l, e))
  const value = addition.element ? e.ofExpr(addition.element) : null
  const each = addition.spread ? value?.count ?? ANY : exactly(1)
  const times = rounds.reduce<Range>((n, r) => multiply(n, r.count), each)
  return {
    times: isSkippable(addition.block, loops, e.context.flow.graph.blocks) ? { low: 0, high: times.high } : times,
    inLoop: loops.length > 0,
    element: addition.spread ? value?.element ?? null : value,
    source: rounds.some(r => r.source === 'outside') || (addition.spread && value?.size.origin === 'outside') ? 'outside' : 'unknown',
    readers: rounds.find(r => r.source === 'outside')?.readers,
    keyed: addition.keyed,
    isPart: !addition.spread && addition.element !== null && isPartOfOne(addition.element, loops, e),
  }
}

/** `a.b.c`, where `a` is the same object in every round. */
function isPartOfOne(expr: Expr, loops: readonly Loop[], e: Evaluator): boolean {
  const root = expr.kind === 'Attribute' ? rootOf(expr) : null
  const [outermost] = loops
  if (root === null || !outermost) return false
  const { start, end } = outermost.node
  return e.context.flow.reaching(root).every(b => b.name.start < start || b.name.start >= end)
}

function rootOf(expr: Expr): Name | null {
  return expr.kind === 'Attribute' ? rootOf(expr.value) : expr.kind === 'Name' ? expr : null
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

function roundsOf(loop: Loop, e: Evaluator): Pick<Growth, 'source' | 'readers'> & { readonly count: Range } {
  const node = loop.node
  if (node.kind !== 'For' && node.kind !== 'Generator') return { count: ANY, source: 'unknown', readers: undefined }
  const iterable = e.ofExpr(node.iter)
  return { count: iterable.count ?? ANY, source: readsOutside(iterable) ? 'outside' : 'unknown', readers: contentSize(iterable).readers }
}

/** A file's lines, a cursor's rows: the number of elements is decided outside, not only the size of each. */
function readsOutside(value: Value): boolean {
  return contentSize(value).origin === 'outside' && value.element?.size.origin !== 'outside'
}

