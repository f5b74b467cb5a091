/** Where the variables and suites of a frame are: looked up for every variable, made once per frame, when it is first asked for. */
import type { Name, Node, Stmt } from '../syntax/ast.ts'
import { contains } from '../syntax/ancestors.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding, FlowGraph, SuiteInfo, Variable } from '../flow/graph.ts'
import type { Change } from './arrivals.ts'

export interface FrameIndex {
  readonly flow: FlowAnalysis
  /** The suites a statement holds; those of the frame itself under null. */
  readonly suites: ReadonlyMap<Stmt | null, readonly SuiteInfo[]>
  /** Every occurrence of a variable. */
  readonly names: ReadonlyMap<Variable, readonly Name[]>
  readonly bindings: ReadonlyMap<Variable, readonly Binding[]>
  readonly changes: ReadonlyMap<Variable, readonly Change[]>
}

export function indexFrame(flow: FlowAnalysis): FrameIndex {
  return new Index(flow)
}

class Index implements FrameIndex {
  readonly flow: FlowAnalysis
  private knownSuites: FrameIndex['suites'] | null = null
  private knownBindings: FrameIndex['bindings'] | null = null
  private occurrences: Pick<FrameIndex, 'names' | 'changes'> | null = null

  constructor(flow: FlowAnalysis) {
    this.flow = flow
  }

  get suites(): FrameIndex['suites'] { return this.knownSuites ??= grouped(this.flow.graph.suites, suite => suite.owner) }
  get bindings(): FrameIndex['bindings'] { return this.knownBindings ??= grouped(this.flow.graph.bindings, binding => binding.variable) }
  get names(): FrameIndex['names'] { return (this.occurrences ??= occurrencesIn(this.flow)).names }
  get changes(): FrameIndex['changes'] { return (this.occurrences ??= occurrencesIn(this.flow)).changes }
}

function occurrencesIn({ graph }: FlowAnalysis): Pick<FrameIndex, 'names' | 'changes'> {
  const names = new Map<Variable, Name[]>()
  const changes = new Map<Variable, Change[]>()
  for (const block of graph.blocks) {
    block.events.forEach((event, i) => {
      if (event.kind === 'bind') push(names, event.binding.variable, event.binding.name)
      else if (event.kind === 'use' || event.kind === 'delete') push(names, event.variable, event.node)
      if (event.kind === 'bind') push(changes, event.binding.variable, { block: block.id, index: i, binds: true })
      else if (event.kind === 'delete') push(changes, event.variable, { block: block.id, index: i, binds: false })
    })
  }
  return { names, changes }
}

function grouped<K, V>(items: readonly V[], keyOf: (item: V) => K): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>()
  for (const item of items) push(groups, keyOf(item), item)
  return groups
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** The innermost statement of the frame that the node is in. */
export function statementAround(node: Node, { suites }: FlowGraph): Stmt | null {
  const around = suites.flatMap(({ body }) => body.filter(stmt => contains(stmt, node)))
  return around.reduce<Stmt | null>((inner, stmt) => (inner === null || contains(inner, stmt) ? stmt : inner), null)
}
