/**
 * Resident bytes of instances on 64-bit CPython: the object and its references, without what they refer to.
 * Sources: PEP 412 (shared keys), Objects/typeobject.c, Include/internal/pycore_object.h (inline values since 3.13);
 * measured on 3.8 to 3.14.
 */
import { isAtLeast, type TargetVersion } from '../../text/target-version.ts'
import { block, POINTER } from './block.ts'
import { dictCapacity, sizeOfDict } from './tables.ts'

/** An instance of a class with `__slots__` and no `__dict__`. */
export function sizeOfSlotted(slots: number): number {
  return block(32 + POINTER * slots)
}

/** An instance of an ordinary class whose `__init__` always sets the same `attributes`, so that the class shares their names. */
export function sizeOfInstance(attributes: number, version: TargetVersion): number {
  if (!isAtLeast(version, '3.11')) return sizeWithDict(attributes)
  return isAtLeast(version, '3.13') ? sizeWithInlineValues(attributes, version) : sizeWithValues(attributes, version)
}

/** 3.8 to 3.10: a dict object and an array of values. */
function sizeWithDict(attributes: number): number {
  return block(48) + (attributes > 0 ? block(64) + block(POINTER * dictCapacity(attributes)) : 0)
}

const SHARED_LIMIT = 28

/** 3.11 and 3.12: a block of values until there are too many to share, then a dict of its own. */
function sizeWithValues(attributes: number, version: TargetVersion): number {
  const object = block(isAtLeast(version, '3.12') ? 48 : 56)
  if (attributes > SHARED_LIMIT + 1) return object + sizeOfOwnDict(attributes, version)
  const values = Math.min(attributes, SHARED_LIMIT)
  return object + block(16 + POINTER * values + 8 * Math.floor((values + 2) / 8))
}

/** 3.13 and later: the values stand in the object, and stay there when a dict takes over. */
function sizeWithInlineValues(attributes: number, version: TargetVersion): number {
  const limit = isAtLeast(version, '3.14') ? SHARED_LIMIT + 1 : SHARED_LIMIT
  const values = Math.min(attributes, limit)
  const object = block(72 + POINTER * values + 8 * Math.floor(values / 8))
  return attributes > limit + 1 ? object + sizeOfOwnDict(attributes, version) : object
}

/** Up to 3.13 the switch to a dict happens during growth, so that its table has at least 128 slots. */
function sizeOfOwnDict(attributes: number, version: TargetVersion): number {
  const filled = isAtLeast(version, '3.14') ? attributes : Math.max(attributes, 43)
  return sizeOfDict('dict', filled, true, version)
}
