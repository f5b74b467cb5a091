/** Where a frame hands an object to something that lives on: a return, a store, a container that grows in a loop. */
import type { Expr, Node } from '../syntax/ast.ts'
import { fromEvents } from '../flow/events.ts'
import type { Event, FlowGraph } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { keepingsOf } from '../values/mutations.ts'
import { OUTER, type Value } from '../values/value.ts'
import { perObject } from '../text/on-demand.ts'

export interface Outliving {
  /** What is handed over. */
  readonly expr: Expr
  /** The statement's or call's node; `Holder.since` of what holds the object from then on. */
  readonly node: Node
  /** For a person: `it is returned`. */
  readonly how: string
  readonly kind: 'return' | 'store' | 'collect'
}

/** Everything that the frame hands over so, and how. What keeps it is asked for only where something is handed over that is `wanted`. */
export function outlivingsOf(graph: FlowGraph, e: Evaluator, isWanted: (expr: Expr) => boolean): readonly Outliving[] {
  const offered = offersOf(graph)
  if (!offered.some(offer => isWanted(offer.expr))) return []
  const kept = new Map<Node, Value[]>()
  for (const { node, owner } of keepingsOf(graph, e)) kept.set(node, [...kept.get(node) ?? [], owner])
  return offered.flatMap(offer => handedOver(offer, kept.get(offer.node) ?? []) ?? [])
}

/** What may be handed over, told by the text. */
interface Offer {
  readonly expr: Expr
  readonly node: Node
  readonly event: Event
  readonly isInLoop: boolean
}

const offersOf = perObject((graph: FlowGraph): readonly Offer[] => fromEvents(graph, (event, block) => offeredBy(event, block.loops.length > 0)))

function offeredBy(event: Event, isInLoop: boolean): readonly Offer[] {
  switch (event.kind) {
    case 'return': {
      const { value } = event.node
      const exprs = value === null ? [] : value.kind === 'Tuple' ? value.elts : [value]
      return exprs.map(expr => ({ expr, node: event.node, event, isInLoop }))
    }
    case 'store': return event.value === null || event.path.length > 0 ? [] : [{ expr: event.value, node: event.node, event, isInLoop }]
    case 'call': {
      const { args: [only, ...others], func } = event.node
      const isOffered = only?.form === 'positional' && others.length === 0 && func.kind === 'Attribute' && COLLECTORS.has(func.attr)
      return isOffered ? [{ expr: only.value, node: event.node, event, isInLoop }] : []
    }
    case 'operation': return event.node.kind === 'Comprehension' && event.node.form === 'list' ? [{ expr: event.node.elt, node: event.node, event, isInLoop }] : []
    default: return []
  }
}

/** `owners`: the objects that the node makes keep something. Null: nothing that lives on. */
function handedOver({ expr, node, event, isInLoop }: Offer, owners: readonly Value[]): Outliving | null {
  switch (event.kind) {
    case 'return': return { expr, node, how: 'it is returned', kind: 'return' }
    case 'store':
      if (owners.some(isOutside)) return { expr, node, how: node.kind === 'Attribute' ? `it is stored in .${node.attr}` : 'it is stored in a container', kind: 'store' }
      return isInLoop && owners.length > 0 ? { expr, node, how: 'a container collects one in every round', kind: 'collect' } : null
    case 'call':
      if (owners.length === 0) return null
      if (isInLoop) return { expr, node, how: 'a container collects one in every round', kind: 'collect' }
      return owners.some(isOutside) && event.node.func.kind === 'Attribute' ? { expr, node, how: `it is passed to .${event.node.func.attr}()`, kind: 'store' } : null
    default: return { expr, node, how: 'the list collects one in every round', kind: 'collect' }
  }
}

/** Methods that keep what they are given, whatever the object is. Others of unknown objects may only use it. */
const COLLECTORS: ReadonlySet<string> = new Set(['append', 'appendleft', 'add', 'put', 'put_nowait', 'set_exception'])

function isOutside({ links }: Value): boolean {
  return links.some(l => l.how !== 'keeps' && (l.site === OUTER || (typeof l.site === 'object' && 'variable' in l.site && l.site.kind === 'parameter')))
}
