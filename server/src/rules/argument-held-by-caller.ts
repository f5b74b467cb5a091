/** The caller's name keeps an argument that the function is done with. Page: argument-held-by-caller.md. */
import type { Argument, Call, Name, Node, Stmt } from '../syntax/ast.ts'
import { ancestorsIn, contains } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Point, Variable } from '../flow/graph.ts'
import { inlineFix } from '../fixes/inline.ts'
import { perObject } from '../text/on-demand.ts'
import { isAtLeast, type TargetVersion } from '../text/target-version.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, type Value } from '../values/value.ts'
import { careIn } from './care.ts'
import { indexFrame, statementAround } from './frame-index.ts'
import type { Finding, Fix } from './finding.ts'
import { holdingAt, type Obstacle } from './holders.ts'
import { hasLocals } from './interest.ts'
import { isPlain } from './narrow-views.ts'
import { judge, type Verdict } from './judgement.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { perPart } from './kept.ts'
import { freesFrom, receiverOf, type Receiver } from './receiver.ts'
import type { Draft, ModuleRule, ModuleView, Part, RuleOptions } from './rule.ts'
import { itemsOf, spelledOut } from './spread.ts'
import { estimateOf, listed, sizeText } from './wording.ts'

export const argumentHeldByCaller: ModuleRule = {
  name: 'argument-held-by-caller',
  summary: 'a big object is passed to a long-running function for the last time, and the caller\'s name keeps it all the while',
  checkModule: module => callersIn(module).flatMap(caller => inFunction(caller, module)),
}

/** A big object's last use: an argument of a call, alone or in a display. */
interface LastCall {
  readonly binding: Binding
  /** Of the binding: in the call. */
  readonly name: Name
  readonly value: Value
  /** Its displays spelled out. */
  readonly call: Call
  /** The object is in one of them. */
  readonly isSpread: boolean
  /** ... which has the name, and so holds what is in it. */
  readonly isCarried: boolean
  /** Other names of the object, which nothing reads again. */
  readonly together: readonly Variable[]
  readonly argument: Argument
  /** What uses the result. */
  readonly parent: Node
  /** Its statement goes on until the function has come to its end, lazy or not. */
  readonly isOver: boolean
  readonly doubts: readonly Obstacle[]
}

/** A function that uses big objects for the last time in calls, some of which might be worth a word. */
interface Caller {
  readonly part: Part
  readonly scope: string
  readonly analysis: FrameAnalysis
  readonly calls: readonly LastCall[]
}

const callersIn = perPart((part, { scopes, frames, options }: ModuleView): readonly Caller[] => part.functions.flatMap(({ def, ownClass, name }) => {
  if (!hasLocals(scopes.scopeOf(def))) return []
  const analysis = frames.of(def, ownClass)
  const calls = lastCalls(analysis).filter(last => verdictOn(last, Infinity, analysis, name, options) !== null)
  return calls.length > 0 ? [{ part, scope: name, analysis, calls }] : []
}))

/** Who gets it is asked anew for each version: the function may have been edited without its callers being worked out again. */
function inFunction({ part, scope, analysis, calls }: Caller, module: ModuleView): readonly Draft[] {
  const told = new Set<Name>()
  return calls.flatMap(last => {
    const receiver = told.has(last.name) ? null : receiverOf(last.call, last.argument, last.name, analysis, part, module)
    const draft = receiver && draftOf(last, receiver, analysis, scope, module)
    if (!draft) return []
    told.add(last.name)
    return [draft]
  })
}

const lastCalls = perObject((analysis: FrameAnalysis): readonly LastCall[] => {
  const { graph } = analysis.flow
  if (graph.scope.seesFrames) return []
  return graph.blocks.flatMap(({ id, events, reachable }) => !reachable ? [] : events.flatMap((event, index) => {
    if (event.kind !== 'call') return []
    const point = { block: id, index }
    const call = spelledOut(event.node, analysis.values.context)
    return call.args.flatMap(argument => (isStarred(argument) ? carriedBy(event.node, argument, point, analysis) : lastCall(event.node, call, argument, point, analysis) ?? []))
  }))
})

function isStarred({ form }: Argument): boolean {
  return form === 'star' || form === 'double-star'
}

/** `point`: of the call `made`, all arguments evaluated; `call` is the same with its displays spelled out. */
function lastCall(made: Call, call: Call, argument: Argument, point: Point, analysis: FrameAnalysis): LastCall | null {
  const { value: name } = argument
  const binding = name.kind === 'Name' ? onlyBinding(name, point, analysis, b => isLarge(analysis.values.ofBinding(b))) : null
  if (name.kind !== 'Name' || binding === null) return null
  const value = analysis.values.ofBinding(binding)
  const place = !isMeantToLive(binding, analysis.values) && placeOf(made, binding, analysis)
  const holding = place && holdingAt([binding], point, analysis)
  if (!holding || holding.blockedBy !== null || holding.together.length > 0 || holding.perhaps.size > 0) return null
  return { ...place, binding, name, value, call, isSpread: !made.args.includes(argument), isCarried: false, together: [], argument, doubts: holding.doubts }
}

/** `args = [x, y]`, `f(*args)`: what is in a display that has a name, by which it is spread and nothing else. */
function carriedBy(made: Call, starred: Argument, point: Point, analysis: FrameAnalysis): readonly LastCall[] {
  const { flow, values } = analysis
  const { value: name } = starred
  const binding = name.kind === 'Name' ? onlyBinding(name, point, analysis) : null
  const items = binding?.value && flow.usesOf(binding).length === 1 ? itemsOf(starred, binding.value, values.context) : null
  const place = items && placeOf(made, binding!, analysis)
  if (!place) return []
  const call = { ...made, args: made.args.flatMap(a => (a === starred ? items : itemsOf(a, a.value, values.context) ?? [a])) }
  return items.flatMap(argument => {
    const value = values.ofExpr(argument.value)
    const other = argument.value.kind === 'Name' ? onlyBinding(argument.value, point, analysis) : null
    if (!isLarge(value) || (argument.value.kind === 'Name' && (other === null || isMeantToLive(other, values)))) return []
    const names = other ? [binding!, other] : [binding!]
    const holding = holdingAt(names, point, analysis)
    const more = holding.together.filter(v => names.every(n => n.variable !== v))
    if (holding.blockedBy !== null || more.length > 0 || holding.perhaps.size > 0) return []
    return [{ ...place, binding: binding!, name: name as Name, value, call, isSpread: true, isCarried: true, together: other ? [other.variable] : [], argument, doubts: holding.doubts }]
  })
}

/** The one that a name has there, a local's that nothing reads after the point. `isWanted` is asked first: in most frames nobody has to know what is read where. */
function onlyBinding(name: Name, point: Point, { flow }: FrameAnalysis, isWanted: (binding: Binding) => boolean = () => true): Binding | null {
  const [binding, ...others] = flow.graph.pointOf(name)?.copies ? [] : flow.reaching(name)
  return binding && others.length === 0 && isPlain(binding) && binding.variable.storage === 'local' && isWanted(binding) && !flow.liveAt(point, binding.variable) ? binding : null
}

function isLarge(value: Value): boolean {
  return value.size.origin !== 'unknown' && !value.isView && !isSmall(value, SMALL)
}

/** What uses the result of the call, in whose statement the binding is read once. */
function placeOf(made: Call, binding: Binding, analysis: FrameAnalysis): Pick<LastCall, 'parent' | 'isOver'> | null {
  const stmt = statementAround(made, analysis.flow.graph)
  const around = stmt && ancestorsIn(stmt, made)
  const parent = around?.at(-1)
  return stmt && parent && usesIn(stmt, binding, analysis) === 1 ? { parent, isOver: around!.some(n => WAITING.has(n.kind)) } : null
}

/** Bytes. */
const SMALL = 1 << 20

function usesIn(stmt: Stmt, { variable }: Binding, { flow }: FrameAnalysis): number {
  return (indexFrame(flow).names.get(variable) ?? []).filter(n => contains(stmt, n)).length
}

function draftOf(last: LastCall, receiver: Receiver, analysis: FrameAnalysis, scope: string, { options }: ModuleView): Draft | null {
  // A generator or coroutine runs while something asks it to; where that is later, and it lets go of its name, the caller's `del` frees the object.
  if (receiver.isLazy && (!RUNNING.has(last.parent.kind) || (receiver.isLetGo && !last.isOver))) return null
  const from = freesFrom(receiver, last.isSpread)
  const verdict = verdictOn(last, receiver.points, analysis, scope, options)
  return verdict && (source => findingOf(last, receiver, { from, isFreed: from !== null && isAtLeast(options.target, from) }, verdict, analysis, scope, source))
}

/** `points`: of what runs in the function when it is done with the object; with more of them there is never less to say. */
function verdictOn({ value, binding, isCarried, argument, doubts }: LastCall, points: number, analysis: FrameAnalysis, scope: string, options: RuleOptions): Verdict | null {
  // What carries it is called after that, not after the object.
  const name = argument.value.kind === 'Name' ? argument.value.id : argument.name ?? ''
  const object = { kind: 'held-after-last-use' as const, value, variable: isCarried ? { name } : binding.variable, drag: { points, collects: null }, isFarReaching: true, doubts }
  return judge(object, { kind: kindOf(value.type, analysis.values.context), scope, care: careIn(analysis, options) }, options)
}

const WAITING: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['Await', 'For', 'Generator', 'YieldFrom', 'WithItem'])

const RUNNING: ReadonlySet<Node['kind']> = new Set<Node['kind']>([...WAITING, 'Argument'])

/** Whether the function can free what it is given without a name: on which versions, and on the one that is wanted. */
interface Freeing {
  readonly from: TargetVersion | null
  readonly isFreed: boolean
}

function findingOf(last: LastCall, receiver: Receiver, freeing: Freeing, verdict: Verdict, analysis: FrameAnalysis, scope: string, source: Source): Finding {
  const { binding, name: at, isCarried } = last
  const { name, parameter } = receiver
  const drag = receiver.drag(source)
  const fixes = freeing.isFreed ? inlined(last, receiver, analysis, source) : []
  return {
    rule: 'argument-held-by-caller', severity: verdict.severity, confidence: verdict.confidence,
    message: `\`${binding.name.id}\` is not used after this call, but keeps ${isCarried ? 'what is in it' : 'its object'} until the call is over (${sizeText(last.value.size)}), and \`${name}\` is done with it (\`${parameter}\`) long before: ${listed(drag.map(d => d.text))} after that. ${adviceOf(last, receiver, freeing, fixes.length > 0)}`,
    name: binding.name.id, names: [...new Set([binding.name.id, parameter])], scope, span: at, binding: binding.name, lastUse: at,
    size: estimateOf(last.value.size), drag, heldUntil: `${name} returns`,
    notes: [
      { start: at.start, end: at.end, message: `${isCarried ? `the caller has it in \`${binding.name.id}\`` : `the caller has its own name for it, \`${binding.name.id}\`,`} until the call is over: \`${name}\` cannot free it`, holds: true },
      ...receiver.notes(source),
    ],
    fixes,
  }
}

function adviceOf({ isSpread }: LastCall, { name, parameter, isInit, isLetGo, between }: Receiver, { from, isFreed }: Freeing, isFixed: boolean): string {
  const letGo = isLetGo ? '' : `\`del ${parameter}\` in \`${name}\``
  if (isFixed) return `Made in the call itself${letGo && `, and with ${letGo}`}, it is freed there${from === '3.8' ? '' : ` (from Python ${from} on)`}.`
  if (isFreed) return `Only the caller can let it go: make it in the call itself${letGo && `, with ${letGo}`}, or let \`${name}\` make it.`
  const why = between !== null ? `${capitalised(between)} and keeps them to the end` : isInit ? 'A call that makes an object may keep its arguments to the end' : `Up to Python ${isSpread ? '3.11 a call with `*`' : '3.10 a call'} keeps its arguments to the end`
  return `${why}: let \`${name}\` make it itself, or pass it in a list, out of which \`${name}\` takes it with \`pop()\`.`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The producer moves into the call, and the callee deletes its name. */
function inlined({ binding, together }: LastCall, receiver: Receiver, analysis: FrameAnalysis, source: Source): readonly Fix[] {
  const releases = receiver.releases(source)
  const inline = releases && together.length === 0 && inlineFix(binding, null, analysis, indexFrame(analysis.flow), source)
  if (!releases || !inline) return []
  const { parameter, isLetGo } = receiver
  return [{ ...inline, title: `Make it in the call${isLetGo ? '' : `, \`del ${parameter}\` in the function`}`, edits: [...inline.edits, ...releases] }]
}
