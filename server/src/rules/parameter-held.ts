/**
 * A parameter that is kept after its last use, where callers in this file pass an object without a name: then the function's own name is the only
 * one, and letting it go frees the object, in plain functions from Python 3.11 on (facts 15, 20).
 */
import type { Argument, Call, Expr } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import { releaseFix } from '../fixes/release.ts'
import { isAtLeast } from '../text/target-version.ts'
import { argumentTarget } from '../values/arguments.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, type Value } from '../values/value.ts'
import { calleeIn } from './callee.ts'
import { careIn } from './care.ts'
import { earlyParameters, type EarlyParameter } from './early-parameters.ts'
import type { Finding } from './finding.ts'
import { indexFrame } from './frame-index.ts'
import { hasLocals } from './interest.ts'
import { judge, type Verdict } from './judgement.ts'
import { perPart } from './kept.ts'
import type { Draft, ModuleView, Part } from './rule.ts'
import { whereTo } from './where.ts'
import { dragTexts, estimateOf, excerpt, meanwhile, sizeText } from './wording.ts'
import { perObject } from '../text/on-demand.ts'

/** A big object that a call makes for its argument. */
interface Temporary {
  readonly call: Call
  readonly argument: Argument
  readonly made: Expr
  readonly value: Value
}

/** One that a function of this file gets. */
interface Passed extends Temporary {
  readonly place: FunctionPlace
  readonly parameter: string
}

/** Somebody who makes such objects: the module, or a function in one of its statements. */
interface Caller {
  readonly part: Part | null
  readonly analysis: FrameAnalysis
}

export function parametersHeld(module: ModuleView): readonly Draft[] {
  const callers: readonly Caller[] = [{ part: null, analysis: module.frames.ofModule() }, ...callersIn(module)]
  const all = callers.flatMap(caller => temporaries(caller.analysis).flatMap(t => passed(t, caller, module) ?? []))
  return [...new Set(all.map(t => t.place.def))].flatMap(def => {
    const given = all.filter(t => t.place.def === def)
    return [...new Set(given.map(t => t.parameter))].flatMap(name => draftOf(given.find(t => t.parameter === name)!, module) ?? [])
  })
}

const callersIn = perPart((part, { scopes, frames }: ModuleView): readonly Caller[] => part.functions.flatMap(({ def, ownClass }) => {
  if (!hasLocals(scopes.scopeOf(def))) return []
  const analysis = frames.of(def, ownClass)
  return temporaries(analysis).length > 0 ? [{ part, analysis }] : []
}))

const temporaries = perObject((analysis: FrameAnalysis): readonly Temporary[] => {
  const found: Temporary[] = []
  for (const { events } of analysis.flow.graph.blocks) for (const event of events) if (event.kind === 'call') found.push(...passedBy(event.node, analysis))
  return found
})

function passedBy(call: Call, { values }: FrameAnalysis): readonly Temporary[] {
  return call.args.flatMap(argument => {
    const made = argument.value.kind === 'Await' ? argument.value.value : argument.value
    if (made.kind !== 'Call' || argument.form === 'star' || argument.form === 'double-star') return []
    const value = values.ofExpr(made)
    const isOnlyHere = value.links.length > 0 && value.links.every(l => l.how !== 'part' && (l.how !== 'is' || l.site === made))
    if (!isOnlyHere || (value.size.origin !== 'known' && value.size.origin !== 'outside') || isSmall(value, SMALL)) return []
    return [{ call, argument, made, value }]
  })
}

/** Asked anew for each version: the function may have been edited without its callers being worked out again. */
function passed(temporary: Temporary, { part, analysis }: Caller, module: ModuleView): Passed | null {
  const { call, argument } = temporary
  const callee = calleeIn(call, analysis, part, module)
  if (callee?.isInit || callee?.between) return null // held by the call, or by what stands between, whatever the function lets go of (facts 17, 19)
  const parameter = callee && argumentTarget(call, argument, callee.def.header.params, callee.isBound)
  return callee && parameter ? { ...temporary, place: callee, parameter } : null
}

/** Bytes. */
const SMALL = 1 << 20

function draftOf(temporary: Passed, module: ModuleView): Draft | null {
  const { def, ownClass, name } = temporary.place
  const analysis = module.frames.of(def, ownClass)
  const early = earlyParameters(analysis).get(temporary.parameter)
  if (!early || early.places.length === 0) return null
  const isLazy = def.header.isAsync || analysis.flow.graph.isGenerator
  if (!isLazy && !isAtLeast(module.options.target, '3.11')) return null
  const { value } = temporary
  const points = early.items.reduce((sum, i) => sum + i.points, 0)
  const verdict = judge({ kind: 'held-after-last-use', value, variable: early.binding.variable, drag: { points, collects: null, items: early.items }, doubts: [] }, { kind: kindOf(value.type, analysis.values.context), scope: name, care: careIn(analysis, module.options) }, module.options)
  return verdict && (source => findingOf(temporary, early, isLazy, verdict, analysis, name, source))
}

function findingOf({ call, made, value, parameter }: Passed, early: EarlyParameter, isLazy: boolean, verdict: Verdict, { flow }: FrameAnalysis, scope: string, source: Source): Finding {
  const { binding, places } = early
  const drag = dragTexts(early.items, source)
  const [place] = places
  const before = place!.index > 0 ? place!.suite.body[place!.index - 1]! : place!.suite.owner
  const uses = (indexFrame(flow).names.get(binding.variable) ?? []).filter(n => n !== binding.name)
  const lastUse = uses.filter(n => before !== null && n.start >= before.start && n.start < before.end).at(-1) ?? uses.at(-1) ?? null
  const until = flow.graph.isGenerator ? 'generator close' : 'function exit'
  return {
    rule: 'held-after-last-use', severity: verdict.severity, confidence: verdict.confidence,
    message: `\`${parameter}\` is not used after this, but kept until ${until}; ${excerpt(call, source)} passes an object that has no other name (${sizeText(value.size)}).${meanwhile(drag)} \`del ${parameter}\` ${whereTo(places, lastUse ?? binding.name, source)} lets it go${isLazy ? '' : ', from Python 3.11 on'}.`,
    name: parameter, names: [parameter], scope, span: lastUse ?? binding.name, binding: binding.name, lastUse,
    size: estimateOf(value.size), drag, heldUntil: until,
    notes: [{ start: made.start, end: made.end, message: 'an object without a name is passed here' }],
    fixes: [releaseFix({ names: [parameter], gaps: places, form: 'delete', risk: null }, source)],
  }
}
