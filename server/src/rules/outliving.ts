/** Where a frame hands an object to something that lives on: a return, a store, a container that grows in a loop. */
import type { Expr, Node } from '../syntax/ast.ts'
import type { Event, FlowGraph } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { keepingsOf } from '../values/mutations.ts'
import { OUTER, type Value } from '../values/value.ts'

export interface Outliving {
  /** What is handed over. */
  readonly expr: Expr
  /** The statement's or call's node; `Holder.since` of what holds the object from then on. */
  readonly node: Node
  /** For a person: `it is returned`. */
  readonly how: string
  readonly kind: 'return' | 'store' | 'collect'
}

export function outlivingsOf(graph: FlowGraph, e: Evaluator): readonly Outliving[] {
  const kept = new Map<Node, Value[]>()
  for (const { node, owner } of keepingsOf(graph, e)) kept.set(node, [...kept.get(node) ?? [], owner])
  const found: Outliving[] = []
  for (const { events, loops, reachable } of graph.blocks) {
    if (reachable) for (const event of events) found.push(...handedOverBy(event, loops.length > 0, kept))
  }
  return found
}

function handedOverBy(event: Event, isInLoop: boolean, kept: ReadonlyMap<Node, readonly Value[]>): readonly Outliving[] {
  switch (event.kind) {
    case 'return': {
      const { value } = event.node
      const exprs = value === null ? [] : value.kind === 'Tuple' ? value.elts : [value]
      return exprs.map(expr => ({ expr, node: event.node, how: 'it is returned', kind: 'return' }))
    }
    case 'store': {
      const { node, value, path } = event
      if (value === null || path.length > 0) return []
      const owners = kept.get(node) ?? []
      if (owners.some(isOutside)) return [{ expr: value, node, how: node.kind === 'Attribute' ? `it is stored in .${node.attr}` : 'it is stored in a container', kind: 'store' }]
      return isInLoop && owners.length > 0 ? [{ expr: value, node, how: 'a container collects one in every round', kind: 'collect' }] : []
    }
    case 'call': {
      const owners = kept.get(event.node)
      const [only, ...others] = event.node.args
      const { func } = event.node
      if (!owners || !only || only.form !== 'positional' || others.length > 0 || func.kind !== 'Attribute' || !COLLECTORS.has(func.attr)) return []
      if (isInLoop) return [{ expr: only.value, node: event.node, how: 'a container collects one in every round', kind: 'collect' }]
      return owners.some(isOutside) ? [{ expr: only.value, node: event.node, how: `it is passed to .${func.attr}()`, kind: 'store' }] : []
    }
    case 'operation': {
      const { node } = event
      return node.kind === 'Comprehension' && node.form === 'list' ? [{ expr: node.elt, node, how: 'the list collects one in every round', kind: 'collect' }] : []
    }
    default: return []
  }
}

/** Methods that keep what they are given, whatever the object is. Others of unknown objects may only use it. */
const COLLECTORS: ReadonlySet<string> = new Set(['append', 'appendleft', 'add', 'put', 'put_nowait'])

function isOutside({ links }: Value): boolean {
  return links.some(l => l.how !== 'keeps' && (l.site === OUTER || (typeof l.site === 'object' && 'variable' in l.site && l.site.kind === 'parameter')))
}
