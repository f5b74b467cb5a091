/** The operations of a frame that add to a container a name holds: `rows.append(row)`, `d[key] = value`, `rows += more`. */
import type { Expr, Name } from '../syntax/ast.ts'
import { mentions } from '../syntax/ancestors.ts'
import type { Block, Event } from '../flow/graph.ts'
import { byContainer } from './by-container.ts'

/** An operation that adds to the container a name holds. */
export interface Addition {
  readonly target: Name
  readonly element: Expr | null
  /** Adds all elements of `element`, not the object itself. */
  readonly spread: boolean
  readonly keyed: boolean
  /** `totals[key] = totals.get(key, 0) + n`, `counts[key] += 1`: one entry per group, not per round. */
  readonly aggregates: boolean
  readonly block: Block
}

const ADD_ONE: ReadonlySet<string> = new Set(['append', 'add', 'appendleft', 'insert', 'setdefault'])
const ADD_ALL: ReadonlySet<string> = new Set(['extend', 'update', 'extendleft'])

/** Additions of a frame, by the binding that holds the container. */
export const additionsIn = byContainer(additionBy)

function additionBy(event: Event, block: Block): Addition | null {
  if (event.kind === 'call') {
    const { func, args } = event.node
    if (func.kind !== 'Attribute' || func.value.kind !== 'Name') return null
    if (ADD_ONE.has(func.attr)) return { ...plain(block), target: func.value, element: args.at(-1)?.value ?? null }
    if (ADD_ALL.has(func.attr)) return { ...plain(block), target: func.value, element: args[0]?.value ?? null, spread: true }
    return null
  }
  if (event.kind === 'store' && event.node.kind === 'Subscript' && event.node.value.kind === 'Name' && event.stmt.kind !== 'Delete') {
    const { value: target } = event.node
    return { ...plain(block), target, element: event.value, keyed: true, aggregates: event.value === null || mentions(event.value, target.id) }
  }
  if (event.kind === 'augment' && event.node.target.kind === 'Name' && event.node.op === '+') {
    return { ...plain(block), target: event.node.target, element: event.node.value, spread: true }
  }
  return null
}

function plain(block: Block): Pick<Addition, 'spread' | 'keyed' | 'aggregates' | 'block'> {
  return { spread: false, keyed: false, aggregates: false, block }
}
