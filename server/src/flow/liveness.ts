/** Live variables (backward), 32 at a time: one bit each in an integer per block. */
import type { FlowGraph, Variable } from './graph.ts'
import type { Occurrences } from './occurrences.ts'
import { occurrenceFrom, SOFT_USE, USE } from './occurrences.ts'

export class Liveness {
  private readonly graph: FlowGraph
  private readonly occurrences: Occurrences
  /** For each group of 32 variables, those live at the start of each block. */
  private readonly groups: (Int32Array | undefined)[] = []

  constructor(graph: FlowGraph, occurrences: Occurrences) {
    this.graph = graph
    this.occurrences = occurrences
  }

  /** Whether the variable is live just before a position of the block. */
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
    if (blocks.length === 0) return false
    const group = variable.id >> 5
    const live = (this.groups[group] ??= this.solve(group))
    const bit = 1 << (variable.id & 31)
    return blocks.some((block) => (live[block]! & bit) !== 0)
  }

  private solve(group: number): Int32Array {
    const { blocks, reachable } = this.graph
    const { used, killed, passed } = this.transfer(group)
    const live = new Int32Array(blocks.length)
    for (let changed = true; changed;) {
      changed = false
      for (let id = reachable - 1; id >= 0; id--) {
        const { successors, handlers } = blocks[id]!
        let after = 0
        for (let k = 0; k < successors.length; k++) after |= live[successors[k]!]!
        let before = used[id]! | (after & ~killed[id]!)
        for (let k = 0; k < handlers.length; k++) before |= live[handlers[k]!]! & ~passed[id]!
        if (before === live[id]) continue
        live[id] = before
        changed = true
      }
    }
    return live
  }

  /**
   * Per block: `used` before anything else happens to them; `killed` (bound or deleted) somewhere; `passed`: killed before the first event
   * that may raise, so that an exception out of the block never carries the old value.
   */
  private transfer(group: number): { used: Int32Array; killed: Int32Array; passed: Int32Array } {
    const o = this.occurrences
    const count = this.graph.blocks.length
    const used = new Int32Array(count)
    const killed = new Int32Array(count)
    const passed = new Int32Array(count)
    const last = Math.min(group * 32 + 32, this.graph.variables.length)
    for (let variable = group * 32; variable < last; variable++) {
      const bit = 1 << (variable & 31)
      for (let i = o.first[variable]!; i < o.first[variable + 1]!; i++) {
        const block = o.block[i]!
        if ((killed[block]! & bit) !== 0) continue
        if (isUse(o.effect[i]!)) {
          used[block]! |= bit
        } else {
          killed[block]! |= bit
          if (o.raises[o.position[i]! + 1]! === o.raises[o.starts[block]!]!) passed[block]! |= bit
        }
      }
    }
    return { used, killed, passed }
  }
}

function isUse(effect: number): boolean {
  return effect === USE || effect === SOFT_USE
}
