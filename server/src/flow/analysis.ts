/** What the analyses over a `FlowGraph` answer. Created by `analyse(graph)`; all answers are for reachable points. */
import type { Name } from '../syntax/ast.ts'
import type { Binding, FlowGraph, Point, Variable } from './graph.ts'

export interface FlowAnalysis {
  readonly graph: FlowGraph
  /** Some path from here reads the variable before it is rebound or deleted. Reads by closures are not counted (see `Variable.storage`). */
  liveAt(point: Point, variable: Variable): boolean
  /** `yes`: bound on every path to here; `no`: on none; `maybe` otherwise. */
  boundAt(point: Point, variable: Variable): 'yes' | 'no' | 'maybe'
  /** Bindings of the variable that may be the current one here. */
  reachingAt(point: Point, variable: Variable): readonly Binding[]
  /** Bindings a use may read, in source order of creation; empty when unreachable or never bound here. */
  reaching(use: Name): readonly Binding[]
  /** Uses that may read the binding. */
  usesOf(binding: Binding): readonly Name[]
}
