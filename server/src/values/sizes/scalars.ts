/**
 * Resident bytes of objects that hold no others, on 64-bit CPython. Layouts: Include/cpython/{longintrepr,unicodeobject,
 * bytesobject}.h; figures measured on 3.8 to 3.14.
 */
import { isAtLeast, type TargetVersion } from '../../text/target-version.ts'
import { block } from './block.ts'

/** The widest character of a string decides the width of all of them (PEP 393): up to U+007F, U+00FF, U+FFFF, above. */
export type StrWidth = 'ascii' | 'latin1' | 'ucs2' | 'ucs4'

const DIGIT = 2 ** 30

/** Number of 30-bit digits an int of this magnitude is stored in; zero takes one, as all small ints. */
export function digitsOf(magnitude: number): number {
  let digits = 1
  for (let rest = Math.floor(magnitude / DIGIT); rest > 0; rest = Math.floor(rest / DIGIT)) digits += 1
  return digits
}

export function sizeOfInt(digits: number): number {
  return block(24 + 4 * digits)
}

export function sizeOfFloat(): number {
  return block(24)
}

export function sizeOfComplex(): number {
  return block(32)
}

const strLayout = {
  ascii: { header: 49, compactHeader: 41, perCharacter: 1 },
  latin1: { header: 73, compactHeader: 57, perCharacter: 1 },
  ucs2: { header: 74, compactHeader: 58, perCharacter: 2 },
  ucs4: { header: 76, compactHeader: 60, perCharacter: 4 },
} as const

/** 3.12 dropped the `wstr` cache (PEP 623) and with it 8 or 16 bytes of every string. */
export function sizeOfStr(length: number, width: StrWidth, version: TargetVersion): number {
  const { header, compactHeader, perCharacter } = strLayout[width]
  return block((isAtLeast(version, '3.12') ? compactHeader : header) + perCharacter * length)
}

export function sizeOfBytes(length: number): number {
  return block(33 + length)
}

export function sizeOfBytearray(length: number): number {
  return block(56) + (length > 0 ? block(length + 1) : 0)
}

/** The range object; its bounds are not counted. */
export function sizeOfRange(): number {
  return block(48)
}
