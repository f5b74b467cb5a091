/**
 * `closed(marked(block))`, where nothing reads `block` afterwards: its name keeps the object while `closed` runs, and no `del` can stand between the
 * calls. Made in the call that needs it, the object is freed when that call is over (facts 14, 23).
 */
import type { Call, Name, Node, Stmt } from '../syntax/ast.ts'
import { ancestorsIn } from '../syntax/ancestors.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Point } from '../flow/graph.ts'
import { inlineFix, movableFrom } from '../fixes/inline.ts'
import { resolveCallee } from '../values/calls.ts'
import { dragUpTo, type DragReport } from '../values/drag.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, type Value } from '../values/value.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { Finding } from './finding.ts'
import { statementAround } from './frame-index.ts'
import { holdingAt } from './holders.ts'
import { doubted, judge, LEAST_DRAG, type Verdict } from './judgement.ts'
import { isMeantToLive } from './meant-to-live.ts'
import type { Draft, FrameFacts } from './rule.ts'
import { dragTexts, estimateOf, excerpt, meanwhile, sizeText } from './wording.ts'

/** An object that is needed by one call in the middle of a statement, and by nothing after that. */
interface Passed {
  readonly binding: Binding
  readonly use: Name
  readonly call: Call
  readonly value: Value
  /** What the statement does after the call. */
  readonly drag: DragReport
}

/** `isSaid`: a finding says of the binding already that it is held after the statement. */
export function keptWithinStatements(facts: FrameFacts, isSaid: (binding: Binding) => boolean): readonly Draft[] {
  const { analysis, scope, options } = facts
  const { graph } = analysis.flow
  if (options.session === 'kernel' || graph.scope.seesFrames) return []
  return graph.blocks.flatMap(({ id, events, reachable }) => (reachable ? events.flatMap((event, index): readonly Draft[] => {
    if (event.kind !== 'call') return []
    return argumentsOf(event.node).flatMap(use => {
      const passed = passedTo(event.node, use, { block: id, index: index + 1 }, facts)
      const verdict = passed && !isSaid(passed.binding) ? verdictOn(passed, passed.drag.points, facts) : null
      return passed && verdict ? [source => finding(passed, verdict, scope, facts, source)] : []
    })
  }) : []))
}

function argumentsOf({ func, args }: Call): readonly Name[] {
  const receiver = func.kind === 'Attribute' && func.value.kind === 'Name' ? [func.value] : []
  return [...receiver, ...args.flatMap(({ form, value }) => (value.kind === 'Name' && (form === 'positional' || form === 'keyword') ? [value] : []))]
}

/** `after`: the call. */
function passedTo(call: Call, use: Name, after: Point, facts: FrameFacts): Passed | null {
  const { analysis, index, options } = facts
  const { flow, values } = analysis
  const [binding, ...others] = flow.graph.pointOf(use)?.copies ? [] : flow.reaching(use)
  if (binding === undefined || others.length > 0) return null
  const value = values.ofBinding(binding)
  if (isSmall(value, options.minimumSize) || verdictOn({ binding, value }, Infinity, facts) === null || isMeantToLive(binding, values) || movableFrom(binding, analysis, index) === null || !isOverAfter(call, value, analysis)) return null
  const holding = holdingAt([binding], after, analysis)
  if (holding.blockedBy !== null || holding.together.length > 0 || holding.perhaps.size > 0 || holding.doubts.length > 0) return null
  const stmt = statementAround(call, flow.graph)
  const end = stmt && flow.graph.pointsOf(stmt)?.after
  const drag = stmt && isAlone(use, call, stmt) ? dragUpTo(after, end ? [end] : [], binding.variable, values) : null
  return drag && drag.points >= LEAST_DRAG ? { binding, use, call, value, drag } : null
}

/** What it gives neither is, holds nor shows the object, nor is still to run. */
function isOverAfter(call: Call, { links }: Value, { values }: FrameAnalysis): boolean {
  const callee = resolveCallee(call, values)
  const isKnown = callee.kind === 'model' ? callee.model.async !== true && callee.model.awaits === undefined && callee.model.runs === undefined : callee.kind === 'function' && callee.summary?.lazy === null
  return isKnown && values.ofExpr(call).links.every(l => !links.some(own => own.site === l.site))
}

/** The object goes to the call alone, which is over when it has given its result: nothing waits for that or walks it. */
function isAlone(use: Name, call: Call, stmt: Stmt): boolean {
  const around = ancestorsIn(stmt, use)
  const user = around?.[around.lastIndexOf(call) - 1]
  return user !== undefined && !GOING_ON.has(user.kind) && around!.findLast(node => node.kind === 'Call') === call && !around!.some(node => node.kind === 'Comprehension' || node.kind === 'Lambda')
}

const GOING_ON: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['Await', 'YieldFrom', 'For', 'Generator', 'WithItem'])

/** `points`: of what follows; with more of them there is never less to say. What may well be small is worth a word only where much follows. */
function verdictOn({ binding, value }: Pick<Passed, 'binding' | 'value'>, points: number, { analysis, scope, options }: FrameFacts): Verdict | null {
  const object = { kind: 'held-after-last-use' as const, value, variable: binding.variable, bindings: [binding], drag: { points, collects: null }, isFarReaching: value.size.origin !== 'known', doubts: [] }
  const verdict = judge(object, { kind: kindOf(value.type, analysis.values.context), scope }, options)
  return verdict && object.isFarReaching && points < MUCH ? doubted(options) : verdict
}

/** In points of `values/drag.ts`: more than that one thing is made of the result and handed on. */
const MUCH = 8

function finding({ binding, use, call, value, drag }: Passed, verdict: Verdict, scope: string, { analysis, index }: FrameFacts, source: Source): Finding {
  const { name } = binding.variable
  const drags = dragTexts(drag.items, source)
  const fix = inlineFix(binding, null, analysis, index, source)
  return {
    rule: 'held-after-last-use', ...verdict,
    message: `\`${name}\` is not used after this call, but kept until function exit (${sizeText(value.size)}).${meanwhile(drags)} Made in ${excerpt(call, source)} itself, it is freed when that is over.`,
    name, names: [name], scope, span: use, binding: binding.name, lastUse: use,
    size: estimateOf(value.size), drag: drags, heldUntil: 'function exit', notes: [], fixes: fix ? [fix] : [],
  }
}
