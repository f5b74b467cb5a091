/**
 * The events of a graph that touch variables, as flat arrays sorted by variable: what the analyses run on. A position numbers all
 * events of the frame, block after block.
 */
import type { Block, Event, FlowGraph, Point, Variable } from './graph.ts'

/** What an occurrence does; a number of 0 or more is the id of the binding it makes. */
export const USE = -1
/** A read after which the name need not be bound: in an annotation, or of a name that is looked up further out when unbound. */
export const SOFT_USE = -2
export const DELETE = -3
export const IMPLICIT_DELETE = -4

export interface Occurrences {
  /** Position of each block's first event; one more entry for the end. */
  readonly starts: Int32Array
  /** How many events before this position may raise. */
  readonly raises: Int32Array
  /** Where the occurrences of each variable begin in the three arrays below; one more entry for the end. */
  readonly first: Int32Array
  readonly position: Int32Array
  readonly block: Int32Array
  readonly effect: Int32Array
}

/** Whether the event may end in an exception, before it has any effect on variables. */
export function mayRaise(event: Event): boolean {
  switch (event.kind) {
    case 'bind': case 'return': return false
    case 'delete': return !event.implicit
    case 'closure': return event.node.kind === 'ClassDef'
    default: return true
  }
}

export function findOccurrences({ blocks, variables }: FlowGraph): Occurrences {
  const starts = new Int32Array(blocks.length + 1)
  for (let i = 0; i < blocks.length; i++) starts[i + 1] = starts[i]! + blocks[i]!.events.length
  const raises = new Int32Array(starts[blocks.length]! + 1)
  const first = new Int32Array(variables.length + 1)
  for (let i = 0; i < blocks.length; i++) count(blocks[i]!.events, starts[i]!, raises, first)
  for (let i = 0; i < variables.length; i++) first[i + 1] = first[i + 1]! + first[i]!
  return { starts, raises, first, ...sorted(blocks, starts, first) }
}

/** Counts the occurrences of each variable, one place further. */
function count(events: readonly Event[], start: number, raises: Int32Array, first: Int32Array): void {
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    raises[start + i + 1] = raises[start + i]! + (mayRaise(event) ? 1 : 0)
    const variable = variableOf(event)
    if (variable !== null) first[variable.id + 1] = first[variable.id + 1]! + 1
  }
}

function sorted(blocks: readonly Block[], starts: Int32Array, first: Int32Array): Pick<Occurrences, 'position' | 'block' | 'effect'> {
  const next = first.slice()
  const total = first[first.length - 1]!
  const found = { position: new Int32Array(total), block: new Int32Array(total), effect: new Int32Array(total) }
  for (const { id, events } of blocks) {
    for (let i = 0; i < events.length; i++) {
      const variable = variableOf(events[i]!)
      if (variable === null) continue
      const at = next[variable.id]!++
      found.position[at] = starts[id]! + i
      found.block[at] = id
      found.effect[at] = effectOf(events[i]!)
    }
  }
  return found
}

function variableOf(event: Event): Variable | null {
  if (event.kind === 'use' || event.kind === 'delete') return event.variable
  return event.kind === 'bind' ? event.binding.variable : null
}

function effectOf(event: Event): number {
  switch (event.kind) {
    case 'bind': return event.binding.id
    case 'delete': return event.implicit ? IMPLICIT_DELETE : DELETE
    case 'use': return event.lazy || !isFast(event.variable) ? SOFT_USE : USE
    default: throw new Error(`${event.kind} touches no variable`)
  }
}

/** Reading the name while it is unbound raises, whatever else has that name. */
function isFast(variable: Variable): boolean {
  const { kind } = variable.scope
  return variable.storage !== 'outer' && kind !== 'module' && kind !== 'class'
}

/** The index of the variable's first occurrence at or after a position. */
export function occurrenceFrom(o: Occurrences, variable: number, position: number): number {
  let low = o.first[variable]!
  let high = o.first[variable + 1]!
  while (low < high) {
    const middle = (low + high) >> 1
    if (o.position[middle]! < position) low = middle + 1
    else high = middle
  }
  return low
}

export function positionOf(o: Occurrences, point: Point): number {
  return o.starts[point.block]! + point.index
}
