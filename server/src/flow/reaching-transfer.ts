/**
 * What each block does with the bits of one word.
 *
 * Two facts make the answers sharper: a read of an unbound local raises, so after a read it is bound (CPython's compiler relies on
 * this for LOAD_FAST since 3.12); and such a read or a `del` raises only where the name is unbound, so that is all its exception carries.
 */
import type { BindingBits } from './binding-bits.ts'
import { inWord } from './binding-bits.ts'
import type { Binding } from './graph.ts'
import type { Occurrences } from './occurrences.ts'
import { DELETE, SOFT_USE, USE } from './occurrences.ts'

export interface Transfer {
  readonly killed: Int32Array
  readonly made: Int32Array
  /** Bits that, where they hold at the start, still hold where some event raises. */
  readonly kept: Int32Array
  /** Bits made in the block that hold where some event raises. */
  readonly thrown: Int32Array
}

/** `blocks` is the number of blocks. */
export function transferOf(word: number, blocks: number, o: Occurrences, bits: BindingBits, bindings: readonly Binding[]): Transfer {
  const zeros = (): Int32Array => new Int32Array(blocks)
  const transfer = { killed: zeros(), made: zeros(), kept: zeros().fill(-1), thrown: zeros() }
  for (const variable of bits.variablesOf(word)) {
    const all = bits.mask(variable, word)
    const unbound = inWord(bits.unbound(variable), word)
    const bitOf = (effect: number): number => (effect >= 0 ? inWord(bits.bitOf(bindings[effect]!), word) : unbound)
    const end = o.first[variable + 1]!
    for (let from = o.first[variable]!, to = from; from < end; from = to) {
      while (to < end && o.block[to] === o.block[from]) to++
      addBlock(transfer, o, from, to, all, unbound, bitOf)
    }
  }
  return transfer
}

/**
 * Follows one variable, whose bits are `all`, through one block: its occurrences `from` up to `to`. `bitOf` says what a binding or deletion
 * sets.
 */
function addBlock(
  transfer: Transfer, o: Occurrences, from: number, to: number, all: number, unbound: number, bitOf: (effect: number) => number,
): void {
  const block = o.block[from]!
  let old = all
  let made = 0
  let kept = 0
  let thrown = 0
  let raised = o.raises[o.starts[block]!]!
  for (let i = from; i < to; i++) {
    const effect = o.effect[i]!
    if (o.raises[o.position[i]!]! > raised || effect === SOFT_USE) {
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
      made = bitOf(effect)
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
