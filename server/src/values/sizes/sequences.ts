/**
 * Resident bytes of sequences on 64-bit CPython: the object and its references, without what they refer to.
 * Sources: `list_resize` in Objects/listobject.c, Include/cpython/tupleobject.h, Modules/_collectionsmodule.c,
 * Modules/arraymodule.c; figures measured on 3.8 to 3.14.
 */
import { isAtLeast, type TargetVersion } from '../../text/target-version.ts'
import { block, POINTER } from './block.ts'

/** `exact`: made at its size (copy, repetition, display). `appended`: grown one by one (append, comprehension, split). */
export type Growth = 'exact' | 'appended'

export function sizeOfList(count: number, growth: Growth, version: TargetVersion): number {
  const slots = growth === 'appended' ? appendedSlots(count, version) : count
  return block(56) + block(POINTER * slots)
}

/** Slots of a list after `count` appends: an eighth is kept spare. */
function appendedSlots(count: number, version: TargetVersion): number {
  let slots = 0
  while (slots < count) slots = slotsFor(slots + 1, version)
  return slots
}

function slotsFor(count: number, version: TargetVersion): number {
  const wanted = count + Math.floor(count / 8)
  if (!isAtLeast(version, '3.9')) return wanted + (count < 9 ? 3 : 6)
  return Math.floor((wanted + 6) / 4) * 4
}

/** 3.14 keeps the hash in the tuple. */
export function sizeOfTuple(count: number, version: TargetVersion): number {
  return block((isAtLeast(version, '3.14') ? 48 : 40) + POINTER * count)
}

export function sizeOfNamedTuple(count: number, version: TargetVersion): number {
  return block((isAtLeast(version, '3.14') ? 56 : 48) + POINTER * count)
}

/** Blocks of 64 references each, at least one. */
export function sizeOfDeque(count: number, version: TargetVersion): number {
  return block(isAtLeast(version, '3.11') ? 232 : 96) + block(528) * Math.max(1, Math.ceil(count / 64))
}

export function sizeOfArray(count: number, itemsize: number, version: TargetVersion): number {
  return block(isAtLeast(version, '3.10') ? 80 : 64) + block(itemsize * count)
}

/** An array of one to two dimensions as NumPy makes it (112 to 160 bytes with NumPy 2), and a fair guess for other libraries. */
export function sizeOfNdarray(count: number, itemsize: number): number {
  return block(112) + block(itemsize * count)
}
