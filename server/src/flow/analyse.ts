/** Answers the queries of `analysis.ts` over one graph; what a query needs is computed when it is first asked. */
import type { Name, Node } from '../syntax/ast.ts'
import type { FlowAnalysis } from './analysis.ts'
import { BindingBits } from './binding-bits.ts'
import { edgesOf } from './edges.ts'
import type { Edges } from './edges.ts'
import type { Binding, FlowGraph, Point, Variable } from './graph.ts'
import { Liveness } from './liveness.ts'
import type { Occurrences } from './occurrences.ts'
import { findOccurrences, positionOf } from './occurrences.ts'
import { Passage, type Passing } from './passing.ts'
import { Reaching } from './reaching.ts'

const NONE: readonly Binding[] = []

export function analyse(graph: FlowGraph): FlowAnalysis {
  return new Analysis(graph)
}

class Analysis implements FlowAnalysis {
  readonly graph: FlowGraph
  private readonly lazy: { occurrences?: Occurrences; edges?: Edges; liveness?: Liveness; reaching?: Reaching } = {}
  /** Of names that were asked for: each is, about ten times. */
  private readonly reached = new Map<Name, readonly Binding[]>()
  /** By id of the binding. */
  private readonly uses: (readonly Name[] | undefined)[] = []
  /** By id of the binding, then by the node passed. */
  private readonly passages: (Map<Node, Passage> | undefined)[] = []

  constructor(graph: FlowGraph) {
    this.graph = graph
  }

  liveAt(point: Point, variable: Variable): boolean {
    return this.isLive(point, variable) || (point.copies?.some((place) => this.isLive(place, variable)) ?? false)
  }

  private isLive(place: Point, variable: Variable): boolean {
    return place.block < this.graph.reachable && this.liveness.liveAt(place.block, positionOf(this.occurrences, place), variable)
  }

  boundAt(point: Point, variable: Variable): 'yes' | 'no' | 'maybe' {
    const places = this.placesOf(point)
    if (places.length === 0) return 'maybe'
    const unbound = places.some((place) => this.bound.mayBeUnboundAt(place.block, positionOf(this.occurrences, place), variable))
    const bound = places.some((place) => this.bound.mayBeBoundAt(place.block, positionOf(this.occurrences, place), variable))
    if (variable.writtenInside || (bound && unbound)) return 'maybe'
    if (!unbound) return 'yes'
    return this.bindsUnseen(variable) ? 'maybe' : 'no'
  }

  /** Whether the name may be bound by something that is no binding of this frame. */
  private bindsUnseen(variable: Variable): boolean {
    return variable.storage === 'outer' || (this.graph.hasStarImport && variable.scope.kind !== 'comprehension')
  }

  reachingAt(point: Point, variable: Variable): readonly Binding[] {
    if (point.copies === undefined) return point.block < this.graph.reachable ? this.bound.bindingsAt(point.block, positionOf(this.occurrences, point), variable) : NONE
    const lists = this.placesOf(point).map((place) => this.bound.bindingsAt(place.block, positionOf(this.occurrences, place), variable))
    if (lists.length === 1) return lists[0]!
    return [...new Set(lists.flat())].sort((a, b) => a.id - b.id)
  }

  reaching(use: Name): readonly Binding[] {
    const known = this.reached.get(use)
    if (known !== undefined) return known
    const found = this.findReaching(use)
    this.reached.set(use, found)
    return found
  }

  private findReaching(use: Name): readonly Binding[] {
    const point = this.graph.pointOf(use)
    if (point === null) return NONE
    const event = this.graph.blocks[point.block]!.events[point.index]!
    return event.kind === 'use' ? this.reachingAt(point, event.variable) : NONE
  }

  usesOf(binding: Binding): readonly Name[] {
    return (this.uses[binding.id] ??= this.findUses(binding))
  }

  passedSince(binding: Binding, node: Node, point: Point): Passing {
    const start = this.graph.pointOf(binding.name)
    if (start === null) return 'always'
    const passages = this.passages[binding.id] ??= new Map()
    let passage = passages.get(node)
    if (passage === undefined) passages.set(node, passage = new Passage(this.graph, binding, start, node))
    return passage.at(point)
  }

  private findUses(binding: Binding): readonly Name[] {
    const names = this.bound.usesOf(binding).map((occurrence) => this.nameAt(occurrence))
    return this.graph.hasCopies ? [...new Set(names)] : names
  }

  private nameAt(occurrence: number): Name {
    const { block, position, starts } = this.occurrences
    const id = block[occurrence]!
    const event = this.graph.blocks[id]!.events[position[occurrence]! - starts[id]!]!
    if (event.kind !== 'use') throw new Error('the occurrence is no use')
    return event.node
  }

  private get occurrences(): Occurrences {
    return (this.lazy.occurrences ??= findOccurrences(this.graph))
  }

  private get edges(): Edges {
    return (this.lazy.edges ??= edgesOf(this.graph))
  }

  private get liveness(): Liveness {
    return (this.lazy.liveness ??= new Liveness(this.graph, this.occurrences, this.edges))
  }

  private get bound(): Reaching {
    return (this.lazy.reaching ??= new Reaching(this.graph, this.occurrences, this.edges, new BindingBits(this.graph)))
  }

  /** The reachable copies of a point. */
  private placesOf(point: Point): readonly Point[] {
    const places = point.copies === undefined ? [point] : [point, ...point.copies]
    return places.filter((place) => place.block < this.graph.reachable)
  }
}
