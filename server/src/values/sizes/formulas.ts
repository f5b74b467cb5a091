/**
 * Resident bytes of each standard object on 64-bit CPython, given its count and the target version. A container is
 * counted with its references, without the objects they refer to; `estimate.ts` adds those up.
 *
 * Resident bytes are what shows in the process, so they differ from `sys.getsizeof`: every allocated block is rounded up.
 */
export * from './scalars.ts'
export * from './sequences.ts'
export * from './tables.ts'
export * from './instances.ts'
