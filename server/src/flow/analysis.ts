/**
 * What the analyses over a `FlowGraph` answer. Created by `analyse(graph)`. All answers join over the copies of a point and are about reachable
 * ones; of others nothing is known: not live, `maybe` bound, no bindings.
 */
import type { Name, Node } from '../syntax/ast.ts'
import type { Binding, FlowGraph, Point, Variable } from './graph.ts'
import type { Passing } from './passing.ts'

export interface FlowAnalysis {
  readonly graph: FlowGraph
  /** Some path from here reads the variable before it is rebound or deleted. Reads by closures are not counted (see `Variable.storage`). */
  liveAt(point: Point, variable: Variable): boolean
  /**
   * `yes`: bound on every path to here; `no`: on none; `maybe` otherwise, and where code outside the frame's own may bind or delete it
   * (`Variable.writtenInside`, storage `outer`, star imports).
   */
  boundAt(point: Point, variable: Variable): 'yes' | 'no' | 'maybe'
  /** Bindings of the variable in this frame that may be the current one here, in order of creation. */
  reachingAt(point: Point, variable: Variable): readonly Binding[]
  /** Bindings a use may read, in source order of creation; empty when unreachable or never bound here. */
  reaching(use: Name): readonly Binding[]
  /** Uses that may read the binding. */
  usesOf(binding: Binding): readonly Name[]
  /** Whether control that gets from the binding to the point, its variable neither bound anew nor deleted on the way, has passed the event of a node. */
  passedSince(binding: Binding, node: Node, point: Point): Passing
}
