/** The size of one object without what it refers to, as a range, from the formulas. */
import type { TargetVersion } from '../../text/target-version.ts'
import { exactly, hull, type Range } from '../range.ts'
import { over } from './bounds.ts'
import * as formulas from './formulas.ts'
import { sizeOfIntShape } from './ints.ts'
import type { Elements, Entries, Shape } from './shape.ts'

/** Bytes of the object and its references. Zero where it exists anyway (small ints, `''`, `()`). */
export function ownBytes(shape: Shape, version: TargetVersion): Range {
  switch (shape.kind) {
    case 'shared': case 'either': return exactly(0)
    case 'opaque': return shape.bytes
    case 'int': return sizeOfIntShape(shape.range)
    case 'float': return exactly(formulas.sizeOfFloat())
    case 'complex': return exactly(formulas.sizeOfComplex())
    case 'range': return exactly(formulas.sizeOfRange())
    case 'str': return strBytes(shape.length, shape.width, version)
    case 'bytes': return over(shape.length, length => (length < 2 ? 0 : formulas.sizeOfBytes(length)))
    case 'bytearray': return over(shape.length, formulas.sizeOfBytearray)
    case 'list': return over(countOf(shape), count => formulas.sizeOfList(count, shape.growth, version))
    case 'tuple': return over(countOf(shape), count => (count === 0 ? 0 : formulas.sizeOfTuple(count, version)))
    case 'set': case 'frozenset': return over(countOf(shape), formulas.sizeOfSet)
    case 'deque': return over(countOf(shape), count => formulas.sizeOfDeque(count, version))
    case 'dict': case 'defaultdict': case 'Counter': case 'OrderedDict':
      return over(entryCountOf(shape), count => formulas.sizeOfDict(shape.kind, count, shape.strKeys, version))
    case 'namedtuple': return exactly(formulas.sizeOfNamedTuple(shape.items.length, version))
    case 'instance': return exactly(instanceBytes(shape.attributes.length, shape.slots, version))
    case 'array': return over(shape.count, count => arrayBytes(shape.type, count, shape.itemsize, version))
  }
}

export function countOf(shape: Elements): Range {
  return 'items' in shape ? exactly(shape.items.length) : shape.count
}

export function entryCountOf(shape: Entries): Range {
  return 'entries' in shape ? exactly(shape.entries.length) : shape.count
}

/** The empty string and those of one Latin-1 character exist already. */
function strBytes(length: Range, width: formulas.StrWidth | 'unknown', version: TargetVersion): Range {
  if (width === 'unknown') return hull(strBytes(length, 'ascii', version), strBytes(length, 'ucs4', version))
  const existing = width === 'ascii' || width === 'latin1' ? 1 : 0
  return over(length, count => (count <= existing ? 0 : formulas.sizeOfStr(count, width, version)))
}

function instanceBytes(attributes: number, slots: boolean, version: TargetVersion): number {
  return slots ? formulas.sizeOfSlotted(attributes) : formulas.sizeOfInstance(attributes, version)
}

function arrayBytes(type: string, count: number, itemsize: number, version: TargetVersion): number {
  return type === 'array.array' ? formulas.sizeOfArray(count, itemsize, version) : formulas.sizeOfNdarray(count, itemsize)
}
