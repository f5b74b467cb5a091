import { describe, expect, it } from 'vitest'
import { itemsizeOf } from '../../../server/src/values/sizes/dtypes.ts'

describe('bytes per element', () => {
  it.each<[string, number | null]>([
    ['float64', 8], ['np.float32', 4], ['numpy.int8', 1], ['bool', 1], ['np.bool_', 1], ['complex64', 8],
    ['np.longdouble', 16], ['float', 8], ['int', 8],
    ['torch.bfloat16', 2], ['torch.float', 4], ['torch.int', 4], ['torch.long', 8], ['torch.double', 8],
    ['torch.float8_e4m3fn', 1],
    ['object', 8], ['O', 8], ['<f4', 4], ['>i8', 8], ['|u1', 1], ['=c16', 16], ['d', 8], ['?', 1],
    ['U10', 40], ['<U3', 12], ['S7', 7], ['V8', 8],
    ['datetime64[ns]', 8], ['datetime64[ns, Europe/Berlin]', 8], ['<M8[D]', 8], ['m8[s]', 8],
    ['Int64', 9], ['boolean', 2], ['int32[pyarrow]', 4], ['float[pyarrow]', 4],
    ['category', null], ['string', null], ['str', null], ['U', null], ['', null],
    ['Sparse[float64]', null], ['int7', null], ['constructor', null],
  ])('%s: %s', (dtype, bytes) => {
    expect(itemsizeOf(dtype)).toBe(bytes)
  })
})
