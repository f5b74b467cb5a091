/** Number literals. */
import type { Constant } from '../ast.ts'
import type { Lowering } from './lowering.ts'

/** `integer` and `float` nodes; tree-sitter calls `1j` an integer. */
export function number(l: Lowering): Constant {
  l.measure()
  const digits = l.text.slice(l.start, l.end).replaceAll('_', '')
  const type = typeOf(digits)
  return {
    kind: 'Constant', start: l.shift + l.start, end: l.shift + l.end,
    type, value: type === 'int' ? intValue(digits) : type === 'float' ? floatValue(digits) : null, length: 0, width: 'ascii',
  }
}

function typeOf(digits: string): 'int' | 'float' | 'complex' {
  if (/^0[xX]/.test(digits)) return 'int'
  if (/[jJ]$/.test(digits)) return 'complex'
  return /[.eE]/.test(digits) ? 'float' : 'int'
}

/** The value where a double holds it exactly, else null. Knows Python 2's `0777` and `1L`. */
function intValue(digits: string): number | null {
  const plain = digits.replace(/[lL]$/, '').replace(/^0+(?=[1-9])/, (zeros) => (/^0[0-7]+[lL]?$/.test(digits) ? '0o' : zeros))
  if (plain.length <= 15) return Number(plain)
  if (plain.length > 400) return null
  const value = Number(plain)
  return Number.isFinite(value) && BigInt(value) === BigInt(plain) ? value : null
}

function floatValue(digits: string): number | null {
  const value = Number(digits)
  return Number.isFinite(value) ? value : null
}
