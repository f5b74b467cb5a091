/**
 * Reaching bindings (forward). Each variable has one bit per binding and one for "unbound", which holds at entry and after each
 * deletion; bits are packed into 32-bit words and each word is solved when first asked for.
 *
 * Two facts make the answers sharper: a read of an unbound local raises, so after a read it is bound (CPython's compiler relies on
 * this for LOAD_FAST since 3.12); and such a read or a `del` raises only where the name is unbound, so that is all its exception carries.
 */
import type { Binding, FlowGraph, Variable } from './graph.ts'
import type { Occurrences } from './occurrences.ts'
import { DELETE, IMPLICIT_DELETE, occurrenceFrom, SOFT_USE, USE } from './occurrences.ts'

/** What may be the state of a variable at a place. */
export interface State {
  readonly unbound: boolean
  /** In order of creation. */
  readonly bindings: readonly Binding[]
}

interface Word {
  /** Per block: the bits that may hold at its start. */
  readonly entry: Int32Array
}

/** What a block does with the bits of one word. */
interface Transfer {
  readonly killed: Int32Array
  readonly made: Int32Array
  /** Bits that hold at the start and still hold where some event raises. */
  readonly kept: Int32Array
  /** Bits made in the block that hold where some event raises. */
  readonly thrown: Int32Array
}

const UNBOUND: State = { unbound: true, bindings: [] }

export class Reaching {
  private readonly graph: FlowGraph
  private readonly occurrences: Occurrences
  private readonly bindingsOf: readonly (readonly Binding[])[]
  /** Per variable: its first bit, that of "unbound"; bit i+1 is its binding i. Variables do not share words needlessly. */
  private readonly firstBit: Int32Array
  private readonly words: (Word | undefined)[] = []

  constructor(graph: FlowGraph, occurrences: Occurrences) {
    this.graph = graph
    this.occurrences = occurrences
    const lists: Binding[][] = graph.variables.map(() => [])
    for (const binding of graph.bindings) lists[binding.variable.id]!.push(binding)
    this.bindingsOf = lists
    this.firstBit = layOut(lists)
  }

  /** The state just before a position of the block. */
  stateAt(block: number, position: number, variable: Variable): State {
    const o = this.occurrences
    let read = false
    for (let i = occurrenceFrom(o, variable.id, position) - 1; i >= o.first[variable.id]! && o.position[i]! >= o.starts[block]!; i--) {
      const effect = o.effect[i]!
      if (effect >= 0) return { unbound: false, bindings: [this.graph.bindings[effect]!] }
      if (effect === DELETE || effect === IMPLICIT_DELETE) return UNBOUND
      if (effect === USE) read = true
    }
    const state = this.entryState(block, variable)
    return read ? { unbound: false, bindings: state.bindings } : state
  }

  private entryState(block: number, variable: Variable): State {
    const bit = this.firstBit[variable.id]!
    const bindings = this.bindingsOf[variable.id]!.filter((_, i) => this.holds(block, bit + 1 + i))
    return { unbound: this.holds(block, bit), bindings }
  }

  private holds(block: number, bit: number): boolean {
    const word = (this.words[bit >> 5] ??= this.solve(bit >> 5))
    return (word.entry[block]! & (1 << (bit & 31))) !== 0
  }

  private solve(word: number): Word {
    const { blocks, reachable } = this.graph
    const { killed, made, kept, thrown } = this.transfer(word)
    const entry = new Int32Array(blocks.length)
    entry[this.graph.entry] = this.unboundBits(word)
    for (let changed = true; changed;) {
      changed = false
      for (let id = 0; id < reachable; id++) {
        const { successors, handlers } = blocks[id]!
        const before = entry[id]!
        const after = (before & ~killed[id]!) | made[id]!
        for (let k = 0; k < successors.length; k++) changed = flow(entry, successors[k]!, after) || changed
        if (handlers.length === 0) continue
        const raised = (before & kept[id]!) | thrown[id]!
        for (let k = 0; k < handlers.length; k++) changed = flow(entry, handlers[k]!, raised) || changed
      }
    }
    return { entry }
  }

  private unboundBits(word: number): number {
    return this.variablesOf(word).reduce((bits, variable) => bits | this.bit(this.firstBit[variable]!, word), 0)
  }

  /** The variables with bits in a word. */
  private variablesOf(word: number): number[] {
    const found: number[] = []
    for (let variable = this.variableAt(word * 32); variable < this.bindingsOf.length && this.firstBit[variable]! >> 5 <= word; variable++) found.push(variable)
    return found
  }

  /** The first variable that has this bit or a later one. */
  private variableAt(bit: number): number {
    let low = 0
    let high = this.bindingsOf.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.firstBit[middle]! + this.bindingsOf[middle]!.length < bit) low = middle + 1
      else high = middle
    }
    return low
  }

  private transfer(word: number): Transfer {
    const count = this.graph.blocks.length
    const transfer = { killed: new Int32Array(count), made: new Int32Array(count), kept: new Int32Array(count).fill(-1), thrown: new Int32Array(count) }
    for (const variable of this.variablesOf(word)) this.addVariable(transfer, variable, word)
    return transfer
  }

  private addVariable(transfer: Transfer, variable: number, word: number): void {
    const o = this.occurrences
    const end = o.first[variable + 1]!
    for (let i = o.first[variable]!; i < end;) {
      const block = o.block[i]!
      let stop = i + 1
      while (stop < end && o.block[stop] === block) stop++
      this.addBlock(transfer, variable, word, i, stop)
      i = stop
    }
  }

  /** Follows one variable through one block: its occurrences `from` up to `to`. */
  private addBlock(transfer: Transfer, variable: number, word: number, from: number, to: number): void {
    const o = this.occurrences
    const block = o.block[from]!
    const all = this.maskOf(variable, word)
    const unbound = this.bit(this.firstBit[variable]!, word)
    let old = all
    let made = 0
    let kept = 0
    let thrown = 0
    let raised = o.raises[o.starts[block]!]!
    for (let i = from; i < to; i++) {
      const effect = o.effect[i]!
      const before = o.raises[o.position[i]!]!
      if (before > raised || effect === SOFT_USE) {
        kept |= old
        thrown |= made
      }
      raised = o.raises[o.position[i]! + 1]!
      if (effect === USE || effect === DELETE) {
        kept |= old & unbound
        thrown |= made & unbound
      }
      if (effect === USE) {
        old &= ~unbound
        made &= ~unbound
      } else if (effect !== SOFT_USE) {
        old = 0
        made = effect >= 0 ? this.bindingBit(variable, effect, word) : unbound
      }
    }
    if (o.raises[o.starts[block + 1]!]! > raised) {
      kept |= old
      thrown |= made
    }
    transfer.killed[block]! |= all & ~old
    transfer.made[block]! |= made
    transfer.kept[block]! &= ~all | kept
    transfer.thrown[block]! |= thrown
  }

  private maskOf(variable: number, word: number): number {
    let mask = 0
    const first = this.firstBit[variable]!
    for (let bit = Math.max(first, word * 32); bit <= first + this.bindingsOf[variable]!.length && bit >> 5 === word; bit++) mask |= 1 << (bit & 31)
    return mask
  }

  private bindingBit(variable: number, binding: number, word: number): number {
    return this.bit(this.firstBit[variable]! + 1 + this.indexOf(variable, binding), word)
  }

  /** Position of a binding among those of its variable: they are in order of their ids. */
  private indexOf(variable: number, binding: number): number {
    const list = this.bindingsOf[variable]!
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (list[middle]!.id < binding) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The bit in the word, or 0 where it belongs to another. */
  private bit(bit: number, word: number): number {
    return bit >> 5 === word ? 1 << (bit & 31) : 0
  }
}

function flow(entry: Int32Array, block: number, bits: number): boolean {
  const known = entry[block]!
  const joined = known | bits
  entry[block] = joined
  return joined !== known
}

/** Gives each variable as many bits as bindings and one more; those that fit into a word are not split over two. */
function layOut(lists: readonly (readonly Binding[])[]): Int32Array {
  const firstBit = new Int32Array(lists.length + 1)
  let next = 0
  lists.forEach((list, variable) => {
    const size = list.length + 1
    if ((next & 31) + size > 32) next = (next + 31) & ~31
    firstBit[variable] = next
    next += size
  })
  firstBit[lists.length] = next
  return firstBit
}
