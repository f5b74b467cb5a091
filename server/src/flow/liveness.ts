/** Live variables (backward), 32 at a time: one bit each in an integer per block. */
import type { Edges } from './edges.ts'
import type { FlowGraph, Variable } from './graph.ts'
import type { Occurrences } from './occurrences.ts'
import { occurrenceFrom, SOFT_USE, USE } from './occurrences.ts'
import { Solved } from './solved.ts'
import { sweep } from './sweeps.ts'

/** What a block does with the variables of one group. */
interface Transfer {
  /** Read before anything else happens to them. */
  readonly used: Int32Array
  /** Bound or deleted somewhere. */
  readonly killed: Int32Array
  /** Killed before the first event that may raise: an exception out of the block never carries the old value. */
  readonly passed: Int32Array
}

export class Liveness {
  private readonly graph: FlowGraph
  private readonly occurrences: Occurrences
  private readonly edges: Edges
  /** For each group of 32 variables, those live at the start of each reachable block. */
  private readonly groups: Solved

  constructor(graph: FlowGraph, occurrences: Occurrences, edges: Edges) {
    this.graph = graph
    this.occurrences = occurrences
    this.edges = edges
    this.groups = new Solved(edges.count, (group) => this.solve(group))
  }

  /** Whether the variable is live just before a position of a reachable block. */
  liveAt(block: number, position: number, variable: Variable): boolean {
    const o = this.occurrences
    const end = o.starts[block + 1]!
    const next = occurrenceFrom(o, variable.id, position)
    const found = next < o.first[variable.id + 1]! && o.position[next]! < end
    if (found && isUse(o.effect[next]!)) return true
    const last = found ? o.position[next]! + 1 : end
    const { handlers, successors } = this.graph.blocks[block]!
    if (o.raises[last]! > o.raises[position]! && this.liveAtAny(handlers, variable)) return true
    return !found && this.liveAtAny(successors, variable)
  }

  private liveAtAny(blocks: readonly number[], variable: Variable): boolean {
    const { exit, raised } = this.graph
    const bit = 1 << (variable.id & 31)
    return blocks.some((block) => block !== exit && block !== raised && (this.groups.get(variable.id >> 5)[block]! & bit) !== 0)
  }

  private solve(group: number): Int32Array {
    const { count, first, successors, handler } = this.edges
    const { used, killed, passed } = this.transfer(group)
    const live = new Int32Array(count)
    sweep(count, false, (block) => {
      let after = 0
      for (let k = first[block]!; k < first[block + 1]!; k++) after |= live[successors[k]!]!
      let before = used[block]! | (after & ~killed[block]!)
      if (handler[block]! >= 0) before |= live[handler[block]!]! & ~passed[block]!
      if (before === live[block]) return false
      live[block] = before
      return true
    })
    return live
  }

  private transfer(group: number): Transfer {
    const o = this.occurrences
    const count = this.graph.blocks.length
    const transfer = { used: new Int32Array(count), killed: new Int32Array(count), passed: new Int32Array(count) }
    const last = Math.min(group * 32 + 32, this.graph.variables.length)
    for (let variable = group * 32; variable < last; variable++) {
      for (let i = o.first[variable]!; i < o.first[variable + 1]!; i++) addOccurrence(transfer, o, i, 1 << (variable & 31))
    }
    return transfer
  }
}

/** Occurrences come in the order of their positions. */
function addOccurrence({ used, killed, passed }: Transfer, o: Occurrences, occurrence: number, bit: number): void {
  const block = o.block[occurrence]!
  if ((killed[block]! & bit) !== 0) return
  if (isUse(o.effect[occurrence]!)) {
    used[block]! |= bit
  } else {
    killed[block]! |= bit
    if (o.raises[o.position[occurrence]! + 1]! === o.raises[o.starts[block]!]!) passed[block]! |= bit
  }
}

function isUse(effect: number): boolean {
  return effect === USE || effect === SOFT_USE
}
