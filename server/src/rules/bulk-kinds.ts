/** Kinds whose objects hold data themselves, and those that only hold others. */
import type { ValueKind } from '../models/model.ts'
import type { Value } from '../values/value.ts'

/** Types and kinds of the same names. */
export const CONTAINERS: ReadonlySet<string> = new Set<ValueKind>(['list', 'tuple', 'dict', 'deque', 'set'])

/** By a name that kinds and types share. */
export function isBulkType(type: string | null): boolean {
  return type !== null && !CONTAINERS.has(type) && type !== 'str' && type !== 'bytes'
}

/** Some element, or an item of the tuples that the elements are, holds data of its own (views have none) and passes the test. */
export function hasBulkPart({ element }: Value, test: (part: Value) => boolean): boolean {
  return element !== null && [element, ...element.items ?? []].some(part => isBulkType(part.type) && !part.isView && test(part))
}
