/**
 * Where what a name was bound to is not there, though the flow alone would let it get there: made under one condition, it is not to be found under
 * the opposite one (`if keep: s = f()` … `if not keep: g()`).
 */
import { comesBefore, contains } from '../syntax/ancestors.ts'
import type { Expr } from '../syntax/ast.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { branchesOf, isInBranch, isOpposed, type Branch } from '../flow/conditions.ts'
import { emptyNames } from '../flow/emptiness.ts'
import type { Binding, Block } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import { additionsIn } from './additions.ts'

const known = perObject((_: FlowAnalysis) => new Map<Binding, readonly Branch[]>())

/** The branches that do not run, or have nothing of it, once the binding has bound what it does. */
export function branchesWithout(binding: Binding, flow: FlowAnalysis): readonly Branch[] {
  const found = known(flow)
  let branches = found.get(binding)
  if (!branches) found.set(binding, branches = worksWithout(binding, flow))
  return branches
}

function worksWithout(binding: Binding, flow: FlowAnalysis): readonly Branch[] {
  const { graph } = flow
  const made = fillings(binding, flow)
  const isTested = ({ guard }: Branch) => comesBefore(binding.name, guard, graph.body) || contains(guard.test, binding.name)
  const isEmpty = (branch: Branch) => isTested(branch) && emptyNames(branch.guard.test, branch.outcome).includes(binding.variable.name)
  return branchesOf(graph).filter(branch => isEmpty(branch) || made.every(node => isOpposed(branch, node, graph)))
}

/** What makes it large: the binding, or what adds to a container that is bound empty. */
function fillings(binding: Binding, flow: FlowAnalysis): readonly { readonly start: number }[] {
  const additions = binding.value && isEmptyContainer(binding.value) ? additionsIn(flow).get(binding) ?? [] : []
  return additions.length > 0 ? additions.map(a => a.target) : [binding.name]
}

function isEmptyContainer(value: Expr): boolean {
  if (value.kind === 'List') return value.elts.length === 0
  if (value.kind === 'Dict') return value.values.length === 0
  return value.kind === 'Call' && value.func.kind === 'Name' && value.args.length === 0 && (value.func.id === 'list' || value.func.id === 'dict' || value.func.id === 'set')
}

/** Blocks in which nothing is there that any of the bindings bound. */
export function blocksWithout(bindings: readonly Binding[], flow: FlowAnalysis): (block: Block) => boolean {
  const without = bindings.map(b => branchesWithout(b, flow))
  if (bindings.length === 0 || without.some(branches => branches.length === 0)) return () => false
  return ({ events: [first] }) => {
    if (first === undefined) return false
    const node = first.kind === 'bind' ? first.binding.name : first.node
    return without.every(branches => branches.some(branch => isInBranch(branch, node)))
  }
}
