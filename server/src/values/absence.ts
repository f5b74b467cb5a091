/**
 * Where what a name was bound to is not there, though the flow alone would let it get there: made under one condition, it is not to be found under
 * the opposite one (`if keep: s = f()` … `if not keep: g()`).
 */
import { comesBefore, contains } from '../syntax/ancestors.ts'
import type { Expr } from '../syntax/ast.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { branchesOf, isInBranch, isOpposed, type Branch } from '../flow/conditions.ts'
import { emptyNames } from '../flow/emptiness.ts'
import type { Binding, Block, Event, FlowGraph, Point } from '../flow/graph.ts'
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

/** Where nothing is there that any of the bindings bound. */
export interface Absence {
  readonly isIn: (block: Block) => boolean
  /** On the way from one block to the next: past an `if` without `else`. */
  readonly isBetween: (from: number, to: number) => boolean
}

const NOWHERE: Absence = { isIn: () => false, isBetween: () => false }

export function absenceOf(bindings: readonly Binding[], flow: FlowAnalysis): Absence {
  const [first, ...others] = bindings.map(b => branchesWithout(b, flow))
  if (first === undefined || first.length === 0 || others.some(branches => branches.length === 0)) return NOWHERE
  const without = [first, ...others]
  const skips = first.filter(branch => others.every(branches => branches.includes(branch))).flatMap(branch => skipsOf(branch, flow.graph))
  return {
    isIn({ events: [event] }) {
      if (event === undefined) return false
      const node = event.kind === 'bind' ? event.binding.name : event.node
      return without.every(branches => branches.some(branch => isInBranch(branch, node)))
    },
    isBetween: (from, to) => skips.some(skip => skip.to === to && skip.from.has(from)),
  }
}

/** Does what the binding bound never get there under its name, because every way leads through branches, or past them, where it is not there? */
export function isAbsentAt(point: Point, binding: Binding, flow: FlowAnalysis): boolean {
  const { graph } = flow
  const { isIn, isBetween } = absenceOf([binding], flow)
  if (isIn === NOWHERE.isIn) return false
  const goals = [point, ...point.copies ?? []]
  const seen = new Set<number>()
  const queue = graph.blocks.flatMap(({ id, events }) => events.flatMap((event, i) => (event.kind === 'bind' && event.binding === binding ? [{ block: id, from: i + 1 }] : [])))
  while (queue.length > 0) {
    const { block: id, from } = queue.pop()!
    const { events, successors, handlers } = graph.blocks[id]!
    const change = events.findIndex((event, i) => i >= from && changes(event, binding))
    if (goals.some(p => p.block === id && p.index >= from && (change < 0 || p.index <= change))) return false
    for (const next of [...(change < 0 ? successors.filter(to => !isBetween(id, to)) : []), ...handlers]) {
      if (seen.has(next) || isIn(graph.blocks[next]!)) continue
      seen.add(next)
      queue.push({ block: next, from: 0 })
    }
  }
  return true
}

function changes(event: Event, { variable }: Binding): boolean {
  return event.kind === 'bind' ? event.binding.variable === variable : event.kind === 'delete' && event.variable === variable
}

interface Skip {
  readonly from: ReadonlySet<number>
  readonly to: number
}

/** The ways past an `if` without `else` whose test came out so. */
function skipsOf({ guard, outcome }: Branch, graph: FlowGraph): readonly Skip[] {
  if (outcome || guard.orelse.length > 0) return []
  const points = graph.pointsOf(guard)
  const body = graph.suites.find(s => s.owner === guard && s.part === 'body')?.start
  if (!points?.after || !body) return []
  const to = points.after.block
  // The test takes a block for each of its parts that may be the last.
  const from = new Set([points.before.block])
  for (const id of from) for (const next of graph.blocks[id]!.successors) if (next !== to && next !== body.block) from.add(next)
  return [{ from, to }]
}
