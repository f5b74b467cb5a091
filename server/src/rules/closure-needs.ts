/** Functions that live on and keep a big local, as a captured name or as a default argument, for no more than its length or the like. Page: closure-holds.md. */
import type { Expr, FunctionDef, Lambda, Node } from '../syntax/ast.ts'
import { contains, someNode } from '../syntax/ancestors.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { Source } from '../syntax/source.ts'
import { perObject } from '../text/on-demand.ts'
import { fromEvents } from '../flow/events.ts'
import type { FlowGraph, Variable } from '../flow/graph.ts'
import { replacement } from '../fixes/edits.ts'
import { insertStatement } from '../fixes/insertion.ts'
import { isCompiledIn } from '../values/compiled.ts'
import { keepingsOf } from '../values/mutations.ts'
import { kindOf } from '../values/parts.ts'
import { OUTER, type Value } from '../values/value.ts'
import { POINTS } from '../values/weights.ts'
import { capturesOf } from './captures.ts'
import { findingOn, leaves, readBy, type Captured } from './captured.ts'
import type { Fix } from './finding.ts'
import { namesIn } from './inner-functions.ts'
import { judge } from './judgement.ts'
import type { Draft, FrameFacts } from './rule.ts'
import { excerpt, listed, sizeText } from './wording.ts'

/** A function that has the object, and under which name. */
interface Keeper {
  readonly closure: FunctionDef | Lambda
  readonly name: string
  readonly isDefault: boolean
}

/** One that lives on, and all it reads of the object. */
interface Living extends Keeper {
  readonly how: string
  readonly uses: readonly Expr[]
}

/** The functions that live on read no more of the object than its length or the like, all of them: as long as one needs it, it is kept anyway. */
export function needsLittle(captured: Captured, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const { variable, value } = captured
  const keepers = keepersOf(variable, facts)
  const living = keepers?.flatMap(keeper => livingOn(keeper, captured, facts) ?? []) ?? []
  const [first] = living
  if (first === undefined || living.length < keepers!.length) return null
  const verdict = judge({ kind: 'held-after-last-use', value, variable, drag: { points: POINTS.heavy, collects: null }, doubts: [] }, { kind: kindOf(value.type, analysis.values.context), scope }, options)
  if (verdict === null) return null
  return source => {
    const ways = [...new Set(living.map(l => l.how))].join(', ')
    const wanted = listed([...new Set(living.map(l => excerpt(l.uses[0]!, source)))])
    const who = living.length === 1 ? `This function lives on (${ways}) and keeps` : `${living.length} functions live on (${ways}) and keep`
    const by = living.every(l => l.isDefault) ? ` as a default argument,` : ''
    return {
      ...findingOn(captured, verdict, [], facts),
      message: `${who} all of \`${variable.name}\`${by} for ${wanted} (${sizeText(value.size)}). Work that out before, and let the function${living.length === 1 ? '' : 's'} read the result.`,
      span: first.uses[0]!, lastUse: null, heldUntil: `the function${living.length === 1 ? ' that keeps it goes' : 's that keep it go'}`, notes: living.map(l => readBy(l.closure)),
      fixes: narrowFix(captured, living, facts, source),
    }
  }
}

/** All functions that have the object once they are made; null: something else has it, too (a class, a comprehension that is not walked at once, a function that is compiled). */
function keepersOf(variable: Variable, { analysis }: FrameFacts): readonly Keeper[] | null {
  const captures = capturesOf(variable, analysis.values).filter(c => !c.isTransient).map(c => c.closure)
  const functions = captures.filter((c): c is FunctionDef | Lambda => c.kind === 'FunctionDef' || c.kind === 'Lambda')
  const keepers = [...functions.map(closure => ({ closure, name: variable.name, isDefault: false })), ...defaultsIn(analysis.flow.graph).filter(d => d.of === variable.name)]
  const isCompiled = ({ closure }: Keeper) => closure.kind === 'FunctionDef' && isCompiledIn(closure, analysis.values.context)
  return functions.length < captures.length || keepers.some(isCompiled) ? null : keepers
}

/** A function made in this frame has the name as a default argument. */
export function isDefault({ name }: Variable, graph: FlowGraph): boolean {
  return defaultsIn(graph).some(d => d.of === name)
}

/** `def late(event, rows=rows)`: a default argument is kept for as long as its function is (facts 28, 96). */
const defaultsIn = perObject((graph: FlowGraph): readonly (Keeper & { readonly of: string })[] => fromEvents(graph, event => {
  if (event.kind !== 'closure' || (event.node.kind !== 'FunctionDef' && event.node.kind !== 'Lambda')) return []
  const closure = event.node
  const params = closure.kind === 'Lambda' ? closure.params : closure.header.params
  return params.flatMap(p => (p.default?.kind === 'Name' ? [{ closure, name: p.name.id, of: p.default.id, isDefault: true }] : []))
}))

function livingOn(keeper: Keeper, captured: Captured, facts: FrameFacts): Living | null {
  const how = livesOn(keeper.closure, facts)
  const uses = how === null ? null : onlyUse(keeper)
  return how !== null && uses && !leaves(captured, keeper.closure, facts) ? { ...keeper, how, uses } : null
}

/** How the closure gets out of the frame; null: it does not, as far as is known. */
function livesOn(closure: FunctionDef | Lambda, { analysis }: FrameFacts): string | null {
  const { values, flow } = analysis
  const { graph } = flow
  const binding = closure.kind === 'FunctionDef' ? graph.bindings.find(b => b.node === closure) ?? null : null
  const isIt = (v: Value) => v.links.some(l => l.how !== 'part' && l.certain && (l.site === closure || l.site === binding))
  for (const { events } of graph.blocks) {
    for (const event of events) if (event.kind === 'return' && event.node.value && isIt(values.ofExpr(event.node.value))) return 'it is returned'
  }
  for (const { kept, owner, certain, node, how } of keepingsOf(graph, values)) {
    if (!isIt(kept) || !owner.links.some(l => l.site === OUTER || (typeof l.site === 'object' && 'variable' in l.site && l.site.kind === 'parameter'))) continue
    if (certain || (node.kind === 'Call' && node.func.kind === 'Attribute' && REGISTERS.has(node.func.attr))) return how
  }
  return null
}

/** Methods that keep a function to call it later, whatever the object is. */
const REGISTERS: ReadonlySet<string> = new Set([
  'connect', 'subscribe', 'register', 'add_done_callback', 'add_callback', 'add_listener', 'call_later', 'call_soon', 'after', 'bind', 'on', 'submit', 'observe', 'append',
])

/** All that the function reads of the object, if that is one small thing every time: `len(rows)`, `frame.shape`. */
function onlyUse({ closure, name }: Keeper): readonly Expr[] | null {
  const { body } = closure
  const uses: Expr[] = []
  const visit = (node: Node): void => {
    const use = smallUse(node, name)
    if (use) uses.push(use)
    else forEachChild(node, visit)
  }
  const parts = 'kind' in body ? [body] : body
  parts.forEach(visit)
  const isAll = uses.length > 0 && parts.flatMap(part => namesIn(part, name)).length === uses.length
  return isAll && uses.every(u => shapeOf(u) === shapeOf(uses[0]!)) ? uses : null
}

function smallUse(node: Node, name: string): Expr | null {
  const isName = (e: Expr | undefined) => e?.kind === 'Name' && e.id === name
  if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'len' && node.args.length === 1 && isName(node.args[0]!.value)) return node
  if (node.kind === 'Attribute' && isName(node.value) && SMALL_ATTRIBUTES.has(node.attr)) return node
  return null
}

const SMALL_ATTRIBUTES: ReadonlySet<string> = new Set(['shape', 'dtype', 'ndim', 'size', 'nbytes'])

function shapeOf(use: Expr): string {
  return use.kind === 'Attribute' ? use.attr : 'len'
}

/**
 * What they read gets a name before the first of them is made. The program differs if the object changes between then and the call. A default argument is left
 * to the author: others may pass another.
 */
function narrowFix({ variable }: Captured, living: readonly Living[], { analysis }: FrameFacts, source: Source): readonly Fix[] {
  if (living.some(l => l.isDefault)) return []
  const { graph } = analysis.flow
  const holders = living.map(({ closure }) => graph.suites.flatMap(s => s.body.map((stmt, index) => ({ suite: s, index, stmt }))).filter(({ stmt }) => contains(stmt, closure)).at(-1))
  const [holder] = holders
  if (!holder || holders.some(h => h?.suite !== holder.suite) || (holder.index === 0 && holder.suite.owner === null)) return []
  const named = living.map(({ uses }) => ({ uses, name: `${variable.name}_${shapeOf(uses[0]!)}` }))
  const names = [...new Set(named.map(n => n.name))]
  const isTaken = (name: string): boolean => graph.variables.some(v => v.name === name) || living.some(({ closure }) => someNode(closure, n => n.kind === 'Name' && n.id === name))
  if (names.some(isTaken)) return []
  const before = names.map(name => {
    const [start, end] = source.rangeOf(named.find(n => n.name === name)!.uses[0]!)
    return insertStatement({ suite: holder.suite, index: holder.index }, `${name} = ${source.text.slice(start, end)}`, source)
  })
  return [{
    title: `Work out ${listed(names.map(n => `\`${n}\``))} before: unless ${variable.name} changes later`, kind: 'local', safety: 'unsafe',
    edits: [{ ...before[0]!, newText: before.map(e => e.newText).join('') }, ...named.flatMap(({ uses, name }) => uses.map(u => replacement(u, name)))],
  }]
}
