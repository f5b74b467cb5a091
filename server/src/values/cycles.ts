/**
 * Bindings whose values rest on one another: `total = total + row` around a loop, `rows.append(make(rows))`. They are the strongly connected
 * components of the graph "the value of this binding is computed from the value of that one", as the text tells it.
 */
import type { Expr, Name, Node } from '../syntax/ast.ts'
import { nodesIn } from '../syntax/ancestors.ts'
import { remembered } from '../text/on-demand.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import type { Binding } from '../flow/graph.ts'
import { additionsIn, type Addition } from './additions.ts'
import { componentsFrom, neededFirst } from './components.ts'

/** A number for each set of bindings that rest on one another; 0: the value of the binding does not rest on itself. */
export type Cycle = number

export interface Cycles {
  of(binding: Binding): Cycle
  /** In the order in which control gets to them in a round. */
  membersOf(cycle: Cycle): readonly Binding[]
  /** The name is read to compute a binding of the cycle. */
  hasUse(cycle: Cycle, use: Name): boolean
  /** What the value of the binding rests on, near and far, itself included: what is needed for another before that, but for cycles. */
  neededFor(binding: Binding): readonly Binding[]
  /** What the name reads here of the binding, of the same cycle, is from an earlier round: control gets from the binding to it around a loop only. */
  isCarried(use: Name, binding: Binding): boolean
}

export function cyclesIn(flow: FlowAnalysis): Cycles {
  const { graph } = flow
  const hasAdditions = additionsIn(flow).size > 0
  const cycles = new Map<Binding, Cycle>()
  const uses = new Map<Name, Set<Cycle>>()
  const members: (readonly Binding[])[] = [[]]
  const known = new Map<Binding, readonly Name[]>()
  const usesOf = (binding: Binding): readonly Name[] => remembered(known, binding, () => usesFor(binding, flow))
  const order = (name: Name): number => {
    const point = graph.pointOf(name)
    return point === null ? -1 : point.block * EVENTS + point.index
  }
  const restsOn = (binding: Binding): readonly Binding[] => usesOf(binding).flatMap(use => flow.reaching(use))
  const find = componentsFrom(restsOn, (bindings, rests) => {
    const cycle = rests ? members.push([...bindings].sort((a, b) => order(a.name) - order(b.name))) - 1 : 0
    for (const binding of bindings) {
      cycles.set(binding, cycle)
      if (cycle > 0) for (const use of usesOf(binding)) uses.set(use, (uses.get(use) ?? new Set()).add(cycle))
    }
  })
  const isOutsideLoops = ({ name }: Binding): boolean => {
    const point = graph.pointOf(name)
    return point !== null && graph.blocks[point.block]!.loops.length === 0
  }
  return {
    of(binding) {
      if (!hasAdditions && isOutsideLoops(binding)) return 0
      if (!cycles.has(binding)) find(binding)
      return cycles.get(binding)!
    },
    membersOf: cycle => members[cycle]!,
    neededFor: binding => neededFirst(restsOn, binding),
    hasUse: (cycle, use) => uses.get(use)?.has(cycle) ?? false,
    isCarried: (use, binding) => order(binding.name) >= order(use),
  }
}

/** No block has as many. Blocks are numbered in reverse postorder, so that only loops lead back. */
const EVENTS = 2 ** 26

/** Names that are read to compute the value of a binding, and what is added to it later. */
function usesFor(binding: Binding, flow: FlowAnalysis): readonly Name[] {
  const { node, value } = binding
  const own: readonly (Node | null)[] = node.kind === 'AugAssign' ? [node.target, node.value] : node.kind === 'FunctionDef' ? node.header.params.map(p => p.default) : [value]
  return [...own, ...(additionsIn(flow).get(binding) ?? []).flatMap(readToAdd)].flatMap(n => (n ? namesIn(n) : []))
}

function readToAdd({ element, block }: Addition): readonly (Expr | null)[] {
  return [element, ...block.loops.map(({ node }) => (node.kind === 'For' || node.kind === 'Generator' ? node.iter : null))]
}

function namesIn(node: Node): readonly Name[] {
  return nodesIn(node, (n): n is Name => n.kind === 'Name')
}
