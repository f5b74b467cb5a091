/** The operations of a frame that take out of a container what a name holds: `stack.pop()`, `rows.clear()`, `del rows[:n]`. */
import type { Name } from '../syntax/ast.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding, Block, Event } from '../flow/graph.ts'
import { byContainer } from './by-container.ts'
import type { Range } from './range.ts'

interface Removal {
  readonly target: Name
  /** It takes out one element, not any number of them. */
  readonly one: boolean
  readonly block: Block
}

const TAKE_ONE: ReadonlySet<string> = new Set(['pop', 'popleft', 'popitem', 'remove', 'discard'])

const removalsIn = byContainer(removalBy)

/** Of a container of so few elements each counts. */
const FEW = 64

/**
 * Much of the container that a binding holds may be gone when the frame has taken out what it does: all of it, what a loop or a slice takes, one of a
 * few. `count`: of its elements; null: not known.
 */
export function losesMost(binding: Binding, count: Range | null, flow: FlowAnalysis): boolean {
  const removals = removalsIn(flow).get(binding)
  if (!removals) return false
  const home = flow.graph.blocks.find(b => b.events.some(v => v.kind === 'bind' && v.binding === binding))
  const isRepeated = ({ block }: Removal) => block.loops.some(l => !home?.loops.some(h => h.head === l.head))
  return removals.some(r => !r.one || isRepeated(r)) || (count !== null && count.high !== null && count.high <= FEW)
}

function removalBy(event: Event, block: Block): Removal | null {
  if (event.kind === 'call') {
    const { func } = event.node
    if (func.kind !== 'Attribute' || func.value.kind !== 'Name') return null
    return TAKE_ONE.has(func.attr) || func.attr === 'clear' ? { target: func.value, one: func.attr !== 'clear', block } : null
  }
  if (event.kind !== 'store' || event.node.kind !== 'Subscript' || event.node.value.kind !== 'Name') return null
  const isSlice = event.node.slice.kind === 'Slice'
  return isSlice || event.stmt.kind === 'Delete' ? { target: event.node.value, one: !isSlice, block } : null
}
