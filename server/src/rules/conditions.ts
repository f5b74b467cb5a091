/**
 * What the tests around a statement say of plain names, so that an object made under one condition is not followed to where the opposite
 * one holds (`if sources: s = f()` … `if not sources: s = g()`).
 */
import type { Compare, Expr, If, Name, Stmt } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { emptyNames } from './emptiness.ts'
import { comesBefore, contains } from '../syntax/ancestors.ts'
import type { FrameIndex } from './frame-index.ts'
import type { Place } from './places.ts'

/** `is` compares with None or a literal; `value` is that literal, '' for the truth of the name itself. */
interface Condition {
  readonly name: string
  readonly about: 'truth' | 'is'
  readonly value: string
  readonly holds: boolean
  /** The `if` that tests it. */
  readonly guard: Stmt
}

/** Can what the binding bound not be there at the place, because a name would have to be both? Or is nothing in it there? */
export function excludes(binding: Binding, place: Place, index: FrameIndex): boolean {
  if (isEmptyAt(binding, place, index)) return true
  const there = conditionsAt(place.suite.body[0]!, index)
  if (there.length === 0) return false
  const here = conditionsAt(binding.name, index)
  return here.some(a => there.some(b => a.guard !== b.guard && contradict(a, b) && isSteady(a, b, place, index)))
}

function contradict(a: Condition, b: Condition): boolean {
  if (a.name !== b.name) return false
  if (a.about === b.about) return a.value === b.value ? a.holds !== b.holds : a.holds && b.holds
  const [truth, is] = a.about === 'truth' ? [a, b] : [b, a]
  return truth.holds && is.holds && is.value === 'None'
}

/** The name is bound before both tests only, and not again in a round of a loop around them. */
function isSteady(a: Condition, b: Condition, place: Place, index: FrameIndex): boolean {
  const { graph } = index.flow
  const variable = graph.variables.find(v => v.name === a.name && v.scope === graph.scope)
  if (variable === undefined || variable.storage === 'outer' || variable.writtenInside) return false
  const loops = graph.blocks[place.point.block]!.loops
  const isInLoop = (name: Name): boolean => loops.some(l => contains(l.node, name))
  const isBefore = (name: Name): boolean => [a, b].every(({ guard }) => comesBefore(name, guard, graph.body))
  return (index.bindings.get(variable) ?? []).every(({ kind, name }) => kind === 'parameter' || (isBefore(name) && !isInLoop(name)))
}

/** A test around the place that comes after the binding says so. */
function isEmptyAt({ name, variable }: Binding, place: Place, index: FrameIndex): boolean {
  return guardsOf(place.suite.body[0]!, index).some(g => comesBefore(name, g.stmt, index.flow.graph.body) && emptyNames(g.stmt.test, g.outcome).includes(variable.name))
}

function conditionsAt(node: { readonly start: number }, index: FrameIndex): readonly Condition[] {
  return guardsOf(node, index).flatMap(g => conditionsIn(g.stmt.test, g.outcome, g.stmt))
}

/** The `if` statements around it, from outside inwards, and how their tests came out. */
function guardsOf(node: { readonly start: number }, index: FrameIndex): readonly { readonly stmt: If; readonly outcome: boolean }[] {
  const found: { readonly stmt: If; readonly outcome: boolean }[] = []
  let suites = index.suites.get(null) ?? []
  for (;;) {
    const stmt = suites.flatMap(s => s.body).find(s => contains(s, node))
    if (stmt === undefined) return found
    suites = index.suites.get(stmt) ?? []
    if (stmt.kind !== 'If') continue
    const branch = suites.find(s => s.body.some(inner => contains(inner, node)))
    if (branch) found.push({ stmt, outcome: branch.part === 'body' })
  }
}

/** What is known of names when the test came out as `outcome`. */
function conditionsIn(test: Expr, outcome: boolean, guard: Stmt): readonly Condition[] {
  switch (test.kind) {
    case 'Name': return [{ name: test.id, about: 'truth', value: '', holds: outcome, guard }]
    case 'UnaryOp': return test.op === 'not' ? conditionsIn(test.operand, !outcome, guard) : []
    case 'BoolOp': return (test.op === 'and') === outcome ? test.values.flatMap(v => conditionsIn(v, outcome, guard)) : []
    case 'Compare': return compared(test, outcome, guard)
    default: return []
  }
}

function compared({ left, ops, comparators }: Compare, outcome: boolean, guard: Stmt): readonly Condition[] {
  const [op, other] = [ops[0], comparators[0]]
  if (ops.length !== 1 || left.kind !== 'Name' || other?.kind !== 'Constant') return []
  const value = other.type === 'None' ? 'None' : other.value === null ? null : `${other.type} ${other.value}`
  const isEqual = op === '==' || op === 'is' ? true : op === '!=' || op === 'is not' ? false : null
  return value === null || isEqual === null ? [] : [{ name: left.id, about: 'is', value, holds: isEqual === outcome, guard }]
}
