/**
 * Resident bytes of hash tables on 64-bit CPython: the object and its references, without keys and values.
 * Sources: `GROWTH_RATE`, `USABLE_FRACTION` and `new_keys_object` in Objects/dictobject.c, `set_add_entry` in
 * Objects/setobject.c, Objects/odictobject.c; checked on 3.8 to 3.14 for every count up to 3,000.
 * Tables do not shrink when entries are deleted: the count is the largest the table ever had.
 */
import { isAtLeast, type TargetVersion } from '../../text/target-version.ts'
import { block, POINTER } from './block.ts'

export type DictType = 'dict' | 'defaultdict' | 'Counter' | 'OrderedDict'

/** Requested bytes of the object itself, without its table. */
const dictHeader: Readonly<Record<DictType, number>> = { dict: 64, defaultdict: 72, Counter: 88, OrderedDict: 128 }

/** `strKeys`: every key is a str, which saves the stored hashes since 3.11. */
export function sizeOfDict(type: DictType, count: number, strKeys: boolean, version: TargetVersion): number {
  const header = block(dictHeader[type])
  if (count === 0) return header
  return header + sizeOfTable(count, strKeys, version) + (type === 'OrderedDict' ? sizeOfOrder(count) : 0)
}

/** Resident bytes of the table that `count` insertions leave. */
function sizeOfTable(count: number, strKeys: boolean, version: TargetVersion): number {
  const slots = dictSlots(count)
  const indexBytes = slots <= 128 ? 1 : slots <= 32768 ? 2 : 4
  const header = isAtLeast(version, '3.11') ? 32 : 40
  const entryBytes = strKeys && isAtLeast(version, '3.11') ? 16 : 24
  return block(header + indexBytes * slots + entryBytes * usable(slots))
}

/** An OrderedDict's linked list: a node per key and a reference per slot. */
function sizeOfOrder(count: number): number {
  return block(32) * count + block(POINTER * dictSlots(count))
}

/** Entries that fit in the table `count` insertions leave. */
export function dictCapacity(count: number): number {
  return usable(dictSlots(count))
}

/** A full table grows to three times its entries, rounded up to a power of two: in practice it doubles. */
function dictSlots(count: number): number {
  let slots = 8
  while (count > usable(slots)) slots *= 2
  return slots
}

function usable(slots: number): number {
  return Math.floor(2 * slots / 3)
}

/** A set or frozenset: up to four elements live in the object itself. */
export function sizeOfSet(count: number): number {
  const slots = setSlots(count)
  return block(216) + (slots > 8 ? block(16 * slots) : 0)
}

/** At three fifths full the table grows to the next power of two above four times its elements (twice, above 50,000). */
function setSlots(count: number): number {
  let slots = 8
  for (;;) {
    const full = Math.ceil(3 * (slots - 1) / 5)
    if (count < full) return slots
    const atLeast = full > 50_000 ? full * 2 : full * 4
    while (slots <= atLeast) slots *= 2
  }
}
