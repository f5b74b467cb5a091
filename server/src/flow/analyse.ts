/** Answers the queries of `analysis.ts` over one graph; what a query needs is computed when it is first asked. */
import type { Name } from '../syntax/ast.ts'
import type { FlowAnalysis } from './analysis.ts'
import type { Binding, FlowGraph, Point, Variable } from './graph.ts'
import { Liveness } from './liveness.ts'
import type { Occurrences } from './occurrences.ts'
import { findOccurrences, positionOf, SOFT_USE, USE } from './occurrences.ts'
import type { State } from './reaching.ts'
import { Reaching } from './reaching.ts'

export function analyse(graph: FlowGraph): FlowAnalysis {
  return new Analysis(graph)
}

class Analysis implements FlowAnalysis {
  readonly graph: FlowGraph
  private found: Occurrences | undefined
  private live: Liveness | undefined
  private reach: Reaching | undefined
  private readonly uses: (ReadonlyMap<Binding, readonly Name[]> | undefined)[] = []

  constructor(graph: FlowGraph) {
    this.graph = graph
  }

  liveAt(point: Point, variable: Variable): boolean {
    this.live ??= new Liveness(this.graph, this.occurrences)
    for (const place of placesOf(point)) {
      if (this.live.liveAt(place.block, positionOf(this.occurrences, place), variable)) return true
    }
    return false
  }

  boundAt(point: Point, variable: Variable): 'yes' | 'no' | 'maybe' {
    const states = placesOf(point).map((place) => this.stateAt(place, variable))
    const bound = states.some((state) => state.bindings.length > 0)
    const unbound = states.some((state) => state.unbound)
    if (variable.writtenInside || (bound && unbound)) return 'maybe'
    if (!unbound) return 'yes'
    return this.bindsUnseen(variable) ? 'maybe' : 'no'
  }

  /** Whether the name may be bound by something that is no binding of this frame. */
  private bindsUnseen(variable: Variable): boolean {
    return variable.storage === 'outer' || (this.graph.hasStarImport && variable.scope.kind !== 'comprehension')
  }

  reachingAt(point: Point, variable: Variable): readonly Binding[] {
    const places = placesOf(point)
    if (places.length === 1) return this.stateAt(point, variable).bindings
    const joined = new Set(places.flatMap((place) => this.stateAt(place, variable).bindings))
    return [...joined].sort((a, b) => a.id - b.id)
  }

  reaching(use: Name): readonly Binding[] {
    const point = this.graph.pointOf(use)
    if (point === null) return []
    const event = this.graph.blocks[point.block]!.events[point.index]!
    return event.kind === 'use' ? this.reachingAt(point, event.variable) : []
  }

  usesOf(binding: Binding): readonly Name[] {
    const { id } = binding.variable
    this.uses[id] ??= this.usesByBinding(binding.variable)
    return this.uses[id].get(binding) ?? []
  }

  private usesByBinding(variable: Variable): ReadonlyMap<Binding, readonly Name[]> {
    const o = this.occurrences
    const uses = new Map<Binding, Set<Name>>()
    for (let i = o.first[variable.id]!; i < o.first[variable.id + 1]!; i++) {
      const block = this.graph.blocks[o.block[i]!]!
      if (!block.reachable || (o.effect[i] !== USE && o.effect[i] !== SOFT_USE)) continue
      const index = o.position[i]! - o.starts[block.id]!
      const event = block.events[index]!
      if (event.kind !== 'use') continue
      for (const binding of this.stateAt({ block: block.id, index }, variable).bindings) {
        uses.set(binding, (uses.get(binding) ?? new Set()).add(event.node))
      }
    }
    return new Map([...uses].map(([binding, names]) => [binding, [...names]]))
  }

  private stateAt(place: Point, variable: Variable): State {
    this.reach ??= new Reaching(this.graph, this.occurrences)
    return this.reach.stateAt(place.block, positionOf(this.occurrences, place), variable)
  }

  private get occurrences(): Occurrences {
    return (this.found ??= findOccurrences(this.graph))
  }
}

function placesOf(point: Point): readonly Point[] {
  return point.copies === undefined ? [point] : [point, ...point.copies]
}
