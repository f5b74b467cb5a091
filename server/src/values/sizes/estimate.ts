/** The deep size of a shape: the object and everything that only it keeps alive. */
import type { TargetVersion } from '../../text/target-version.ts'
import { add, ANY, exactly, hull, multiply, type Range } from '../range.ts'
import { sound } from './bounds.ts'
import { sizeOfFreshInt, smallIntsIn } from './ints.ts'
import { ownBytes } from './own.ts'
import type { Elements, Entries, Shape } from './shape.ts'

/** Deeper nesting is not followed: generated code nests without bound, the call stack does not. */
const DEEPEST = 100

/** Resident bytes on 64-bit CPython. Each distinct shape is computed once, so shapes that share parts cost no time. */
export function bytesOf(shape: Shape, version: TargetVersion): Range {
  const known = new Map<Shape, Range>()
  const visit = (part: Shape, depth: number): Range => {
    if (depth > DEEPEST) return ANY
    const before = known.get(part)
    if (before) return before
    const size = sound(add(ownBytes(part, version), heldBytes(part, child => visit(child, depth + 1))))
    known.set(part, size)
    return size
  }
  return visit(shape, 0)
}

type Visit = (part: Shape) => Range

/** Bytes of the objects it refers to. */
function heldBytes(shape: Shape, visit: Visit): Range {
  switch (shape.kind) {
    case 'list': case 'tuple': case 'deque': return elementBytes(shape, false, visit)
    case 'set': case 'frozenset': return elementBytes(shape, true, visit)
    case 'dict': case 'defaultdict': case 'Counter': case 'OrderedDict': return entryBytes(shape, visit)
    case 'namedtuple': return sum(shape.items, visit)
    case 'instance': return sum(shape.attributes, visit)
    case 'array': return shape.element ? repeated(shape.count, shape.element, false, visit) : exactly(0)
    case 'either': return anyOf(shape.of, visit)
    case 'shared': return shape.of ? visit(shape.of) : exactly(0)
    default: return exactly(0)
  }
}

function elementBytes(shape: Elements, distinct: boolean, visit: Visit): Range {
  return 'items' in shape ? sum(shape.items, visit) : repeated(shape.count, shape.element, distinct, visit)
}

function entryBytes(shape: Entries, visit: Visit): Range {
  if ('entries' in shape) return sum(shape.entries.flat(), visit)
  return add(repeated(shape.count, shape.key, true, visit), repeated(shape.count, shape.value, false, visit))
}

function sum(parts: readonly Shape[], visit: Visit): Range {
  return parts.map(visit).reduce(add, exactly(0))
}

function anyOf(parts: readonly Shape[], visit: Visit): Range {
  const [first, ...others] = parts.map(visit)
  return others.reduce(hull, first ?? exactly(0))
}

/** So many objects of one shape. */
function repeated(total: Range, element: Shape, distinct: boolean, visit: Visit): Range {
  const count = sound(total)
  if (element.kind === 'shared') return multiply(atMostOne(count), visit(element))
  if (element.kind !== 'int' || !(distinct || element.distinct)) return multiply(count, visit(element))
  const made = { low: Math.max(0, count.low - smallIntsIn(element.range)), high: count.high }
  return multiply(made, sizeOfFreshInt(element.range))
}

function atMostOne(count: Range): Range {
  return { low: Math.min(1, count.low), high: Math.min(1, count.high ?? 1) }
}
