/** The caller's name keeps an argument that the function is done with. Page: argument-held-by-caller.md. */
import type { Argument, Call, Expr, FunctionDef, Name, Stmt } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, SuiteInfo } from '../flow/graph.ts'
import { insertStatement } from '../fixes/insertion.ts'
import { perObject } from '../text/on-demand.ts'
import { isAtLeast } from '../text/target-version.ts'
import { argumentTarget } from '../values/arguments.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, type Value } from '../values/value.ts'
import { calleeIn } from './callee.ts'
import { earlyParameters, type EarlyParameter } from './early-parameters.ts'
import type { Edit, Finding, Fix } from './finding.ts'
import { indexFrame } from './frame-index.ts'
import { holdingAt, type Obstacle } from './holders.ts'
import { hasLocals } from './interest.ts'
import { isPlain } from './narrow-views.ts'
import { judge, type Verdict } from './judgement.ts'
import { isMeantToLive } from './meant-to-live.ts'
import { perPart } from './kept.ts'
import type { Draft, ModuleRule, ModuleView, Part } from './rule.ts'
import { dragTexts, estimateOf, excerpt, listed, sizeText } from './wording.ts'

export const argumentHeldByCaller: ModuleRule = {
  name: 'argument-held-by-caller',
  summary: 'a big object is passed to a long-running function for the last time, and the caller\'s name keeps it all the while',
  checkModule: module => callersIn(module).flatMap(caller => inFunction(caller, module)),
}

/** A big object's last use: the one argument of a call. */
interface LastCall {
  readonly binding: Binding
  readonly value: Value
  readonly call: Call
  readonly argument: Argument & { readonly value: Name }
  readonly stmt: Stmt
  readonly suite: SuiteInfo
  readonly index: number
  readonly doubts: readonly Obstacle[]
}

/** Who gets it. */
interface Receiver {
  readonly callee: FunctionDef
  readonly analysis: FrameAnalysis
  readonly parameter: string
}

/** A function that uses big objects for the last time in calls. */
interface Caller {
  readonly part: Part
  readonly scope: string
  readonly analysis: FrameAnalysis
  readonly calls: readonly LastCall[]
}

const callersIn = perPart((part, { scopes, frames }: ModuleView): readonly Caller[] => part.functions.flatMap(({ def, ownClass, name }) => {
  if (!hasLocals(scopes.scopeOf(def))) return []
  const analysis = frames.of(def, ownClass)
  const calls = lastCalls(analysis)
  return calls.length > 0 ? [{ part, scope: name, analysis, calls }] : []
}))

function inFunction({ part, scope, analysis, calls }: Caller, module: ModuleView): readonly Draft[] {
  return calls.flatMap(last => {
    const receiver = receiverOf(last, analysis, part, module)
    const early = receiver && earlyParameters(receiver.analysis).get(receiver.parameter)
    const draft = early && draftOf(last, receiver, early, analysis, scope, module)
    return draft ? [draft] : []
  })
}

/** Asked anew for each version: the function may have been edited without its callers being worked out again. Null: it is not one of this file. */
function receiverOf({ call, argument }: LastCall, analysis: FrameAnalysis, part: Part, module: ModuleView): Receiver | null {
  const callee = calleeIn(call, analysis, part, module)
  const parameter = callee && argumentTarget(call, argument, callee.def.header.params, callee.isBound)
  return callee && parameter ? { callee: callee.def, analysis: module.frames.of(callee.def, callee.ownClass), parameter } : null
}

const lastCalls = perObject((analysis: FrameAnalysis): readonly LastCall[] => {
  const { graph } = analysis.flow
  if (graph.scope.seesFrames) return []
  return graph.suites.flatMap(suite => suite.body.flatMap((stmt, index) => {
    const call = callIn(stmt)
    return call ? call.args.flatMap(argument => lastCall(call, argument, stmt, suite, index, analysis) ?? []) : []
  }))
})

/** The call that the statement makes last: `y = f(…)`, `f(…)`, `return f(…)`, `for x in f(…)`, awaited or not. */
function callIn(stmt: Stmt): Call | null {
  const value = stmt.kind === 'Assign' || stmt.kind === 'ExprStmt' || stmt.kind === 'Return' ? stmt.value : stmt.kind === 'For' ? stmt.iter : null
  const called = value?.kind === 'Await' ? value.value : value
  return called?.kind === 'Call' ? called : null
}

function lastCall(call: Call, argument: Argument, stmt: Stmt, suite: SuiteInfo, index: number, analysis: FrameAnalysis): LastCall | null {
  const { flow, values } = analysis
  const { value: name } = argument
  if (name.kind !== 'Name' || argument.form === 'star' || argument.form === 'double-star') return null
  const [binding, ...others] = flow.reaching(name)
  if (binding === undefined || others.length > 0 || !isPlain(binding) || binding.variable.storage !== 'local' || isMeantToLive(binding, values)) return null
  const value = values.ofBinding(binding)
  if (value.size.origin === 'unknown' || value.isView || isSmall(value, SMALL)) return null
  const points = flow.graph.pointsOf(stmt)
  const after = points?.after ?? null
  if (points === null || (after !== null && flow.liveAt(after, binding.variable)) || (after === null && stmt.kind !== 'Return')) return null
  if (stmt.kind === 'For' && flow.graph.suites.some(s => s.owner === stmt && flow.liveAt(s.start, binding.variable))) return null
  if (usesIn(stmt, binding, analysis) !== 1) return null
  const holding = holdingAt([binding], points.before, analysis)
  if (holding.blockedBy !== null || holding.together.length > 0 || holding.perhaps.size > 0) return null
  return { binding, value, call, argument: argument as LastCall['argument'], stmt, suite, index, doubts: holding.doubts }
}

/** Bytes. */
const SMALL = 1 << 20

function usesIn(stmt: Stmt, { variable }: Binding, { flow }: FrameAnalysis): number {
  return (indexFrame(flow).names.get(variable) ?? []).filter(n => n.start >= stmt.start && n.start < stmt.end).length
}

function draftOf(last: LastCall, receiver: Receiver, early: EarlyParameter, analysis: FrameAnalysis, scope: string, module: ModuleView): Draft | null {
  const { values } = analysis
  const isLazy = receiver.callee.header.isAsync || receiver.analysis.flow.graph.isGenerator
  if (!isLazy && !isAtLeast(module.options.target, '3.11')) return null
  const points = early.items.reduce((sum, i) => sum + i.points, 0)
  const verdict = judge({ kind: 'held-after-last-use', value: last.value, variable: last.binding.variable, drag: { points, collects: false }, doubts: last.doubts }, { kind: kindOf(last.value.type, values.context), scope }, module.options)
  return verdict && (source => findingOf(last, receiver, early, isLazy, verdict, analysis, scope, source))
}

function findingOf(last: LastCall, { callee, parameter }: Receiver, early: EarlyParameter, isLazy: boolean, verdict: Verdict, analysis: FrameAnalysis, scope: string, source: Source): Finding {
  const { binding, argument } = last
  const drag = dragTexts(early.items, source)
  const fixes = inlineFix(last, parameter, early, analysis, source)
  const [only] = fixes
  const letGo = early.places.length > 0 ? ` with \`del ${parameter}\` in \`${callee.header.name.id}()\`` : ''
  const advice = only ? `Passed without a name${letGo} it is freed there${isLazy ? '' : ' (from Python 3.11 on)'}.` : `Only the caller can let it go: make it in the call${letGo}, or let \`${callee.header.name.id}()\` make it.`
  return {
    rule: 'argument-held-by-caller', severity: verdict.severity, confidence: verdict.confidence,
    message: `\`${binding.name.id}\` is not used after this call, but keeps its object until the call is over (${sizeText(last.value.size)}), and \`${callee.header.name.id}()\` is done with it (\`${parameter}\`) long before: ${listed(drag.map(d => d.text))} after that. ${advice}`,
    name: binding.name.id, names: [...new Set([binding.name.id, parameter])], scope, span: argument.value, binding: binding.name, lastUse: argument.value,
    size: estimateOf(last.value.size), drag, heldUntil: `${callee.header.name.id}() returns`,
    notes: [
      { start: argument.value.start, end: argument.value.end, message: `the caller has its own name for it, \`${binding.name.id}\`, until the call is over: \`${callee.header.name.id}()\` cannot free it`, holds: true },
      { start: early.binding.name.start, end: early.binding.name.end, message: `here it is \`${parameter}\`` },
      ...drag.slice(0, 1).map(d => ({ start: d.start, end: d.end, message: `${excerpt(early.items[0]!.node, source)} has no use for it` })),
    ],
    fixes,
  }
}

/** The producer moves into the call, and the callee deletes its name. */
function inlineFix({ binding, argument, call, stmt, suite, index }: LastCall, parameter: string, early: EarlyParameter, { flow }: FrameAnalysis, source: Source): readonly Fix[] {
  const previous = suite.body[index - 1]
  const names = indexFrame(flow).names.get(binding.variable) ?? []
  if (previous?.kind !== 'Assign' || previous !== binding.node || previous.targets.length !== 1 || names.length !== 2) return []
  const { value } = previous
  const isCall = value.kind === 'Call' || (value.kind === 'Await' && value.value.kind === 'Call')
  const earlier = call.args.slice(0, call.args.indexOf(argument))
  if (!isCall || !isStill(call.func) || !earlier.every(a => isStill(a.value)) || flow.graph.suites.some(s => s.owner === stmt && s.part === 'orelse')) return []
  const [from, to] = source.rangeOf(value)
  const start = source.offsetOf(stmt.start)
  if (/[#;]/.test(source.text.slice(to, start)) || /#/.test(source.text.slice(source.offsetOf(previous.start), from))) return []
  const release: readonly Edit[] = early.places.map(place => insertStatement(place, `del ${parameter}`, source))
  return [{
    title: `Make it in the call${early.places.length > 0 ? `, \`del ${parameter}\` in the function` : ''}`, kind: 'inline', safety: 'safe',
    edits: [
      { start: previous.start, end: previous.start + (start - source.offsetOf(previous.start)), newText: '', path: null },
      { start: argument.value.start, end: argument.value.end, newText: source.text.slice(from, to), path: null },
      ...release,
    ],
  }]
}

/** Evaluating it before or after the producer makes no difference. */
function isStill(expr: Expr): boolean {
  return expr.kind === 'Name' || expr.kind === 'Constant' || (expr.kind === 'Attribute' && isStill(expr.value))
}
