/** What one allocated block costs. */

/** Bytes of a reference on a 64-bit machine. */
export const POINTER = 8

/**
 * Resident bytes of a block of `requested` bytes: pymalloc serves blocks of up to 512 bytes in steps of 16
 * (`ALIGNMENT` in CPython's Objects/obmalloc.c), and the C library aligns the larger ones to 16 as well.
 */
export function block(requested: number): number {
  return Math.ceil(requested / 16) * 16
}
