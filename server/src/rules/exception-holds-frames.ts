/** An exception keeps every frame it passed through, with all their locals. Page: exception-holds-frames.md. */
import type { Call, ExceptHandler, Expr, Name, Node, Try } from '../syntax/ast.ts'
import { dottedPath, lastName } from '../syntax/expressions.ts'
import { contains, someNode } from '../syntax/ancestors.ts'
import { forEachChild } from '../syntax/walk.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Event, Point } from '../flow/graph.ts'
import { lineEnding, lineIndent } from '../fixes/insertion.ts'
import { releaseFix } from '../fixes/release.ts'
import { resolveCallee } from '../values/calls.ts'
import { dottedName } from '../values/names.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, makeValue, OUTER, type Value } from '../values/value.ts'
import { POINTS, weighOnce, type DragItem } from '../values/weights.ts'
import type { Finding, Fix, Note } from './finding.ts'
import { doubted, judge, type Verdict } from './judgement.ts'
import { namesIn } from './inner-functions.ts'
import { legalityOf } from './legality.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { outlivingsOf } from './outliving.ts'
import { deathsOf } from './places.ts'
import type { Draft, FrameFacts, FrameRule } from './rule.ts'
import { dragTexts, estimateOf, excerpt, meanwhile, sizeText } from './wording.ts'

export const exceptionHoldsFrames: FrameRule = {
  name: 'exception-holds-frames',
  summary: 'a stored exception keeps whole frames and their big locals; heavy work inside `except` runs while they are kept',
  looksAt: def => def.body.some(stmt => someNode(stmt, node => node.kind === 'ExceptHandler' && callsIn(node.body).length > 0)),
  check: facts => {
    const { graph } = facts.analysis.flow
    const caught = graph.bindings.filter(b => b.kind === 'except')
    const tries = new Set(graph.suites.flatMap(s => (s.part === 'handler' && s.owner?.kind === 'Try' ? [s.owner] : [])))
    const stored = graph.frame === 'module' ? [] : [...caught.flatMap(b => storedException(b, facts)), ...fetchedException(facts)]
    return [...stored, ...[...tries].flatMap(t => retries(t, facts))]
  },
}

/** A big local that the frame still has when it ends. */
interface Kept {
  readonly binding: Binding
  readonly value: Value
}

/** Big objects that are bound where the exception is stored, stay bound, and would else be freed with the frame. */
function bigLocals(at: Point, storing: Storing, facts: FrameFacts): readonly Kept[] {
  const { analysis, options } = facts
  const { flow, values, objects } = analysis
  const { graph } = flow
  return graph.bindings.flatMap(binding => {
    const { variable } = binding
    // The name that gets the exception has nothing else from then on.
    if (variable.scope !== graph.scope || variable.storage === 'outer' || variable === storing.local?.variable || !isObject(binding)) return []
    const value = values.ofBinding(binding)
    if (isSmall(value, options.minimumSize) || (value.size.origin !== 'known' && value.size.origin !== 'outside') || value.isView) return []
    if (!value.links.some(l => l.how === 'is' && l.site !== OUTER && !l.taken) || isMeantToLive(binding, values)) return []
    if (!endsBound(binding, facts) || !flow.reachingAt(at, variable).includes(binding) || objects.holdersOf(binding).some(h => h.kind === 'outer' && h.certain)) return []
    return isUnread({ binding, value }, storing.expr, facts) ? [] : [{ binding, value }]
  })
}

/** It could not be read, which is why the handler runs that the place is in: its name was not bound to it. */
function isUnread({ binding, value }: Kept, place: Expr, { analysis }: FrameFacts): boolean {
  const isOfAttempt = ({ body, handlers }: Try): boolean => body.some(stmt => contains(stmt, binding.name))
    && handlers.some(({ type, body: inner }) => type !== null && namesOf(type).every(n => READING_FAILED.has(n)) && inner.some(stmt => contains(stmt, place)))
  return value.size.origin === 'outside' && analysis.flow.graph.suites.some(({ owner }) => owner?.kind === 'Try' && isOfAttempt(owner))
}

function isObject({ kind }: Binding): boolean {
  return kind === 'assignment' || kind === 'annotated' || kind === 'augmented' || kind === 'walrus' || kind === 'for'
}

/** Where the exception gets a second holder. */
interface Storing {
  readonly expr: Expr
  readonly how: string
  /** It is held by a local of this very frame: a cycle (fact 76). */
  readonly isCycle: boolean
  /** To a caller, who may be done with it at once. */
  readonly isReturned: boolean
  /** That local, where it is a name for the exception. */
  readonly local: Binding | null
}

function storedException(binding: Binding, facts: FrameFacts): readonly Draft[] {
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

/** The name still has this object where the frame returns, or where a `raise` leaves it. What another exception carries along is its own affair. */
function endsBound(binding: Binding, { analysis }: FrameFacts): boolean {
  const { graph } = analysis.flow
  const isLeft = (block: number, index: number) => analysis.flow.reachingAt({ block, index }, binding.variable).includes(binding)
  return isLeft(graph.exit, 0) || graph.blocks.some(b => b.reachable && b.handlers.every(h => h === graph.raised) && b.events.some((event, i) => event.kind === 'raise' && isLeft(b.id, i)))
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
function fetchedException(facts: FrameFacts): readonly Draft[] {
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

function storedFinding({ expr, how, isCycle, isReturned, local }: Storing, { binding, value }: Kept, name: Name | null, isSure: boolean, verdict: Verdict, facts: FrameFacts, source: Source): Finding {
  const kept = isReturned ? 'It is handed to the caller' : `It is kept (${how})`
  const until = isCycle ? 'a run of the garbage collector' : 'the exception goes'
  const what = isCycle ? 'so that both wait for the garbage collector' : 'for as long as the exception is kept'
  const release = local && releaseOf(local, facts, source)
  const advice = local ? `\`del ${local.name.id}\` when it is done with, in a \`finally\` if it is raised again.` : name === null ? 'Keep `traceback.format_exc()`.' : `Keep \`str(${name.id})\`, or let go of what it remembers: \`.with_traceback(None)\`.`
  return {
    rule: 'exception-holds-frames', severity: verdict.severity, confidence: verdict.confidence,
    message: `An exception remembers the functions it passed through, this one too, with all their locals. ${kept}, and \`${binding.name.id}\` with it (${sizeText(value.size)}), ${what}. ${advice}`,
    name: binding.name.id, names: [binding.name.id, ...(name ? [name.id] : []), ...(local ? [local.name.id] : [])], scope: facts.scope, span: expr, binding: binding.name, lastUse: null,
    size: estimateOf(value.size), drag: [], heldUntil: until,
    notes: [
      { start: expr.start, end: expr.end, message: 'the exception that is kept here remembers the functions it came through, with all their variables', holds: true },
      { start: binding.name.start, end: binding.name.end, message: 'this is kept with it' },
    ],
    fixes: local ? (release ? [release] : []) : isSure ? forgotten(expr, name) : [],
  }
}

/** Where the exception itself stands there, once. */
function forgotten(expr: Expr, name: Name | null): readonly Fix[] {
  const [only, ...others] = name ? namesIn(expr, name.id) : []
  const isItself = only && !someNode(expr, n => (n.kind === 'Attribute' && n.value === only) || (n.kind === 'Call' && n.func.kind === 'Name' && BARE.has(n.func.id) && n.args.some(a => a.value === only)))
  return only && others.length === 0 && isItself ? [forget(only)] : []
}

/** What is made of an exception by these is none. */
const BARE: ReadonlySet<string> = new Set(['str', 'repr', 'type'])

function forget(exception: Name): Fix {
  return {
    title: 'Store it without its traceback: unless that is read later', kind: 'local', safety: 'unsafe',
    edits: [{ start: exception.end, end: exception.end, newText: '.with_traceback(None)', path: null }],
  }
}

/** The name is deleted after its last use; null where it has none before the frame ends, or may not be bound there. */
function releaseOf({ variable }: Binding, { analysis, index }: FrameFacts, source: Source): Fix | null {
  for (const places of deathsOf(variable, index).flatMap(death => death.alternatives)) {
    if (legalityOf(variable, places, analysis.flow, analysis.values) === 'delete') return releaseFix({ names: [variable.name], gaps: places, form: 'delete', risk: null }, source)
  }
  return null
}

/** Work in a handler that needs the memory which the failed attempt still holds. */
function retries(stmt: Try, facts: FrameFacts): readonly Draft[] {
  if (stmt.isStar) return []
  return stmt.handlers.flatMap(handler => {
    const found = work(stmt, handler, facts)
    return found ? [found] : []
  })
}

function work(stmt: Try, handler: ExceptHandler, facts: FrameFacts): Draft | null {
  const { analysis, options, scope } = facts
  // Of what raises it again nothing can be done after the statement.
  if (!handler.body.some(inner => someNode(inner, mayCost)) || handler.body.at(-1)?.kind === 'Raise') return null
  const attempt = callsIn(stmt.body)
  const isAboutMemory = handler.type !== null && namesOf(handler.type).some(n => /MemoryError$/.test(n))
  const held = heldByAttempt(attempt, facts)
  // What a function of a library had made is gone with it: it has no frame, or none that anybody knows of.
  if (attempt.every(call => resolveCallee(call, analysis.values).kind === 'model') || (held === null && !isAboutMemory && !callsIn(handler.body).some(isCleanup))) return null
  const events = eventsIn(handler, facts)
  const items = events.flatMap(event => weighOnce(event, analysis.values) ?? [])
  if (isAboutMemory || events.some(event => event.kind === 'call' && isCleanup(event.node))) {
    const retry = events.flatMap(event => (event.kind === 'call' && !isTelling(event.node) && attempt.some(c => isSameCallee(c, event.node)) ? [event.node] : []))[0]
    const item = retry && items.find(i => i.node === retry)
    if (!retry || options.confidence === 'certain') return null
    const drag: readonly DragItem[] = [item ?? { kind: 'call', node: retry, points: POINTS.call, bytes: null }]
    return source => attemptFinding(stmt, handler, { confidence: 'likely', severity: 'information' }, drag, held, facts, source)
  }
  const needed = items.reduce((sum, i) => sum + i.points, 0)
  if (held === null || needed < POINTS.heavy || comesBefore(held, handler)) return null
  const circumstances = { kind: kindOf(held.value.type, analysis.values.context), scope }
  const said = judge({ kind: 'held-after-last-use', value: held.value, variable: { name: '' }, drag: { points: needed, collects: null }, isFarReaching: true, doubts: [] }, circumstances, options)
  const verdict = said && isReadAgain(held, attempt, handler) ? doubted(options) : said
  return verdict && (source => attemptFinding(stmt, handler, verdict, items, held, facts, source))
}

/** Whoever then reads something else the same way has failed to read it: there was nothing yet. */
function isReadAgain({ value, failsLater }: Held, attempt: readonly Call[], { body }: ExceptHandler): boolean {
  return value.size.origin === 'outside' && !failsLater && callsIn(body).some(call => attempt.some(other => isSameCallee(other, call)))
}

/** What says that something is not there, or cannot be read, comes before anything was made of it, unless something else raises it, too. */
function comesBefore({ value, failsLater }: Held, { type }: ExceptHandler): boolean {
  if (type === null) return false
  const isOfReading = value.size.origin === 'outside' && !failsLater
  return namesOf(type).every(n => MISSING.has(n) || (isOfReading && UNREADABLE.has(n)))
}

const MISSING: ReadonlySet<string> = new Set(['FileNotFoundError', 'ImportError', 'ModuleNotFoundError', 'LookupError', 'NotImplementedError', 'PermissionError', 'IsADirectoryError', 'NotADirectoryError'])

/** Raised by what reads, hardly by what works with what was read. */
const READING_FAILED: ReadonlySet<string> = new Set(['UnicodeDecodeError', 'JSONDecodeError', 'ParserError', 'ParseError', 'EmptyDataError', 'XMLSyntaxError', 'UnpicklingError', 'BadZipFile', 'EOFError'])

const UNREADABLE: ReadonlySet<string> = new Set([
  ...READING_FAILED, 'ValueError', 'UnicodeError', 'OSError', 'IOError', 'EnvironmentError', 'HTTPError', 'URLError', 'ConnectionError', 'Timeout', 'TimeoutError', 'RequestException',
])

function mayCost({ kind }: Node): boolean {
  return kind === 'Call' || kind === 'Await' || kind === 'Yield' || kind === 'YieldFrom' || kind === 'For' || kind === 'With' || kind === 'Comprehension' || kind === 'BinOp' || kind === 'Subscript' || kind === 'Compare'
}

/** The events of the handler's own code, once each. */
function eventsIn({ body }: ExceptHandler, { analysis }: FrameFacts): readonly Event[] {
  const [first, last] = [body[0], body.at(-1)]
  if (!first || !last) return []
  return analysis.flow.graph.blocks.flatMap(b => (b.reachable ? b.events : [])).filter(event => {
    const node = event.kind === 'bind' ? event.binding.name : event.node
    return (event.kind === 'call' || event.kind === 'suspend' || event.kind === 'operation' || event.kind === 'next') && node.start >= first.start && node.end <= last.end
  })
}

function callsIn(body: readonly Node[]): readonly Call[] {
  const calls: Call[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'Call') calls.push(node)
    if (node.kind !== 'FunctionDef' && node.kind !== 'Lambda' && node.kind !== 'ClassDef') forEachChild(node, visit)
  }
  for (const node of body) visit(node)
  return calls
}

function isSameCallee(a: Call, b: Call): boolean {
  const [x, y] = [dottedPath(a.func), dottedPath(b.func)]
  return x !== null && x === y
}

/** `report("out of memory")`: it is given texts and nothing else. */
function isTelling({ args }: Call): boolean {
  return args.length > 0 && args.every(({ value }) => value.kind === 'JoinedStr' || (value.kind === 'Constant' && value.type === 'str'))
}

/** The last parts of the names of the exceptions a handler takes. */
function namesOf(type: Expr): readonly string[] {
  if (type.kind === 'Tuple') return type.elts.flatMap(namesOf)
  return type.kind === 'Name' ? [type.id] : type.kind === 'Attribute' ? [type.attr] : []
}

/** `gc.collect()`, `torch.cuda.empty_cache()`: whoever writes that wants the memory back. */
function isCleanup({ func }: Call): boolean {
  const path = dottedPath(func)
  return path === 'gc.collect' || (path !== null && path.endsWith('.empty_cache'))
}

interface Held {
  readonly value: Value
  readonly failsLater: boolean
  readonly callee: string
}

/** A big local of a function of this workspace that the attempt calls. */
function heldByAttempt(calls: readonly Call[], { analysis, options }: FrameFacts): Held | null {
  const { values } = analysis
  for (const call of calls) {
    const callee = resolveCallee(call, values)
    if (callee.kind !== 'function' || !callee.summary || callee.summary.lazy) continue
    const { holds, name } = callee.summary
    if (holds && (holds.size.origin === 'outside' || holds.size.low >= options.minimumSize)) return { value: makeValue(holds), failsLater: holds.failsLater, callee: name }
  }
  return null
}

function attemptFinding(stmt: Try, handler: ExceptHandler, verdict: Verdict, items: readonly DragItem[], held: Held | null, facts: FrameFacts, source: Source): Finding {
  const drag = dragTexts(items, source)
  const span = items[0]?.node ?? handler
  const kept = held ? `those of \`${held.callee}()\` (${sizeText(held.value.size)})` : 'all that the failed attempt had made'
  const attempt = callsIn(stmt.body)[0]
  return {
    rule: 'exception-holds-frames', severity: verdict.severity, confidence: verdict.confidence,
    message: `While a handler runs, the locals of the functions that failed are still in memory: ${kept}.${meanwhile(drag)} Do this after the \`try\` statement, when they are gone.`,
    name: handler.name?.id ?? '', names: handler.name ? [handler.name.id] : [], scope: facts.scope, span, binding: handler.name ?? attempt ?? handler, lastUse: null,
    size: held ? estimateOf(held.value.size) : { low: 0, high: null, basis: 'what the failed attempt made' }, drag, heldUntil: 'the handler ends',
    notes: notesOf(attempt, source), fixes: moveOut(stmt, handler, facts, source),
  }
}

function notesOf(attempt: Call | undefined, source: Source): readonly Note[] {
  return attempt ? [{ start: attempt.start, end: attempt.end, message: `what ${excerpt(attempt, source)} had made is kept until the \`except\` block ends: the exception remembers it`, holds: true }] : []
}

/**
 * A flag is set in the handler, and the work follows the statement. Only where the handler is the last thing in it, does not speak of the
 * exception and stands on lines of its own. An exception out of the work no longer mentions the first one.
 */
function moveOut(stmt: Try, handler: ExceptHandler, { analysis }: FrameFacts, source: Source): readonly Fix[] {
  const [first] = handler.body
  const isLast = stmt.handlers.at(-1) === handler && stmt.orelse.length === 0 && stmt.finalbody.length === 0
  const isFree = !analysis.flow.graph.variables.some(v => v.name === 'failed')
  if (!first || !isLast || !isFree || speaksOfIt(handler)) return []
  const outer = lineIndent(source, stmt.start)
  const inner = lineIndent(source, first.start)
  if (outer === null || inner === null) return []
  const ending = lineEnding(source.text, source.offsetOf(first.start))
  const insert = (pos: number, newText: string) => ({ start: pos, end: pos, newText, path: null })
  return [{
    title: 'Do this after the `try` statement: unless an exception out of it has to mention the first one', kind: 'move', safety: 'unsafe',
    edits: [insert(stmt.start, `failed = False${ending}${outer}`), insert(first.start, `failed = True${ending}${outer}if failed:${ending}${inner}`)],
  }]
}

/** It names the exception, raises it again or asks for it. */
function speaksOfIt({ name, body }: ExceptHandler): boolean {
  const speaks = (node: Node): boolean => {
    if (node.kind === 'Raise' || (node.kind === 'Name' && node.id === name?.id)) return true
    if (node.kind === 'Attribute' && /^(exc_info|format_exc|print_exc|exception)$/.test(node.attr)) return true
    let found = false
    forEachChild(node, child => { found ||= speaks(child) })
    return found
  }
  return body.some(speaks)
}
