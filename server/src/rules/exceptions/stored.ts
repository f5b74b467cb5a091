/** Exceptions, and what `sys.exc_info()` tells of them, that get a second holder. */
import type { Call, Expr, Name, Node } from '../../syntax/ast.ts'
import { lastName } from '../../syntax/expressions.ts'
import type { Binding, Point } from '../../flow/graph.ts'
import { dottedName } from '../../values/names.ts'
import { kindOf } from '../../values/parts.ts'
import { OUTER } from '../../values/value.ts'
import { POINTS } from '../../values/weights.ts'
import { namesIn } from '../inner-functions.ts'
import { judge } from '../judgement.ts'
import { outlivingsOf } from '../outliving.ts'
import type { Draft, FrameFacts } from '../rule.ts'
import { bigLocals, endsBound, type Storing } from './kept-locals.ts'
import { storedFinding } from './stored-finding.ts'

/** What an `except` clause names, and somebody stores. */
export function storedException(binding: Binding, facts: FrameFacts): readonly Draft[] {
  const { flow, values } = facts.analysis
  const isIt = (expr: Expr) => expr.kind === 'Name' && flow.reaching(expr).includes(binding)
  const isKeptBy = (expr: Expr) => values.ofExpr(expr).links.some(l => l.certain && l.how === 'keeps' && !l.share && l.site === binding)
  const has = (expr: Expr): boolean => isIt(expr) || isTraceOf(expr, isIt) || partsOf(expr).some(has)
    || (expr.kind === 'Call' && expr.args.some(a => has(a.value)) && (isException(expr) || isKeptBy(expr)))
  const storings: Storing[] = storingsOf(has, facts)
  for (const other of flow.graph.bindings) {
    const { value } = other
    if (value === null || other.kind !== 'assignment' || other.path.length > 0 || other.variable.storage !== 'local') continue
    if ((isIt(value) || isTraceOf(value, isIt)) && endsBound(other, facts)) storings.push({ expr: value, how: `\`${other.name.id}\` is a local of the frame that it keeps`, isCycle: true, isReturned: false, local: other })
  }
  const [storing] = storings
  const isTrace = storing !== undefined && storing.local === null && isTraceOf(storing.expr, isIt)
  const draft = storing && storedDraft(storing, isTrace ? null : binding.name, facts)
  return draft ? [draft] : []
}

/** An exception has what it is made of, whatever its class does (fact 78); told by the naming rule (PEP 8). */
function isException({ func }: Call): boolean {
  return /(Error|Exception|Warning)$/.test(lastName(func) ?? '')
}

/** What a display keeps. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'Tuple':
    case 'List': return expr.elts
    case 'Dict': return expr.values
    default: return []
  }
}

function isTraceOf(expr: Expr, isIt: (expr: Expr) => boolean): boolean {
  return expr.kind === 'Attribute' && expr.attr === '__traceback__' && isIt(expr.value)
}

/** Where the frame hands on what `has` the exception. */
function storingsOf(has: (expr: Expr) => boolean, facts: FrameFacts): Storing[] {
  const { flow, values } = facts.analysis
  const outliving = outlivingsOf(flow.graph, values, has).filter(o => has(o.expr))
  const found = outliving.map(o => ({ expr: o.expr, how: o.kind === 'collect' ? 'a container collects it' : o.how, isCycle: o.kind === 'collect' && !isOutside(o.node, facts), isReturned: o.kind === 'return', local: null }))
  return [...found.filter(f => !f.isReturned), ...found.filter(f => f.isReturned)]
}

/** The container belongs to someone else, or is returned; else it is a local of this frame. */
function isOutside(node: Node, { analysis }: FrameFacts): boolean {
  const { values, flow } = analysis
  const owner = node.kind === 'Call' && node.func.kind === 'Attribute' ? node.func.value : node.kind === 'Subscript' || node.kind === 'Attribute' ? node.value : null
  const links = owner ? values.ofExpr(owner).links : []
  const sites = new Set(links.filter(l => l.how === 'is').map(l => l.site))
  const isReturned = flow.graph.blocks.some(b => b.events.some(e => e.kind === 'return' && e.node.value !== null && values.ofExpr(e.node.value).links.some(l => l.how !== 'part' && sites.has(l.site))))
  return isReturned || links.some(l => l.site === OUTER || (typeof l.site === 'object' && 'variable' in l.site && l.site.kind === 'parameter'))
}

/** `sys.exc_info()` in a local, or handed on. */
export function fetchedException(facts: FrameFacts): readonly Draft[] {
  const { values, flow } = facts.analysis
  const isFetched = (expr: Expr | null): expr is Call => expr?.kind === 'Call' && dottedName(expr.func, values.context) === 'sys.exc_info'
  const isIt = (expr: Expr): boolean => isFetched(expr) || (expr.kind === 'Subscript' && isFetched(expr.value) && expr.slice.kind === 'Constant' && expr.slice.value !== 0)
    || partsOf(expr).some(isIt)
  const stored = storingsOf(isIt, facts).slice(0, 1).flatMap(storing => storedDraft(storing, null, facts) ?? [])
  return [...stored, ...flow.graph.bindings.flatMap(binding => {
    const { value } = binding
    if (binding.kind !== 'assignment' || !isFetched(value) || binding.path[0] === 0) return []
    if (binding.path.length > 0 && binding.path[0] !== 2) return []
    if (!endsBound(binding, facts)) return []
    const draft = storedDraft({ expr: value, how: `\`${binding.name.id}\` is a local of the frame that it keeps`, isCycle: true, isReturned: false, local: binding }, binding.name, facts)
    return draft ? [draft] : []
  })]
}

/** `name`: what the exception is called; null: nothing. */
function storedDraft(storing: Storing, name: Name | null, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const at = pointIn(storing.expr, facts)
  const [largest] = at === null ? [] : bigLocals(at, storing, facts)
  if (at === null || largest === undefined) return null
  const isSure = name === null || isNothingElse(storing.expr, name.id, facts)
  const doubts = [
    ...(storing.isReturned ? [{ node: storing.expr, why: 'the caller may be done with it at once', weak: false }] : []),
    ...(isSure ? [] : [{ node: storing.expr, why: `\`${name.id}\` may be something else by then`, weak: false }]),
  ]
  const verdict = judge({ kind: 'held-after-last-use', value: largest.value, variable: largest.binding.variable, drag: { points: POINTS.heavy + POINTS.call, collects: null }, isFarReaching: true, doubts }, { kind: kindOf(largest.value.type, analysis.values.context), scope }, options)
  return verdict && (source => storedFinding(storing, largest, name, isSure, verdict, facts, source))
}

/** Wherever the expression reads the name, that is one object. */
function isNothingElse(expr: Expr, name: string, { analysis: { flow } }: FrameFacts): boolean {
  return namesIn(expr, name).every(use => flow.reaching(use).length === 1)
}

/** The point of the first name in an expression, or of the statement around it. */
function pointIn(expr: Expr, { analysis }: FrameFacts): Point | null {
  const { graph } = analysis.flow
  if (expr.kind === 'Name') return graph.pointOf(expr)
  for (const { body } of graph.suites) {
    const stmt = body.find(s => s.start <= expr.start && expr.end <= s.end && (s.kind === 'Assign' || s.kind === 'ExprStmt' || s.kind === 'Return'))
    if (stmt) return graph.pointsOf(stmt)?.before ?? null
  }
  return null
}
