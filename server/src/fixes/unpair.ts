/** A loop over `enumerate(…)` or `zip(…)` written so that nothing but the loop's own name has the object of a round. */
import type { Comprehension, Expr, For, Name, Node } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { FlowGraph, SuiteInfo, Variable } from '../flow/graph.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import type { FrameFacts } from '../rules/rule.ts'
import type { LateLoop } from '../rules/late-loops.ts'
import { dottedName } from '../values/names.ts'
import { namesIn } from '../rules/inner-functions.ts'
import { replacement } from './edits.ts'
import { insertStatement } from './insertion.ts'

/** `release`: the edits that let the name go, if it is not let go yet. */
export type Rewriting = (release: readonly Edit[], source: Source) => Fix

/** Null where the program would not be the same. */
export function unpairing(late: LateLoop, facts: FrameFacts): Rewriting | null {
  const { analysis: { flow: { graph } } } = facts
  const body = graph.suites.find(s => s.owner === late.loop && s.part === 'body')
  if (late.maker === null || graph.frame === 'module' || !body) return null
  return madeInBody(late, body, facts) ?? counted(late, body, facts)
}

/** `for i, x in enumerate(load(p) for p in paths)` becomes `for i, p in enumerate(paths)`, and `x = load(p)` the first statement. */
function madeInBody({ loop, call, maker }: LateLoop, body: SuiteInfo, { analysis: { flow, values } }: FrameFacts): Rewriting | null {
  const { iterable, target } = maker!
  const last = call.args.filter(a => a.form === 'positional' && a.name === null).at(-1)
  // What stands before it may end the loop before the object is made; a `strict` one raises.
  if (last?.value !== iterable || call.args.some(a => a.name === 'strict')) return null
  const made = iterable.kind === 'Comprehension' ? fromGenerator(iterable) : iterable.kind === 'Call' && dottedName(iterable.func, values.context) === 'map' ? fromMap(iterable.args.map(a => (a.form === 'positional' ? a.value : null)), loop, flow.graph) : null
  if (made === null) return null
  const count = (stmts: readonly Node[]) => stmts.reduce((n, stmt) => n + namesIn(stmt, made.item).length, 0)
  const isFree = made.item === target.id || count(flow.graph.body) === count([iterable])
  if (!isFree) return null
  // A generator expression that is the only argument stands in the parentheses of the call.
  const isBare = iterable.kind === 'Comprehension' && iterable.start === call.func.end
  return (release, source) => {
    const items = textOf(made.items, source)
    return {
      title: `Make \`${target.id}\` in the loop`, kind: 'inline', safety: 'safe',
      edits: [replacement(target, made.item), replacement(iterable, isBare ? `(${items})` : items), insertStatement({ suite: body, index: 0 }, `${target.id} = ${made.expression(source)}`, source), ...release],
    }
  }
}

function textOf(expr: Expr, source: Source): string {
  return source.text.slice(...source.rangeOf(expr))
}

interface Made {
  readonly item: string
  readonly items: Expr
  readonly expression: (source: Source) => string
}

function fromGenerator({ elt, generators: [only, ...others] }: Comprehension): Made | null {
  if (!only || others.length > 0 || only.ifs.length > 0 || only.isAsync || only.target.kind !== 'Name') return null
  // `next` in it that finds nothing would end the loop as an error of another kind; a walrus or `await` is a matter of its own frame.
  if (someNode(elt, n => n.kind === 'NamedExpr' || n.kind === 'Await' || (n.kind === 'Name' && n.id === 'next'))) return null
  return { item: only.target.id, items: only.iter, expression: source => parenthesised(textOf(elt, source)) }
}

/** Inside parentheses lines may break. */
function parenthesised(text: string): string {
  return /[\r\n]/.test(text) ? `(${text})` : text
}

function fromMap([callable, items, ...others]: readonly (Expr | null)[], loop: For, graph: FlowGraph): Made | null {
  if (!callable || !items || others.length > 0 || !isStill(callable, loop, graph)) return null
  return { item: 'item', items, expression: source => `${textOf(callable, source)}(item)` }
}

/** A name or a function of a module, which the loop does not bind: it means the same at each step. */
function isStill(expr: Expr, loop: For, graph: FlowGraph): boolean {
  if (expr.kind !== 'Name') return expr.kind === 'Attribute' && isStill(expr.value, loop, graph)
  return !graph.bindings.some(b => b.name.id === expr.id && b.name.start >= loop.start && b.name.start < loop.end)
}

/** `for i, x in enumerate(objects())` becomes `i = -1`, `for x in objects()`, and `i += 1` the first statement. */
function counted({ loop, call, maker }: LateLoop, body: SuiteInfo, facts: FrameFacts): Rewriting | null {
  const { target } = loop
  const [index] = target.kind === 'Tuple' || target.kind === 'List' ? target.elts : []
  if (dottedName(call.func, facts.analysis.values.context) !== 'enumerate' || call.args.length !== 1 || index?.kind !== 'Name' || index.id === maker!.target.id) return null
  const variable = facts.analysis.flow.graph.variables.find(v => v.name === index.id && v.scope === facts.analysis.flow.graph.scope)
  const outer = facts.analysis.flow.graph.suites.find(s => s.body.includes(loop))
  if (!variable || !outer || !isLoopsOwn(variable, index, loop, facts)) return null
  return (release, source) => ({
    title: 'Count by hand instead of `enumerate`', kind: 'stream', safety: 'safe',
    edits: [
      insertStatement({ suite: outer, index: outer.body.indexOf(loop) }, `${index.id} = -1`, source),
      replacement(target, maker!.target.id), replacement(call, textOf(maker!.iterable, source)),
      insertStatement({ suite: body, index: 0 }, `${index.id} += 1`, source), ...release,
    ],
  })
}

/** Nobody else binds the counter, and nobody asks for it after the loop, where it would be -1 instead of unbound if there was no round. */
function isLoopsOwn(variable: Variable, name: Name, loop: For, { analysis: { flow }, index }: FrameFacts): boolean {
  const after = flow.graph.pointsOf(loop)?.after
  const isOnly = (index.bindings.get(variable) ?? []).every(b => b.name === name) && (index.changes.get(variable) ?? []).every(c => c.binds)
  const otherwise = flow.graph.suites.find(s => s.owner === loop && s.part === 'orelse')?.start
  return variable.storage === 'local' && isOnly && [after, otherwise].every(point => !point || !flow.liveAt(point, variable))
}
