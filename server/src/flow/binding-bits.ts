/** Which bits stand for the bindings of a graph: one each, and one per variable for "unbound", packed into 32-bit words. */
import type { Binding, FlowGraph } from './graph.ts'

export class BindingBits {
  /** By variable, in order of their ids. */
  readonly bindings: readonly (readonly Binding[])[]
  /** Per variable the number of its first bit, that of "unbound"; the next is its first binding's. One more entry for the end. */
  private readonly first: Int32Array

  constructor({ variables, bindings }: FlowGraph) {
    const lists: Binding[][] = variables.map(() => [])
    for (const binding of bindings) lists[binding.variable.id]!.push(binding)
    this.bindings = lists
    this.first = layOut(lists)
  }

  unbound(variable: number): number {
    return this.first[variable]!
  }

  bitOf(binding: Binding): number {
    return this.first[binding.variable.id]! + 1 + this.indexOf(binding)
  }

  private indexOf({ id, variable }: Binding): number {
    const list = this.bindings[variable.id]!
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (list[middle]!.id < id) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The variable's last bit. */
  last(variable: number): number {
    return this.first[variable]! + this.bindings[variable]!.length
  }

  /** All bits of a variable that are in a word. */
  mask(variable: number, word: number): number {
    const from = Math.max(this.first[variable]!, word * 32)
    const to = Math.min(this.last(variable), word * 32 + 31)
    if (from > to) return 0
    const ones = to - from === 31 ? -1 : (1 << (to - from + 1)) - 1
    return ones << (from & 31)
  }

  /** The variables with bits in a word. */
  variablesOf(word: number): number[] {
    const from = this.variableAt(word * 32)
    let to = from
    while (to < this.bindings.length && this.first[to]! >> 5 <= word) to++
    return Array.from({ length: to - from }, (_, i) => from + i)
  }

  /** The first variable that has this bit or a later one. */
  private variableAt(bit: number): number {
    let low = 0
    let high = this.bindings.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.last(middle) < bit) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The bit as a number, where it is in the word; else 0. */
export function inWord(bit: number, word: number): number {
  return bit >> 5 === word ? 1 << (bit & 31) : 0
}

/** Variables whose bits fit into one word have them in one word. */
function layOut(lists: readonly (readonly Binding[])[]): Int32Array {
  const first = new Int32Array(lists.length + 1)
  let next = 0
  for (let variable = 0; variable < lists.length; variable++) {
    const size = lists[variable]!.length + 1
    if ((next & 31) + size > 32) next = (next + 31) & ~31
    first[variable] = next
    next += size
  }
  first[lists.length] = next
  return first
}
