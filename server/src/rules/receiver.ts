/**
 * Who gets an argument of a call, what the function does after it is done with it, and whether it can free it: the functions of this file,
 * and of others as far as those tell.
 */
import type { Argument, Call, Name } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { insertStatement } from '../fixes/insertion.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { argumentTarget, passedFor } from '../values/arguments.ts'
import type { ArgumentsAnswer, DoneEarly } from '../values/foreign.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { definitionOf, dottedName } from '../values/names.ts'
import { calleeIn, type Callee } from './callee.ts'
import { earlyParameters, type EarlyParameter } from './early-parameters.ts'
import type { Drag, Edit, Note } from './finding.ts'
import { throughPartial } from './passing-on.ts'
import type { ModuleView, Part } from './rule.ts'
import { dragTexts, excerpt } from './wording.ts'

export interface Receiver {
  /** `totals()` */
  readonly name: string
  readonly parameter: string
  /** Of what it still does, in points of `weights.ts`. */
  readonly points: number
  readonly isInit: boolean
  /** The call gives a generator, coroutine or context manager, in which the argument lives. */
  readonly isLazy: boolean
  /** As in `Callee`. */
  readonly between: string | null
  /** It lets go of its own name. */
  readonly isLetGo: boolean
  /** What it still does. */
  drag(source: Source): readonly Drag[]
  notes(source: Source): readonly Note[]
  /** Edits by which it lets go of its name; null: they would stand in another file. */
  releases(source: Source): readonly Edit[] | null
}

/** `call` as it would be with the arguments of displays spelled out (`spelledOut`); `at`: the caller's name that holds the object. Null: nobody known, or one that needs the object to the end. */
export function receiverOf(call: Call, argument: Argument, at: Name, analysis: FrameAnalysis, part: Part, module: ModuleView): Receiver | null {
  const direct = throughPartial(call, analysis)
  const made = direct ?? call
  const callee = calleeIn(made, analysis, part, module)
  if (callee === null) return direct ? null : elsewhere(call, argument, at, analysis)
  const parameter = argumentTarget(made, argument, callee.def.header.params, callee.isBound)
  const itself = module.frames.of(callee.def, callee.ownClass)
  const early = parameter === null ? undefined : earlyParameters(itself).get(parameter)
  const receiver = early && ofThisFile(callee, early, itself)
  return receiver ? (direct && !receiver.isLazy ? { ...receiver, between: '`functools.partial` passes its arguments on' } : receiver) : null
}

function ofThisFile({ def, ownClass, isInit, between }: Callee, early: EarlyParameter, { flow }: FrameAnalysis): Receiver {
  const parameter = early.binding.variable.name
  return {
    name: `${isInit && ownClass ? ownClass.name.id : def.header.name.id}()`, parameter, isInit, between,
    points: early.items.reduce((sum, i) => sum + i.points, 0),
    isLazy: def.header.isAsync || flow.graph.isGenerator,
    isLetGo: early.places.length === 0,
    drag: source => dragTexts(early.items, source),
    notes: source => [
      { start: early.binding.name.start, end: early.binding.name.end, message: `here it is \`${parameter}\`` },
      ...dragTexts(early.items, source).slice(0, 1).map(d => ({ start: d.start, end: d.end, message: `${excerpt(early.items[0]!.node, source)} has no use for it` })),
    ],
    releases: source => early.places.map(place => insertStatement(place, `del ${parameter}`, source)),
  }
}

function elsewhere(call: Call, argument: Argument, at: Name, { values }: FrameAnalysis): Receiver | null {
  const { func } = call
  const { context } = values
  const known = definitionOf(func, context)?.kind
  if (known === 'function' || known === 'class') return null
  const dotted = dottedName(func, context)
  const told = dotted === null ? null : context.elsewhere.argumentsOf(dotted, null)
  if (told) return ofAnother(told, call, argument, at, false)
  const { type, guessed } = func.kind === 'Attribute' ? values.ofExpr(func.value) : { type: null, guessed: false }
  const method = func.kind === 'Attribute' && type !== null && !guessed && type.includes('.') ? context.elsewhere.argumentsOf(type, func.attr) : null
  return method && ofAnother(method, call, argument, at, true)
}

function ofAnother(told: ArgumentsAnswer, call: Call, argument: Argument, at: Name, isMethod: boolean): Receiver | null {
  const parameters = told.parameters.slice(told.isInit || told.form === 'class' || (isMethod && told.form === 'plain') ? 1 : 0)
  const early = told.early.find(e => passedFor(call, parameters, e.parameter).includes(argument.value))
  return early ? asTold(told, early, at) : null
}

function asTold({ name, isInit, isLazy, between }: ArgumentsAnswer, { parameter, points, isLetGo, runs }: DoneEarly, at: Name): Receiver {
  return {
    name: `${name}()`, parameter, isInit, points, isLazy, isLetGo, between,
    drag: () => runs.map(({ kind, text }) => ({ kind, text: `${text} in \`${name}()\``, start: at.start, end: at.end })),
    notes: () => [],
    releases: () => (isLetGo ? [] : null),
  }
}

/** From which version on an argument without a name is freed by `del` in the function (facts 15, 16, 20); null: on none for sure (facts 17 to 19). */
export function freesFrom({ isInit, isLazy, between }: Receiver, isSpread: boolean): TargetVersion | null {
  return isInit || between !== null ? null : isLazy ? '3.8' : isSpread ? '3.12' : '3.11'
}
