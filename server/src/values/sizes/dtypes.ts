/** Bytes per element by dtype, as NumPy, pandas and PyTorch name it. */

/** Names that do not say their width, on 64-bit Linux and macOS. Pandas' nullable types keep one byte of mask a value. */
const named: Readonly<Record<string, number>> = {
  bool: 1, bool_: 1, byte: 1, ubyte: 1, short: 2, ushort: 2, intc: 4, uintc: 4, int: 8, int_: 8, uint: 8, intp: 8, uintp: 8,
  long: 8, ulong: 8, longlong: 8, ulonglong: 8,
  half: 2, single: 4, double: 8, longdouble: 16, float: 8, float_: 8,
  complex: 16, complex_: 16, csingle: 8, cdouble: 16, clongdouble: 32, chalf: 4, cfloat: 8,
  object: 8, object_: 8, datetime64: 8, timedelta64: 8, period: 8,
  boolean: 2, Int8: 2, Int16: 3, Int32: 5, Int64: 9, UInt8: 2, UInt16: 3, UInt32: 5, UInt64: 9, Float32: 5, Float64: 9,
  float8_e4m3fn: 1, float8_e5m2: 1, float8_e4m3fnuz: 1, float8_e5m2fnuz: 1, quint8: 1, qint8: 1, qint32: 4,
}

/** PyTorch and Arrow mean other widths than NumPy by these. */
const singles: Readonly<Record<string, number>> = { float: 4, int: 4 }

/** NumPy's one-letter codes; those of `array.array` mean the same, but for `l` and `L` on Windows. */
const letters: Readonly<Record<string, number>> = {
  '?': 1, b: 1, B: 1, h: 2, H: 2, i: 4, I: 4, l: 8, L: 8, q: 8, Q: 8, p: 8, P: 8, n: 8, N: 8,
  e: 2, f: 4, d: 8, g: 16, F: 8, D: 16, G: 32, O: 8, M: 8, m: 8,
}

/**
 * Bytes per element of a dtype written `float64`, `np.float32`, `torch.bfloat16`, `<f4`, `U10`, `datetime64[ns]`, `Int64`,
 * `int32[pyarrow]`. Null where the name does not tell: `category`, `str`, `string`, an unknown name.
 * Source: NumPy's array protocol and `numpy.dtype.itemsize`, `torch.dtype.itemsize`.
 */
export function itemsizeOf(dtype: string): number | null {
  const bare = dtype.trim().replace(/\[.*\]$/, '')
  const name = bare.slice(bare.lastIndexOf('.') + 1)
  const table = /^torch\.|\[pyarrow\]$/.test(dtype.trim()) ? { ...named, ...singles } : named
  return lookUp(table, name) ?? byBits(name) ?? byCode(name.replace(/^[<>=|]/, ''))
}

/** The full name where it is that of a type of elements: `bool`, `numpy.float32`, `torch.bfloat16`; else null. */
export function elementType(dotted: string | null): string | null {
  return dotted !== null && (BUILTIN.has(dotted) || (LIBRARIES.test(dotted) && itemsizeOf(dotted) !== null)) ? dotted : null
}

const BUILTIN: ReadonlySet<string> = new Set(['bool', 'int', 'float', 'complex'])
/** Not by one letter: `numpy.e` is a number. */
const LIBRARIES = /^(numpy|cupy|jax\.numpy|torch|tensorflow)\.\w{2,}$/

function lookUp(table: Readonly<Record<string, number>>, name: string): number | null {
  return Object.hasOwn(table, name) ? table[name] ?? null : null
}

/** `float64`, `uint8`, `bfloat16`: the name says the bits. */
function byBits(name: string): number | null {
  const bits = /^(?:bool|u?int|b?float|complex)(8|16|32|64|96|128|256)$/.exec(name)
  return bits ? Number(bits[1]) / 8 : null
}

/** `d`, `f4`, `U10`, `S3`: a letter, perhaps with its width in bytes, or in characters for `U`. */
function byCode(code: string): number | null {
  const [, letter = '', width = ''] = /^([a-zA-Z?])(\d*)$/.exec(code) ?? []
  if (width === '') return lookUp(letters, letter)
  if (letter === 'U') return 4 * Number(width)
  return /[biufcmMOSVa]/.test(letter) ? Number(width) : null
}
