/** A function made inside another one keeps a big local of it. Page: closure-holds.md. */
import type { Expr, FunctionDef, Lambda, Name, Node, Return, Stmt } from '../syntax/ast.ts'
import { someNode, contains } from '../syntax/ancestors.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Closure, Variable } from '../flow/graph.ts'
import { insertStatement } from '../fixes/insertion.ts'
import { releaseFix } from '../fixes/release.ts'
import { dragFrom, meetsCapture, type DragReport } from '../values/drag.ts'
import { keepingsOf } from '../values/mutations.ts'
import { kindOf } from '../values/parts.ts'
import { join, OUTER, type Value } from '../values/value.ts'
import { POINTS } from '../values/weights.ts'
import { capturesOf } from './captures.ts'
import type { Finding, Fix, Note } from './finding.ts'
import { wordsForClosure } from './holder-words.ts'
import { holdingAt, type Obstacle } from './holders.ts'
import { calledOnly, namesIn, type InnerFunction } from './inner-functions.ts'
import { judge, type Verdict } from './judgement.ts'
import { releaseForm } from './legality.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { deathsOf, type Place } from './places.ts'
import type { Draft, FrameFacts, FrameRule } from './rule.ts'
import { dragTexts, estimateOf, excerpt, listed, meanwhile, sizeText } from './wording.ts'

export const closureHolds: FrameRule = {
  name: 'closure-holds',
  summary: 'an inner function, lambda or callback keeps a big local it is done with, or needs little of',
  check: facts => {
    const { graph } = facts.analysis.flow
    if (graph.frame === 'module' || graph.scope.seesFrames) return []
    return graph.variables.flatMap(variable => {
      if (variable.storage !== 'cell' || variable.scope !== graph.scope || variable.writtenInside) return []
      const held = capturedObject(variable, facts)
      const finding = held && (afterLastCall(held, facts) ?? inCycle(held, facts) ?? needsLittle(held, facts))
      return finding ? [finding] : []
    })
  },
}

/** A big object of this function that inner functions can read. */
interface Captured {
  readonly variable: Variable
  readonly binding: Binding
  readonly value: Value
}

function capturedObject(variable: Variable, { analysis, index, options }: FrameFacts): Captured | null {
  const bindings = index.bindings.get(variable) ?? []
  const [binding] = bindings
  if (binding === undefined || !bindings.every(b => isObject(b) && !isMeantToLive(b, analysis.values))) return null
  const value = bindings.reduce<Value | null>((v, b) => join(v, analysis.values.ofBinding(b)), null)!
  const isOwn = value.links.length > 0 && value.links.every(l => l.how !== 'is' || (l.site !== OUTER && !l.taken))
  const isLarge = options.assumeLarge || value.size.origin === 'outside' || value.size.origin === 'derived' || (value.size.origin === 'known' && (value.size.high ?? Infinity) >= options.minimumSize)
  return isOwn && isLarge && !value.isView ? { variable, binding, value } : null
}

function isObject({ kind }: Binding): boolean {
  return kind === 'assignment' || kind === 'annotated' || kind === 'augmented' || kind === 'walrus' || kind === 'for'
}

/** Nobody calls the function any more, but the object stays until the frame ends. */
function afterLastCall(captured: Captured, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const { variable, value } = captured
  const inner = calledOnly(variable, facts)
  if (inner === null || inner.length === 0) return null
  for (const places of lastPlaces(captured, inner, facts)) {
    const drag = dragFrom(places[0]!.point, variable, analysis.values)
    // It is let go soon anyway.
    if (drag.points < POINTS.heavy) continue
    const holding = holdingAt(analysis.flow.reachingAt(places[0]!.point, variable), places[0]!.point, analysis)
    if (holding.blockedBy !== null || holding.together.length > 0) continue
    const verdict = judge({ kind: 'held-after-last-use', value, variable, drag, doubts: holding.doubts }, { kind: kindOf(value.type, analysis.values.context), scope }, options)
    const form = releaseForm(variable, places, analysis)
    if (verdict === null || form === null) continue
    return source => lastCallFinding(captured, inner, { places, drag, verdict, form, doubts: holding.doubts }, facts, source)
  }
  return null
}

/** Where neither the object nor any function that can read it is used again. */
function lastPlaces({ variable }: Captured, inner: readonly InnerFunction[], { analysis, index }: FrameFacts): readonly (readonly Place[])[] {
  const { flow } = analysis
  const names = [variable, ...inner.map(i => i.variable)]
  const isOver = ({ point }: Place) => names.every(v => !flow.liveAt(point, v)) && !meetsCapture(flow.graph, point, variable) && flow.reachingAt(point, variable).length > 0
  return [...new Set(names)].flatMap(v => deathsOf(v, index)).flatMap(death => [...death.alternatives].reverse()).filter(places => places.every(isOver))
}

interface LastCall {
  readonly places: readonly Place[]
  readonly drag: DragReport
  readonly verdict: Verdict
  readonly form: 'delete' | 'none'
  readonly doubts: readonly Obstacle[]
}

function lastCallFinding(captured: Captured, inner: readonly InnerFunction[], last: LastCall, facts: FrameFacts, source: Source): Finding {
  const { variable } = captured
  const drag = dragTexts(last.drag.items, source)
  const callers = listed(inner.map(i => `\`${i.variable.name}()\``))
  const fix = releaseFix({ names: [variable.name], gaps: last.places, form: last.form, risk: null }, source)
  const uses = inner.flatMap(i => facts.index.names.get(i.variable) ?? []).concat(facts.index.names.get(variable) ?? [])
  const [place] = last.places
  const before = place!.index > 0 ? place!.suite.body[place!.index - 1]! : place!.suite.owner
  const span = before ? uses.filter(n => contains(before, n)).at(-1) ?? captured.binding.name : captured.binding.name
  return {
    ...base(captured, last.verdict, drag, facts),
    message: `\`${variable.name}\` is kept for ${callers}, which ${inner.length > 1 ? 'are' : 'is'} not called after this, until the function returns (${sizeText(captured.value.size)}).${meanwhile(drag)} \`${fix.edits[0]!.newText.trim()}\` here lets it go.`,
    span, lastUse: span, heldUntil: 'function exit', notes: inner.map(i => readBy(i.closure)), fixes: [fix],
  }
}

function base({ variable, binding, value }: Captured, verdict: Verdict, drag: Finding['drag'], facts: FrameFacts): Omit<Finding, 'message' | 'span' | 'lastUse' | 'heldUntil' | 'notes' | 'fixes'> {
  return {
    rule: 'closure-holds', severity: verdict.severity, confidence: verdict.confidence, name: variable.name, names: [variable.name], scope: facts.scope,
    binding: binding.name, size: estimateOf(value.size), drag,
  }
}

function readBy(closure: Closure): Note {
  const span = closure.kind === 'FunctionDef' ? closure.header.name : closure.kind === 'ClassDef' ? closure.name : closure
  return { start: span.start, end: span.end, message: wordsForClosure(closure), holds: true }
}

/** A function that calls itself keeps itself and what it captures until the collector comes by (fact 97), and so does a class (fact 98). */
function inCycle(captured: Captured, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const { variable, value } = captured
  const cyclic = cyclicClosure(captured, facts)
  const { graph } = analysis.flow
  const isDeleted = analysis.flow.reachingAt({ block: graph.exit, index: 0 }, variable).length === 0
  if (cyclic === null || isDeleted || leaves(captured, cyclic.node, facts)) return null
  const verdict = judge({ kind: 'held-after-last-use', value, variable, drag: { points: POINTS.heavy, collects: false }, doubts: [] }, { kind: kindOf(value.type, analysis.values.context), scope }, options)
  if (verdict === null) return null
  return source => ({
    ...base(captured, verdict, [], facts),
    message: `\`${variable.name}\` outlives the function: \`${cyclic.name.id}\` ${cyclic.node.kind === 'ClassDef' ? 'is a class, which refers to itself,' : 'calls itself'} and keeps what it reads, so that only the garbage collector frees them, which may be much later (${sizeText(value.size)}). \`del ${variable.name}\` after the last use lets it go at once.`,
    span: cyclic.name, lastUse: null, heldUntil: 'a run of the garbage collector', notes: [
      { start: cyclic.name.start, end: cyclic.name.end, message: `\`${cyclic.name.id}\` refers to itself, so that it stays until the garbage collector comes by, and what it reads stays with it`, holds: true },
      { start: captured.binding.name.start, end: captured.binding.name.end, message: 'this is what it keeps' },
    ],
    fixes: cycleFixes(captured, facts, source),
  })
}

function cyclicClosure({ variable }: Captured, facts: FrameFacts): { readonly node: FunctionDef | Node; readonly name: Name } | null {
  const inner = calledOnly(variable, facts)
  const rec = inner?.find(i => i.isCyclic)
  if (rec && rec.closure.kind === 'FunctionDef') return { node: rec.closure, name: rec.closure.header.name }
  const classes = capturesOf(variable, facts.analysis.values).filter(c => c.closure.kind === 'ClassDef')
  const [only] = classes
  return only && only.closure.kind === 'ClassDef' ? { node: only.closure, name: only.closure.name } : null
}

/** The object or the function outlives the call anyway: it is returned, stored or handed out. */
function leaves({ variable, value }: Captured, node: Node, { analysis, index }: FrameFacts): boolean {
  const { values, flow } = analysis
  const name = node.kind === 'ClassDef' ? node.name.id : null
  const isClassUsedElsewhere = name !== null && flow.graph.variables.some(v => v.name === name && v.scope === flow.graph.scope && (index.names.get(v) ?? []).length > 1)
  const sites = new Set(value.links.filter(l => l.how === 'is').map(l => l.site))
  const given = flow.graph.blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'return' && e.node.value ? [values.ofExpr(e.node.value)] : [])))
  const isHeld = (v: Value) => v.links.some(l => l.how !== 'part' && l.certain && sites.has(l.site))
  const outside = keepingsOf(flow.graph, values).some(k => isHeld(k.kept) && k.owner.links.some(l => l.site === OUTER))
  return isClassUsedElsewhere || given.some(isHeld) || outside || variable.writtenInside
}

/** `return walk(0)` becomes three statements; where the function ends otherwise, the `del` goes to the end. */
function cycleFixes({ variable }: Captured, { analysis, index }: FrameFacts, source: Source): readonly Fix[] {
  const { graph } = analysis.flow
  const top = graph.suites.find(s => s.owner === null)
  const returns = graph.blocks.flatMap(b => b.events.flatMap(e => (e.kind === 'return' ? [e.node] : [])))
  const last = top?.body.at(-1)
  if (!top || !last || graph.isGenerator) return []
  const isSole = returns.length === 1 && returns[0] === last
  if (last.kind === 'Return' && isSole && last.value !== null) return returnFix(last, last.value, variable, top, source, !graph.variables.some(v => v.name === 'result'), analysis.flow.boundAt(graph.pointsOf(last)!.before, variable) === 'yes')
  const after = graph.pointsOf(last)?.after
  if (returns.length > 0 || !after || analysis.flow.boundAt(after, variable) !== 'yes' || (index.names.get(variable) ?? []).length === 0) return []
  return [{ title: `Insert \`del ${variable.name}\``, kind: 'delete', safety: 'safe', edits: [insertStatement({ suite: top, index: top.body.length }, `del ${variable.name}`, source)] }]
}

function returnFix(stmt: Return, value: Expr, variable: Variable, suite: { readonly body: readonly Stmt[]; readonly owner: null | Stmt }, source: Source, isFree: boolean, isBound: boolean): readonly Fix[] {
  if (!isFree || !isBound || someNode(value, n => n.kind === 'Lambda' || (n.kind === 'Comprehension' && n.form === 'generator'))) return []
  const index = suite.body.indexOf(stmt)
  const first = insertStatement({ suite, index: index + 1 }, `del ${variable.name}`, source)
  const then = insertStatement({ suite, index: index + 1 }, 'return result', source)
  return [{
    title: `Keep the result, \`del ${variable.name}\`, then return`, kind: 'extract', safety: 'safe',
    edits: [{ start: stmt.start, end: value.start, newText: 'result = ', path: null }, { ...first, newText: first.newText + then.newText }],
  }]
}

/** A function that lives on, and all it reads of the object. */
interface Living {
  readonly closure: FunctionDef | Lambda
  readonly how: string
  readonly uses: readonly Expr[]
}

/** The functions that live on read no more of the object than its length or the like, all of them: as long as one needs it, it is kept anyway. */
function needsLittle(captured: Captured, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  const { variable, value } = captured
  const closures = capturesOf(variable, analysis.values).filter(c => !c.isTransient).map(c => c.closure)
  const living = closures.flatMap(closure => livingOn(closure, captured, facts) ?? [])
  const [first] = living
  if (first === undefined || living.length < closures.length) return null
  const verdict = judge({ kind: 'held-after-last-use', value, variable, drag: { points: POINTS.heavy, collects: false }, doubts: [] }, { kind: kindOf(value.type, analysis.values.context), scope }, options)
  if (verdict === null) return null
  return source => {
    const ways = [...new Set(living.map(l => l.how))].join(', ')
    const wanted = listed([...new Set(living.map(l => excerpt(l.uses[0]!, source)))])
    const who = living.length === 1 ? `This function lives on (${ways}) and keeps` : `${living.length} functions live on (${ways}) and keep`
    return {
      ...base(captured, verdict, [], facts),
      message: `${who} all of \`${variable.name}\` for ${wanted} (${sizeText(value.size)}). Work that out before, and let the function${living.length === 1 ? '' : 's'} read the result.`,
      span: first.uses[0]!, lastUse: null, heldUntil: `the function${living.length === 1 ? ' that keeps it goes' : 's that keep it go'}`, notes: living.map(l => readBy(l.closure)),
      fixes: narrowFix(captured, living, facts, source),
    }
  }
}

function livingOn(closure: Closure, captured: Captured, facts: FrameFacts): Living | null {
  if (closure.kind !== 'Lambda' && closure.kind !== 'FunctionDef') return null
  const how = livesOn(closure, facts)
  const uses = how === null ? null : onlyUse(closure, captured.variable.name)
  return how !== null && uses && !leaves(captured, closure, facts) ? { closure, how, uses } : null
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

/** All that the closure reads of the name, if that is one small thing every time: `len(rows)`, `frame.shape`, `config["limit"]`. */
function onlyUse(closure: FunctionDef | Lambda, name: string): readonly Expr[] | null {
  const uses: Expr[] = []
  const visit = (node: Node): void => {
    const use = smallUse(node, name)
    if (use) uses.push(use)
    else forEachChild(node, visit)
  }
  visit(closure)
  const isAll = uses.length > 0 && namesIn(closure, name).length === uses.length
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

/** What they read gets a name before the first of them is made. The program differs if the object changes between then and the call. */
function narrowFix({ variable }: Captured, living: readonly Living[], { analysis }: FrameFacts, source: Source): readonly Fix[] {
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
    edits: [{ ...before[0]!, newText: before.map(e => e.newText).join('') }, ...named.flatMap(({ uses, name }) => uses.map(u => ({ start: u.start, end: u.end, newText: name, path: null })))],
  }]
}
