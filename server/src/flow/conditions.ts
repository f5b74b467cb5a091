/** What the tests around a statement say where it runs: `if keep:`, `if opt["noise"]:`, `if step == 2:`, and after `if not keep: return`. */
import type { Compare, Expr, If, Stmt, Suite } from '../syntax/ast.ts'
import { comesBefore, contains } from '../syntax/ancestors.ts'
import { perObject } from '../text/on-demand.ts'
import type { FlowGraph } from './graph.ts'
import { readingOf, type Reading } from './readings.ts'

/** Statements of a suite, from an index on, that run only where a test came out so: a branch, or what follows a branch that ends otherwise. */
export interface Branch {
  readonly guard: If
  readonly outcome: boolean
  readonly body: Suite
  readonly from: number
}

/** `is` compares with None or a literal; `value` is that literal, '' for the truth of the subject itself. */
interface Condition {
  readonly subject: Reading
  readonly about: 'truth' | 'is'
  readonly value: string
  readonly holds: boolean
  readonly guard: If
}

/** Of a frame. */
export const branchesOf: (graph: FlowGraph) => readonly Branch[] = perObject(graph => (
  graph.suites.flatMap(({ body }) => body.flatMap((stmt, i) => (stmt.kind === 'If' ? branchesAt(stmt, body, i, graph) : [])))
))

function branchesAt(guard: If, body: Suite, i: number, graph: FlowGraph): readonly Branch[] {
  const rest = { guard, body, from: i + 1 }
  return [
    { guard, outcome: true, body: guard.body, from: 0 },
    { guard, outcome: false, body: guard.orelse, from: 0 },
    ...(ends(guard.body, graph) ? [{ ...rest, outcome: false }] : ends(guard.orelse, graph) ? [{ ...rest, outcome: true }] : []),
  ]
}

/** It never gets to what follows it. */
function ends(suite: Suite, graph: FlowGraph): boolean {
  const last = suite.at(-1)
  return last !== undefined && graph.pointsOf(last)?.after === null
}

export function isInBranch({ body, from }: Branch, node: { readonly start: number }): boolean {
  return body.some((stmt, i) => i >= from && contains(stmt, node))
}

/** Is the branch never run where the node was, because a test would have to come out both ways? */
export function isOpposed(branch: Branch, node: { readonly start: number }, graph: FlowGraph): boolean {
  const there = conditionsOf(branch)
  const isContradicted = (around: Branch): boolean => conditionsOf(around).some(a => there.some(b => contradict(a, b) && isSteady(a, b, graph)))
  return there.length > 0 && branchesOf(graph).some(around => isInBranch(around, node) && isContradicted(around))
}

function contradict(a: Condition, b: Condition): boolean {
  if (a.subject.text !== b.subject.text) return false
  if (a.about === b.about) return a.value === b.value ? a.holds !== b.holds : a.holds && b.holds
  const [truth, is] = a.about === 'truth' ? [a, b] : [b, a]
  return truth.holds && is.holds && is.value === NONE
}

/** What they read is set before both tests only, and not again in a round of a loop around them. */
function isSteady(a: Condition, b: Condition, graph: FlowGraph): boolean {
  const { names, paths } = a.subject
  const loops = loopsAround(b.guard, graph)
  const isBefore = (node: { readonly start: number }): boolean => [a, b].every(({ guard }) => comesBefore(node, guard, graph.body)) && !loops.some(loop => contains(loop, node))
  return graph.variables.every(v => !v.writtenInside || !names.includes(v.name))
    && graph.bindings.every(({ variable, kind, name }) => !names.includes(variable.name) || kind === 'parameter' || isBefore(name))
    && (paths.length === 0 || storesIn(graph).every(({ path, node }) => !paths.includes(path) || isBefore(node)))
}

function loopsAround(guard: If, graph: FlowGraph): readonly Stmt[] {
  const point = graph.pointsOf(guard)?.before
  return point ? graph.blocks[point.block]!.loops.map(l => l.node as Stmt) : []
}

const storesIn = perObject((graph: FlowGraph) => graph.blocks.flatMap(({ events }) => events.flatMap(event => {
  const target = event.kind === 'store' ? event.node : event.kind === 'augment' ? event.node.target : null
  const reading = target && readingOf(target)
  return reading ? [{ path: reading.text, node: target }] : []
})))

const conditionsOf = perObject(({ guard, outcome }: Branch) => conditionsIn(guard.test, outcome, guard))

/** What is known when the test came out as `outcome`. */
function conditionsIn(test: Expr, outcome: boolean, guard: If): readonly Condition[] {
  switch (test.kind) {
    case 'UnaryOp': return test.op === 'not' ? conditionsIn(test.operand, !outcome, guard) : []
    case 'BoolOp': return [...truth(test, outcome, guard), ...((test.op === 'and') === outcome ? test.values.flatMap(v => conditionsIn(v, outcome, guard)) : [])]
    case 'Compare': return compared(test, outcome, guard)
    default: return truth(test, outcome, guard)
  }
}

function truth(test: Expr, holds: boolean, guard: If): readonly Condition[] {
  const subject = readingOf(test)
  return subject === null ? [] : [{ subject, about: 'truth', value: '', holds, guard }]
}

function compared(test: Compare, outcome: boolean, guard: If): readonly Condition[] {
  const { left, ops: [op], comparators: [other] } = test
  if (test.ops.length !== 1 || other === undefined || op === undefined) return []
  const isEqual = EQUAL.get(op)
  const [subject, value] = [readingOf(left), other.kind === 'Constant' ? readingOf(other) : null]
  if (isEqual !== undefined && subject !== null && value !== null) return [{ subject, about: 'is', value: value.text, holds: isEqual === outcome, guard }]
  const opposite = NEGATIVE.get(op)
  return opposite === undefined ? truth(test, outcome, guard) : truth({ ...test, ops: [opposite] }, !outcome, guard)
}

const EQUAL: ReadonlyMap<string, boolean> = new Map([['==', true], ['is', true], ['!=', false], ['is not', false]])

/** By operators that say no, those that say yes. */
const NEGATIVE: ReadonlyMap<string, string> = new Map([['!=', '=='], ['is not', 'is'], ['not in', 'in']])

/** As a reading has it. */
const NONE = 'None null'
