/** Work in a handler, while the exception keeps what the failed attempt had made. */
import type { Call, ExceptHandler, Node, Try } from '../../syntax/ast.ts'
import { dottedPath } from '../../syntax/expressions.ts'
import { someNode } from '../../syntax/ancestors.ts'
import type { Event } from '../../flow/graph.ts'
import { resolveCallee } from '../../values/calls.ts'
import { dottedName } from '../../values/names.ts'
import { kindOf } from '../../values/parts.ts'
import { makeValue } from '../../values/value.ts'
import { POINTS, weighOnce, type DragItem } from '../../values/weights.ts'
import { doubted, judge } from '../judgement.ts'
import type { Draft, FrameFacts } from '../rule.ts'
import { attemptFinding } from './handler-finding.ts'
import { callsIn, namesOf, READING_FAILED, type Held } from './handlers.ts'

/** Work in a handler that needs the memory which the failed attempt still holds. */
export function retries(stmt: Try, facts: FrameFacts): readonly Draft[] {
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
    const retry = events.flatMap(event => (event.kind === 'call' && !isTelling(event.node) && !asksLibrary(event.node, facts) && attempt.some(c => isSameCallee(c, event.node)) ? [event.node] : []))[0]
    const item = retry && items.find(i => i.node === retry)
    if (!retry || options.confidence === 'certain') return null
    const drag: readonly DragItem[] = [item ?? { kind: 'call', node: retry, points: POINTS.call, bytes: null }]
    return source => attemptFinding(stmt, handler, { confidence: 'likely', severity: 'information' }, drag, held, facts, source)
  }
  const needed = items.reduce((sum, i) => sum + i.points, 0)
  if (held === null || needed < POINTS.heavy || comesBefore(held, handler)) return null
  const said = judge({ kind: 'held-after-last-use', value: held.value, variable: { name: '' }, drag: { points: needed, collects: null }, isFarReaching: true, doubts: [] }, { kind: kindOf(held.value.type, analysis.values.context), scope }, options)
  const verdict = said && isOfReading(held, attempt, handler) ? doubted(options) : said
  return verdict && (source => attemptFinding(stmt, handler, verdict, items, held, facts, source))
}

/** Where nothing but the reading could fail, or whoever then reads something else the same way, that is what failed: there was nothing yet. */
function isOfReading({ value, failsLater }: Held, attempt: readonly Call[], { type, body }: ExceptHandler): boolean {
  const isOfAnything = type === null || namesOf(type).some(n => n === 'Exception' || n === 'BaseException')
  const isReadAgain = callsIn(body).some(call => attempt.some(other => isSameCallee(other, call)))
  return value.size.origin === 'outside' && (failsLater ? isOfAnything && isReadAgain : isOfAnything || isReadAgain)
}

/** What says that something is not there, or cannot be read, comes before anything was made of it, unless something else raises it, too. */
function comesBefore({ value, failsLater }: Held, { type }: ExceptHandler): boolean {
  if (type === null) return false
  const isOfReading = value.size.origin === 'outside' && !failsLater
  return namesOf(type).every(n => MISSING.has(n) || (isOfReading && UNREADABLE.has(n)))
}

const MISSING: ReadonlySet<string> = new Set(['FileNotFoundError', 'ImportError', 'ModuleNotFoundError', 'LookupError', 'NotImplementedError', 'PermissionError', 'IsADirectoryError', 'NotADirectoryError'])

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

function isSameCallee(a: Call, b: Call): boolean {
  const [x, y] = [dottedPath(a.func), dottedPath(b.func)]
  return x !== null && x === y
}

/** `report("out of memory")`: it is given texts and nothing else. */
function isTelling({ args }: Call): boolean {
  return args.length > 0 && args.every(({ value }) => value.kind === 'JoinedStr' || (value.kind === 'Constant' && value.type === 'str'))
}

/** `torch.cuda.is_available()`: of a library and told nothing, it makes nothing. */
function asksLibrary({ func, args }: Call, { analysis: { values } }: FrameFacts): boolean {
  return args.length === 0 && func.kind === 'Attribute' && dottedName(func, values.context) !== null
}

/** `gc.collect()`, `torch.cuda.empty_cache()`: whoever writes that wants the memory back. */
function isCleanup({ func }: Call): boolean {
  const path = dottedPath(func)
  return path === 'gc.collect' || (path !== null && path.endsWith('.empty_cache'))
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
