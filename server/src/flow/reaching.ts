/** Reaching bindings (forward): what a variable may hold at a place. Words of bits are solved when first asked for. */
import type { BindingBits } from './binding-bits.ts'
import { inWord } from './binding-bits.ts'
import type { Edges } from './edges.ts'
import type { Binding, FlowGraph, Variable } from './graph.ts'
import type { Occurrences } from './occurrences.ts'
import { occurrenceFrom, SOFT_USE, USE } from './occurrences.ts'
import { transferOf } from './reaching-transfer.ts'
import { Solved } from './solved.ts'
import { sweep } from './sweeps.ts'

/** What `lastEffect` answers besides the effects of occurrences: nothing happened in the block yet. */
const NOTHING = -9

const NONE: readonly Binding[] = []

export class Reaching {
  private readonly graph: FlowGraph
  private readonly occurrences: Occurrences
  private readonly edges: Edges
  private readonly bits: BindingBits
  /** Per word: the bits that may hold at the start of each reachable block. */
  private readonly words: Solved
  private readonly effects: Int32Array

  constructor(graph: FlowGraph, occurrences: Occurrences, edges: Edges, bits: BindingBits) {
    this.graph = graph
    this.occurrences = occurrences
    this.edges = edges
    this.bits = bits
    this.words = new Solved(edges.count, (word) => this.solve(word))
    this.effects = effectsAfter(occurrences)
  }

  /** The bindings the variable may have just before a position of a reachable block, in order of creation. */
  bindingsAt(block: number, position: number, variable: Variable): readonly Binding[] {
    const effect = this.lastEffect(block, position, variable.id)
    if (effect >= 0) return [this.graph.bindings[effect]!]
    return effect === NOTHING || effect === USE ? this.bindingsAtStart(block, variable.id) : NONE
  }

  mayBeUnboundAt(block: number, position: number, variable: Variable): boolean {
    const effect = this.lastEffect(block, position, variable.id)
    if (effect >= 0 || effect === USE) return false
    return effect !== NOTHING || this.holds(block, this.bits.unbound(variable.id))
  }

  mayBeBoundAt(block: number, position: number, variable: Variable): boolean {
    const effect = this.lastEffect(block, position, variable.id)
    if (effect !== NOTHING && effect !== USE) return effect >= 0
    const unbound = this.bits.unbound(variable.id)
    for (let word = unbound >> 5; word <= this.bits.last(variable.id) >> 5; word++) {
      if ((this.wordAt(block, word) & this.bits.mask(variable.id, word) & ~inWord(unbound, word)) !== 0) return true
    }
    return false
  }

  /** The occurrences, in reachable blocks, of uses that may read the binding. */
  usesOf(binding: Binding): number[] {
    const o = this.occurrences
    const variable = binding.variable.id
    const bit = this.bits.bitOf(binding)
    const found: number[] = []
    let starts: Int32Array | null = null
    let block = -1
    let effect = NOTHING
    for (let i = o.first[variable]!; i < o.first[variable + 1]!; i++) {
      if (o.block[i] !== block) {
        block = o.block[i]!
        effect = NOTHING
      }
      if (o.effect[i] !== USE && o.effect[i] !== SOFT_USE) {
        effect = o.effect[i]!
      } else if (effect === NOTHING) {
        starts ??= this.words.get(bit >> 5)
        if (block < starts.length && (starts[block]! & (1 << (bit & 31))) !== 0) found.push(i)
      } else if (effect === binding.id && block < this.edges.count) {
        found.push(i)
      }
    }
    return found
  }

  /** What last happened to the variable in the block before a position. */
  private lastEffect(block: number, position: number, variable: number): number {
    const o = this.occurrences
    const last = occurrenceFrom(o, variable, position) - 1
    return last >= o.first[variable]! && o.block[last] === block ? this.effects[last]! : NOTHING
  }

  private bindingsAtStart(block: number, variable: number): readonly Binding[] {
    const list = this.bits.bindings[variable]!
    const first = this.bits.unbound(variable) + 1
    const last = this.bits.last(variable)
    if (block === this.graph.entry || first > last) return NONE
    const found: Binding[] = []
    for (let word = first >> 5; word <= last >> 5; word++) {
      for (let rest = this.wordAt(block, word) & this.bits.mask(variable, word) & ~inWord(first - 1, word); rest !== 0; rest &= rest - 1) {
        found.push(list[word * 32 + 31 - Math.clz32(rest & -rest) - first]!)
      }
    }
    return found
  }

  private holds(block: number, bit: number): boolean {
    return (this.wordAt(block, bit >> 5) & (1 << (bit & 31))) !== 0
  }

  /** Nothing leads back to the entry: there, everything is unbound. */
  private wordAt(block: number, word: number): number {
    return block === this.graph.entry ? this.unboundBits(word) : this.words.get(word)[block]!
  }

  private unboundBits(word: number): number {
    return this.bits.variablesOf(word).reduce((bits, variable) => bits | inWord(this.bits.unbound(variable), word), 0)
  }

  private solve(word: number): Int32Array {
    const { count, first, successors, handler } = this.edges
    const { killed, made, kept, thrown } = transferOf(word, this.graph.blocks.length, this.occurrences, this.bits, this.graph.bindings)
    const entry = new Int32Array(count)
    entry[this.graph.entry] = this.unboundBits(word)
    sweep(count, true, (block) => {
      const before = entry[block]!
      const after = (before & ~killed[block]!) | made[block]!
      let changed = false
      for (let k = first[block]!; k < first[block + 1]!; k++) changed = flow(entry, successors[k]!, after) || changed
      if (handler[block]! < 0) return changed
      return flow(entry, handler[block]!, (before & kept[block]!) | thrown[block]!) || changed
    })
    return entry
  }
}

/**
 * Per occurrence, what last happened to its variable in its block, with it: an effect, or `USE` where the variable was read only, which
 * proves that it is bound. Summed up once, because a long block may read one name tens of thousands of times.
 */
function effectsAfter(o: Occurrences): Int32Array {
  const effects = new Int32Array(o.effect.length)
  for (let variable = 0; variable + 1 < o.first.length; variable++) {
    let last = NOTHING
    for (let i = o.first[variable]!; i < o.first[variable + 1]!; i++) {
      if (i === o.first[variable] || o.block[i] !== o.block[i - 1]) last = NOTHING
      const effect = o.effect[i]!
      if (effect === USE) last = last === NOTHING ? USE : last
      else if (effect !== SOFT_USE) last = effect
      effects[i] = last
    }
  }
  return effects
}

function flow(entry: Int32Array, block: number, bits: number): boolean {
  const known = entry[block]!
  const joined = known | bits
  entry[block] = joined
  return joined !== known
}
