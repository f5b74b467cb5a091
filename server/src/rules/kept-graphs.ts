/** Results of a model that are collected in a loop with all that they were computed from. Page: view-holds-base.md. */
import type { Call, Expr, FunctionDef, Node, Stmt } from '../syntax/ast.ts'
import { dottedPath } from '../syntax/expressions.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import type { FlowGraph } from '../flow/graph.ts'
import { forEachChild } from '../syntax/walk.ts'
import { ANY } from '../values/range.ts'
import { makeValue, sized } from '../values/value.ts'
import { POINTS } from '../values/weights.ts'
import { insertion } from '../fixes/edits.ts'
import type { Finding, Fix } from './finding.ts'
import { evaluatedModels, rememberers, turnsOff } from './gradients.ts'
import { judge, type Verdict } from './judgement.ts'
import { perPart } from './kept.ts'
import type { Draft, ModuleView } from './rule.ts'
import { estimateOf, excerpt } from './wording.ts'

export function keptGraphs(module: ModuleView): readonly Draft[] {
  const candidates = evaluatorsIn(module)
  if (candidates.length === 0 || module.body.some(turnsOffForAll)) return []
  const quiet = new Set(quietIn(module))
  return candidates.filter(({ def }) => !quiet.has(def.header.name.id)).flatMap(place => inFunction(place, module))
}

const evaluatorsIn = perPart(({ functions }) => functions.filter(({ def }) => evaluatedModels(def).size > 0))
const quietIn = perPart(({ stmt }) => calledWithout(stmt))

/** `torch.set_grad_enabled(False)` for the whole module. */
function turnsOffForAll(stmt: Stmt): boolean {
  return stmt.kind === 'ExprStmt' && stmt.value.kind === 'Call' && turnsOff(stmt.value)
}

/** The names of functions that are called where gradients are off. */
function calledWithout(stmt: Stmt): readonly string[] {
  const names: string[] = []
  const visit = (node: Node, isOff: boolean): void => {
    const off = isOff || (node.kind === 'With' && node.items.some(i => turnsOff(i.context))) || (node.kind === 'FunctionDef' && node.header.decorators.some(turnsOff))
    if (off && node.kind === 'Call') names.push(dottedPath(node.func)?.replace(/^.*\./, '') ?? '')
    forEachChild(node, child => visit(child, off))
  }
  visit(stmt, false)
  return names
}

/** A result that something collects one of in every round. */
interface Collected {
  readonly expr: Expr
  /** The name or path of what collects; null: a list in the making. */
  readonly by: string | null
}

function inFunction({ def, ownClass, name }: FunctionPlace, module: ModuleView): readonly Draft[] {
  const { flow } = module.frames.of(def, ownClass)
  const remembers = rememberers(evaluatedModels(def), flow)
  const verdict = judge({ value: GRAPH, variable: { name: '' }, drag: { points: POINTS.heavy + POINTS.allocation, collects: null }, doubts: [] }, { kind: 'model', scope: '' }, module.options)
  if (verdict === null) return []
  return collectedIn(flow.graph).filter(c => remembers(c.expr)).map(c => source => findingOf(c, verdict, def, name, source))
}

/** All that a model works out on the way to its result (measured with torch 1.13: as much as the activations of the batch). */
const GRAPH = makeValue({ size: sized(ANY, 'derived', 'all that the model works out for a batch') })

function collectedIn({ blocks }: FlowGraph): readonly Collected[] {
  return blocks.flatMap(({ events, loops, reachable }) => (!reachable ? [] : events.flatMap(event => {
    if (event.kind === 'operation' && event.node.kind === 'Comprehension' && event.node.form === 'list') return [{ expr: event.node.elt, by: null }]
    const loop = loops.at(-1)?.node
    if (!loop) return []
    if (event.kind === 'augment') return event.node.op === '+' && event.node.target.kind === 'Name' && !isMadeIn(loop, event.node.target.id) ? [{ expr: event.node.value, by: event.node.target.id }] : []
    if (event.kind === 'bind') {
      const { value, path, name } = event.binding
      const isSum = path.length === 0 && value?.kind === 'BinOp' && value.op === '+' && value.left.kind === 'Name' && value.left.id === name.id
      return isSum ? [{ expr: value.right, by: name.id }] : []
    }
    return event.kind === 'call' ? appended(event.node, loop) : []
  })))
}

function appended({ func, args }: Call, loop: Node): readonly Collected[] {
  const [only, ...others] = args
  const by = func.kind === 'Attribute' && func.attr === 'append' ? dottedPath(func.value) : null
  return only && others.length === 0 && only.form === 'positional' && by !== null && !isMadeIn(loop, by) ? [{ expr: only.value, by }] : []
}

/** Bound anew in every round: it collects nothing for long. */
function isMadeIn(loop: Node, name: string): boolean {
  return someNode(loop, node => node.kind === 'Assign' && node.targets.some(t => dottedPath(t) === name))
}

function findingOf({ expr, by }: Collected, verdict: Verdict, def: FunctionDef, scope: string, source: Source): Finding {
  const name = expr.kind === 'Name' ? expr.id : ''
  const keeper = by === null ? 'the list' : `\`${by}\``
  return {
    rule: 'view-holds-base', severity: verdict.severity, confidence: verdict.confidence,
    message: `${excerpt(expr, source)} remembers how it was computed, for a backward pass that never comes here, and ${keeper} keeps it: of every round all that the model worked out stays in memory. \`.eval()\` does not change that; \`.detach()\` keeps the values only, and \`with torch.no_grad():\` around the loop makes nothing else.`,
    name, names: [name, ...(by === null ? [] : [by])].filter(n => n !== ''), scope, span: expr, binding: expr, lastUse: null,
    size: estimateOf(GRAPH.size), drag: [], heldUntil: `${keeper.replace(/`/g, '')} goes`,
    notes: [{ start: expr.start, end: expr.end, message: `${keeper} collects results that remember how they were computed, with all that was worked out on the way`, holds: true }],
    fixes: [detach(expr, by !== null && isReadAsNumber(by, def) ? null : 'unless a backward pass goes through it')],
  }
}

function detach({ kind, start, end }: Expr, risk: string | null): Fix {
  const isOperation = kind === 'BinOp' || kind === 'UnaryOp'
  return {
    title: `Keep the values only: \`.detach()\`${risk === null ? '' : `, ${risk}`}`, kind: 'copy', safety: risk === null ? 'safe' : 'unsafe',
    edits: isOperation ? [insertion(start, '('), insertion(end, ').detach()')] : [insertion(end, '.detach()')],
  }
}

/** Everything but the collecting asks for a number: `total.item()`, `float(total)`, `len(losses)`. */
function isReadAsNumber(name: string, { body }: FunctionDef): boolean {
  let others = 0
  const visit = (node: Node, isNumber: boolean): void => {
    if (node.kind === 'Name' && node.id === name && !isNumber) others++
    if (node.kind === 'AugAssign' && dottedPath(node.target) === name) return visit(node.value, false)
    if (node.kind === 'Assign' && node.targets.length === 1 && dottedPath(node.targets[0]!) === name) return forEachChild(node.value, child => visit(child, child.kind === 'Name' && child.id === name))
    if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'append' && dottedPath(node.func.value) === name) return node.args.forEach(a => visit(a.value, false))
    const asks = node.kind === 'Call' && ((node.func.kind === 'Attribute' && node.func.attr === 'item') || (node.func.kind === 'Name' && /^(float|int|len)$/.test(node.func.id)))
    forEachChild(node, child => visit(child, isNumber || asks))
  }
  for (const stmt of body) visit(stmt, false)
  return others === 0
}
