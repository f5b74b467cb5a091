/**
 * The value of a call: from the model of a library, from the summary of a function of this workspace, or an honest
 * unknown that may be, hold or show any of its arguments.
 */
import type { Attribute, Call, ClassDef, Expr, FunctionDef } from '../syntax/ast.ts'
import type { CallModel, TypeName } from '../models/model.ts'
import { ofArchiveNamed } from './archives.ts'
import { lookup, passedFor } from './arguments.ts'
import { container, rangeValue } from './containers.ts'
import type { FrameContext, Method } from './context.ts'
import type { Evaluator } from './evaluate.ts'
import { givesMeasure } from './measures.ts'
import { sameTold, settled } from './moves.ts'
import { definitionOf, dottedName, isSelf } from './names.ts'
import { graphLinks, isLazy } from './operators.ts'
import { elementOf, kindOf, ofType, receiverValue } from './parts.ts'
import { exactly } from './range.ts'
import { isRecord } from './records.ts'
import { interpretCall, isPlainData, matches } from './results.ts'
import type { ReturnSummary, Summary } from './summary.ts'
import type { ArgumentLookup } from './size-models.ts'
import { selfOf } from './self.ts'
import { argumentsFor, givenToKeep } from './summary-arguments.ts'
import { ofSmallFile } from './small-files.ts'
import { arrayFunctionFor, asksMapping, copyTold, modulePartTold, moduleWalkFor, readsWeights, toldResult, viewTold, wrapsModel } from './told-calls.ts'
import { contentSize, isSmall, itemOf, keeping, LITTLE, makeValue, NEW, OUTER, sharing, smallSize, takenFrom, UNKNOWN, type Link, type Size, type Value } from './value.ts'

/** Who is called, as far as it is known. */
export type Callee =
  | { readonly kind: 'model'; readonly model: CallModel; readonly name: string; readonly self: Value | null }
  | { readonly kind: 'function'; readonly self: Value | null; readonly summary: Summary | null }
  /** `name`: of a class of another module its full name. */
  | { readonly kind: 'class'; readonly name: TypeName; readonly isRecord: boolean; readonly init: Summary | null }
  /** `name`: the last part of what is written before the parenthesis, or null. `dotted`: the full name where imports tell it. */
  | { readonly kind: 'unknown'; readonly name: string | null; readonly dotted: string | null; readonly self: Value | null }

export function resolveCallee(call: Call, e: Evaluator): Callee {
  const { func } = call
  const definition = definitionOf(func, e.context)
  if (definition?.kind === 'function') return workspaceFunction(definition.def, null, e)
  if (definition?.kind === 'class') return workspaceClass(definition.def, e)
  const dotted = dottedName(func, e.context)
  const model = dotted === null ? null : e.context.models.call(dotted)
  if (model) return { kind: 'model', model, name: e.context.models.canonical(dotted!) ?? dotted!, self: null }
  const elsewhere = dotted === null ? null : e.context.elsewhere.named(dotted)
  if (elsewhere?.kind === 'function') return calledOn(null, elsewhere.summary)
  if (elsewhere?.kind === 'class') return elsewhere
  const attribute = func.kind === 'Attribute' ? func : boundMethod(func, e)
  const method: Callee = attribute ? resolveMethod(call, attribute, dotted, e) : { kind: 'unknown', name: func.kind === 'Name' ? func.id : null, dotted, self: null }
  const callee = (method.kind === 'unknown' ? calledObject(func, e) : null) ?? method
  return callee.kind === 'unknown' && (callee.self?.type ?? null) === null ? arrayFunctionFor(func, e) ?? moduleWalkFor(call, callee.self, e) ?? callee : callee
}

/** `add` of `add = rows.append`: the method that a name was bound to. */
function boundMethod(func: Expr, { context }: Evaluator): Attribute | null {
  const [binding, ...more] = func.kind === 'Name' ? context.flow.reaching(func) : []
  const isMethod = more.length === 0 && binding?.kind === 'assignment' && binding.path.length === 0 && binding.value?.kind === 'Attribute'
  return isMethod ? binding.value as Attribute : null
}

/** `layer(x)`: what the type of an object, or that of a library which its class derives from, says of calling it. */
function calledObject(func: Expr, e: Evaluator): Callee | null {
  const self = e.ofExpr(func)
  const type = self.type === null ? null : libraryType(self.type, e.context)
  const model = type === null ? undefined : e.context.models.type(type)?.called
  return model && methodOfType(self.type!, '__call__', e.context) === null ? { kind: 'model', model, name: self.type!, self } : null
}

function libraryType(type: TypeName, { facts, models, summaries, elsewhere }: FrameContext): TypeName | null {
  if (models.type(type)) return type
  const fact = type.includes('.') ? undefined : facts.get(type)
  const named = fact ? null : elsewhere.named(type)
  return fact?.kind === 'class' ? summaries.libraryOf(fact.def) : named?.kind === 'class' ? named.library : null
}

function resolveMethod(call: Call, func: Attribute, dotted: string | null, e: Evaluator): Callee {
  const { context } = e
  const { value: receiver, attr: name } = func
  const own = ownMethod(receiver, name, e) ?? classMethod(receiver, name, e)
  if (own) return own
  const self = receiverValue(func, e)
  const model = self.type === null ? null : context.models.method(self.type, name)
  if (model) return { kind: 'model', model, name: `${self.type}.${name}`, self }
  const method = self.type === null ? null : methodOfType(self.type, name, context)
  if (method) return calledOn(self, method.summary)
  const told = dotted === null && asksMapping(call) ? context.models.method('dict', name) : null
  return told ? { kind: 'model', model: told, name: `dict.${name}`, self } : { kind: 'unknown', name, dotted, self }
}

/** `self.method()`, `cls.method()`, `super().method()`. */
function ownMethod(receiver: Expr, name: string, e: Evaluator): Callee | null {
  const { ownClass, summaries } = e.context
  if (ownClass === null) return null
  const isSuper = receiver.kind === 'Call' && receiver.func.kind === 'Name' && receiver.func.id === 'super'
  if (!isSuper && !isSelf(receiver, e.context)) return null
  const method = isSuper ? summaries.inheritedBy(ownClass, name) : summaries.methodOf(ownClass, name)
  return method && calledOn(isSuper ? selfOf(e) : e.ofExpr(receiver), method.summary)
}

/** `Class.method(…)`: what is passed first is `self`, unless the method needs none. */
function classMethod(receiver: Expr, name: string, e: Evaluator): Callee | null {
  const definition = definitionOf(receiver, e.context)
  const dotted = definition ? null : dottedName(receiver, e.context)
  const method = definition?.kind === 'class' ? e.context.summaries.methodOf(definition.def, name) : dotted === null ? null : e.context.elsewhere.method(dotted, name)
  if (!method) return null
  const { summary } = method
  return { kind: 'function', summary, self: summary?.binding === 'class' ? makeValue({ links: [{ site: OUTER, how: 'is', certain: true }] }) : null }
}

/** The method of a class of the workspace, wherever it is defined. */
export function methodOfType(type: TypeName, name: string, { facts, summaries, elsewhere }: FrameContext): Method | null {
  const fact = type.includes('.') ? undefined : facts.get(type)
  return fact?.kind === 'class' ? summaries.methodOf(fact.def, name) : elsewhere.method(type, name)
}

function calledOn(self: Value | null, summary: Summary | null): Callee {
  return { kind: 'function', self: summary?.binding === 'static' ? null : self, summary }
}

function workspaceFunction(def: FunctionDef, ownClass: ClassDef | null, e: Evaluator): Callee {
  return calledOn(null, e.context.summaries.ofFunction(def, ownClass))
}

function workspaceClass(def: ClassDef, e: Evaluator): Callee {
  return { kind: 'class', name: def.name.id, isRecord: isRecord(def), init: e.context.summaries.methodOf(def, '__init__')?.summary ?? null }
}

export function callValue(call: Call, e: Evaluator): Value {
  const callee = resolveCallee(call, e)
  switch (callee.kind) {
    case 'model': {
      const args = lookup(call, callee.model.params ?? [], callee.self, e)
      const step = isFuture(callee.self?.type ?? null) ? 'whole' : callee.name === 'getattr' || typeof args(0)[0]?.text === 'string' || kindOf(callee.self?.type ?? null, e.context) === 'handle' ? 'field' : 'element'
      const read = ofArchiveNamed(interpretCall(settled(callee.model, call, e), { args, site: call, what: `${callee.name}()`, model: callee.name, step }, e), call, e)
      const value = ofSmallFile(read, call, callee.self, e)
      const complete = callee.name === 'range' ? { ...value, ...rangeValue(call, e) } : callee.model.shrinks ? handedOver(value) : value
      const made = callee.model.runs ? handingOn(complete, call, callee.model, args, e) : callee.model.awaits !== undefined ? awaited(complete, call, e) : complete
      // What such a task was given goes with its coroutine, whose calls are looked at themselves.
      const given = isTask(made) && made.element !== null ? made : withKept(fromGuess(made, callee.self), callee.model, args)
      return withGraph(given, call, callee.self, e)
    }
    case 'function': return callee.summary ? summaryValue(call, callee.summary, callee.self, e) : unknownResult(call, e)
    case 'class': return instanceValue(call, callee, e)
    case 'unknown': return unknownResult(call, e, callee)
  }
}

/** The result keeps the arguments that the model says it keeps. */
function withKept(value: Value, model: CallModel, args: (ref: string | number) => readonly Value[]): Value {
  const kept = (model.keeps ?? []).filter(k => k.by === 'result' && (!k.where || matches(k.where, args))).flatMap(k => args(k.arg))
  return kept.length === 0 ? value : { ...value, links: [...value.links, ...keeping(kept)] }
}

/** The value of a call that calls one of its arguments: a `map` of what that gives, a future that keeps it. */
function handingOn(value: Value, call: Call, { runs, params, of }: CallModel, args: ArgumentLookup, e: Evaluator): Value {
  const [callable] = passedFor(call, params ?? [], runs!.callable)
  const given = runs!.gives === 'each' ? (of ?? []).flatMap(args).map(walked => elementOf(walked, e)) : []
  const element = callable ? resultOfCalling(callable, given, e) : null
  if (element === null) return runs!.gives === 'each' && value.element === null ? { ...value, element: ofUnknownCall(given, callable?.kind === 'Lambda') } : value
  if (runs!.gives === 'result') return { ...element, links: [{ site: call, how: 'is', certain: true }] }
  return runs!.gives === 'each' ? { ...value, element } : promising(value, element)
}

/** What each call of something unknown gives that is called with these: one of them perhaps, or a view, where it is a short expression of them (`lambda t: t.T`). */
function ofUnknownCall(given: readonly Value[], isExpression: boolean): Value {
  const links = given.flatMap(v => v.links.map(l => ({ ...l, certain: false, ...(!isExpression && { weak: true as const }) })))
  return makeValue({ links: [{ site: NEW, how: 'is', certain: false }, ...links] })
}

/** A future or task is as large as the result that it will keep. */
function promising(value: Value, element: Value): Value {
  const isLarge = element.size.origin === 'outside' || element.size.origin === 'known'
  return { ...value, element, ...(isLarge && { size: { ...element.size, basis: `the result, ${element.size.basis}` } }) }
}

/** A task that keeps what its coroutine gives (fact 145), or the list of what a call awaits together; a call of a coroutine has the value that awaiting it gives. */
function awaited(value: Value, call: Call, e: Evaluator): Value {
  if (isTask(value)) return withResult(value, call, e)
  const given = call.args.filter(a => a.form !== 'keyword')
  if (given.every(a => a.form === 'positional')) return container(call, 'list', given.map(a => a.value), e)
  const [only, ...others] = given
  const all = only && others.length === 0 && only.form === 'star' ? e.ofExpr(only.value.kind === 'Starred' ? only.value.value : only.value) : null
  if (!all?.element) return value
  // Tasks keep what they give.
  const task = isTask(all.element) ? elementOf(all, e) : null
  const element = task?.element ? { ...task.element, links: takenFrom(task, 'whole', NEW) } : all.element
  return isTask(element) ? value : makeValue({ type: 'list', size: contentSize(all), count: all.count, element, links: [{ site: call, how: 'is', certain: true }, ...sharing(element)] })
}

function withResult(task: Value, call: Call, e: Evaluator): Value {
  const [coroutine] = call.args
  const callee = coroutine?.value.kind === 'Call' ? resolveCallee(coroutine.value, e) : null
  if (coroutine?.value.kind !== 'Call' || callee?.kind !== 'function' || callee.summary?.lazy !== 'coroutine') return task
  const { returns } = callee.summary
  if (!returns.fresh || returns.links.length > 0 || returns.outer !== 'no') return task
  return promising(task, returned(returns, coroutine.value, NEW, callee.summary, callee.self, e))
}

function isTask({ type }: Value): boolean {
  return type !== 'concurrent.futures.Future' && isFuture(type)
}

/** What it keeps is one result, which is most of it. */
function isFuture(type: TypeName | null): boolean {
  return type === 'asyncio.Task' || type === 'asyncio.Future' || type === 'concurrent.futures.Future'
}

/** A new object that calling a function gives, whatever the arguments but for the first ones where they are known; null where it may be something else. */
function resultOfCalling(callable: Expr, given: readonly Value[], e: Evaluator): Value | null {
  const { context } = e
  const definition = definitionOf(callable, context)
  if (definition?.kind === 'function') {
    const summary = context.summaries.ofFunction(definition.def, null)
    if (!summary || summary.lazy || !summary.returns.fresh || summary.returns.links.length > 0 || summary.returns.outer !== 'no') return null
    const { type, size, guessed } = summary.returns
    return makeValue({ ...(type === null ? {} : ofType({ type, element: null }, context)), size: { ...size, basis: `what ${summary.name}() returns: ${size.basis}` }, guessed, links: NEW_OBJECT })
  }
  const dotted = dottedName(callable, context)
  const model = dotted === null ? null : context.models.call(dotted)
  if (!model || ((model.relation ?? 'fresh') !== 'fresh' && (given.length === 0 || model.relation !== 'container'))) return null
  const args: ArgumentLookup = ref => given.filter((_, i) => i === ref || model.params?.[i] === ref)
  return interpretCall(model, { args, site: NEW, what: `${dotted}()`, model: dotted, step: 'element' }, e)
}

const NEW_OBJECT: readonly Link[] = [{ site: NEW, how: 'is', certain: true }]

/** The container lets go of what it gives (`pop`, `Queue.get`). */
function handedOver(value: Value): Value {
  const links = value.links.filter(l => l.how !== 'part')
  return { ...value, links, items: value.items?.map(handedOver) ?? null }
}

/** What a method of a guessed type gives is a guess too. */
function fromGuess(value: Value, self: Value | null): Value {
  return self?.guessed && value.type !== null ? { ...value, guessed: true } : value
}

/**
 * A tensor made from tensors keeps them as far as `graphLinks` says; `.detach()` and its like are views and keep anyway. Made from what only says how
 * something is to be computed it is such a thing, too.
 */
function withGraph(value: Value, call: Call, self: Value | null, e: Evaluator): Value {
  if (kindOf(value.type, e.context) !== 'tensor') return value
  const operands = [...(self ? [self] : []), ...call.args.map(a => e.ofExpr(a.value))]
  const lazy = operands.find(o => isLazy(o, e))
  if (lazy) return makeValue({ type: lazy.type, size: lazy.size, links: [{ site: call, how: 'is', certain: true }, ...keeping(operands)] })
  return { ...value, links: [...value.links, ...graphLinks(operands, e, givesMeasure(call))] }
}

/** What an unknown callable gives: anything; it may keep what it was given. */
function unknownResult(call: Call, e: Evaluator, callee?: Extract<Callee, { kind: 'unknown' }>): Value {
  const args = call.args.map(a => e.ofExpr(a.value))
  const made: Link = { site: call, how: 'is', certain: readsWeights(call) }
  const isClass = callee?.name !== undefined && callee.name !== null && CLASS_NAME.test(callee.name)
  const type = isClass && callee.dotted !== null ? callee.dotted : null
  // By the naming rule (PEP 8) a capital letter makes an object, which usually keeps what it is made from.
  if (isClass) return makeValue({ type, links: [{ ...made, certain: true }, ...keeping(args, false)] })
  const told = copyTold(call, callee?.self ?? null) ?? viewTold(call, callee?.self ?? null) ?? modulePartTold(call, callee?.self ?? null, e)
  if (told) return told
  const given = (givesMeasure(call) ? [] : callee?.self ? [callee.self, ...args] : args).filter(v => !isPlain(v, e))
  const kept = given.flatMap(v => {
    const links = keeping([v], false)
    return wrapsModel(call, v, e) ? links : links.map(l => ({ ...l, weak: true as const }))
  })
  return { ...toldResult(call, e), links: makeValue({ links: [made, ...sameTold(call, callee?.self ?? null, e), ...kept] }).links }
}

/** A number, a short text, a path: nobody minds who keeps it, and nothing large is another name of it. */
function isPlain(value: Value, e: Evaluator): boolean {
  return isSmall(value, LITTLE) && (isPlainData(value.type, e) || value.type === 'pathlib.Path')
}

/** CapWords, as PEP 8 names classes: `Table`, `SFTDataset`; not `LIMIT`. */
const CLASS_NAME = /^_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/

function instanceValue(call: Call, { name, isRecord, init }: Extract<Callee, { kind: 'class' }>, e: Evaluator): Value {
  const links: Link[] = [{ site: call, how: 'is', certain: true }]
  const content: Value[] = []
  if (init) {
    for (const kept of init.kept) {
      for (const { value, certain } of givenToKeep(call, init, kept, UNKNOWN, e)) {
        links.push(...keeping([value], certain))
        if (certain) content.push(value)
      }
    }
  } else {
    const values = call.args.map(a => e.ofExpr(a.value))
    links.push(...keeping(values, isRecord))
    if (isRecord) content.push(...values)
  }
  return makeValue({ type: name, links, size: instanceSize(name, content, isRecord), count: content.length > 0 ? exactly(content.length) : null })
}

/** A record is as large as what it keeps; any other object at least so large: it may make more in `__init__`. */
function instanceSize(name: string, content: readonly Value[], isRecord: boolean): Size {
  const isTold = (c: Value): boolean => c.size.origin === 'known' && (isRecord || !isSmall(c, LITTLE))
  const size = content.map(c => c.size).find(s => s.origin === 'outside' || s.origin === 'derived') ?? content.find(isTold)?.size
  const shown = name.slice(name.lastIndexOf('.') + 1)
  return size ? { ...size, basis: `${shown} with ${size.basis}` } : { ...UNKNOWN.size, basis: `a ${shown}` }
}

function summaryValue(call: Call, summary: Summary, self: Value | null, e: Evaluator): Value {
  if (summary.manages) return managerValue(call, summary, self, e)
  if (summary.lazy === 'generator') return generatorValue(call, summary, self, e)
  const value = withTold(returned(summary.returns, call, call, summary, self, e), call, e)
  return summary.lazy === 'coroutine' ? { ...value, links: [...value.links, ...heldByCoroutine(call, self, e)] } : value
}

/** Where the body tells nothing of what the function gives, its name may: `load_checkpoint(path)`. */
function withTold(value: Value, call: Call, e: Evaluator): Value {
  if (value.type !== null || value.size.origin !== 'unknown' || value.items !== null) return value
  const told = toldResult(call, e)
  return told.type === null && told.size.origin === 'outside' ? { ...value, size: told.size, guessed: true } : value
}

/** Until it is over, and by the task that runs it (facts 21, 83, 145): when that is, nobody knows. */
function heldByCoroutine(call: Call, self: Value | null, e: Evaluator): readonly Link[] {
  const given = [...(self ? [self] : []), ...call.args.map(a => e.ofExpr(a.value))]
  return keeping(given, false).map(link => ({ ...link, weak: true }))
}

/** What `await` gives of a coroutine that it calls itself: then that is over (fact 87). */
export function awaitedValue(expr: Expr, e: Evaluator): Value {
  const callee = expr.kind === 'Call' ? resolveCallee(expr, e) : null
  if (expr.kind !== 'Call' || callee?.kind !== 'function' || callee.summary?.lazy !== 'coroutine' || callee.summary.manages) return resultOf(e.ofExpr(expr), expr)
  return returned(callee.summary.returns, expr, expr, callee.summary, callee.self, e)
}

/** A task gives what it keeps. */
function resultOf(value: Value, expr: Expr): Value {
  return isTask(value) && value.element ? { ...value.element, links: takenFrom(value, 'whole', expr) } : value
}

function generatorValue(call: Call, summary: Summary, self: Value | null, e: Evaluator): Value {
  const args = call.args.map(a => e.ofExpr(a.value))
  const element = summary.returns.element && returned(summary.returns.element, call, NEW, summary, self, e)
  return makeValue({
    type: 'generator', size: smallSize('a generator'), links: [{ site: call, how: 'is', certain: true }, ...keeping(args)],
    streams: summary.yields ? { ...summary.yields, basis: `what ${summary.name}() yields: ${summary.yields.basis}` } : UNKNOWN.size,
    element: element && summary.keepsYielded ? itemOf(call, element) : element,
  })
}

/** What `with` binds is its element. */
function managerValue(call: Call, summary: Summary, self: Value | null, e: Evaluator): Value {
  const args = call.args.map(a => e.ofExpr(a.value))
  const given = returned(summary.returns, call, NEW, summary, self, e)
  return makeValue({
    type: MANAGER, size: smallSize('a context manager'), links: [{ site: call, how: 'is', certain: true }, ...keeping(args)],
    element: summary.keepsYielded ? itemOf(call, given) : given,
  })
}

/** What `contextlib.contextmanager` makes of a generator. */
export const MANAGER = 'contextlib._GeneratorContextManager'

/** What reading an attribute gives that is a property of a class of the workspace; null: it is none. */
export function propertyValue(expr: Attribute, base: Value, e: Evaluator): Value | null {
  const isOwn = e.context.ownClass !== null && isSelf(expr.value, e.context)
  const method = isOwn ? e.context.summaries.methodOf(e.context.ownClass!, expr.attr) : base.type === null ? null : methodOfType(base.type, expr.attr, e.context)
  const summary = method?.summary
  if (summary?.binding !== 'property' && summary?.binding !== 'cached-property') return null
  const value = returned(summary.returns, { args: [] }, expr, summary, base, e)
  return summary.binding === 'property' ? value : { ...value, links: takenFrom(base, 'field', expr) }
}

/** `site`: the call, or NEW for the items and elements of what it returns. */
function returned(part: ReturnSummary, call: Pick<Call, 'args'>, site: Expr | typeof NEW, summary: Summary, self: Value | null, e: Evaluator): Value {
  const links: Link[] = []
  if (part.fresh) links.push({ site, how: 'is', certain: part.links.length === 0 && part.outer === 'no' })
  for (const link of part.links) {
    for (const value of argumentsFor(call, summary, link.parameter, self, e)) links.push(...throughParameter(value, link.how, link.certain))
  }
  if (part.outer !== 'no') links.push({ site: OUTER, how: 'part', certain: part.outer === 'yes' })
  const typed = part.type === null ? UNKNOWN : ofType({ type: part.type, element: null }, e.context)
  return makeValue({
    type: part.type,
    model: part.model,
    size: part.size.origin === 'unknown' ? typed.size : { ...part.size, basis: `what ${summary.name}() returns: ${part.size.basis}` },
    count: part.count,
    items: part.items?.map(item => itemOf(site, returned(item, call, NEW, summary, self, e))) ?? null,
    element: part.element ? returned(part.element, call, NEW, summary, self, e) : typed.element,
    links,
    guessed: part.guessed,
    isView: part.isView,
  })
}

function throughParameter(argument: Value, how: Link['how'], certain: boolean): Link[] {
  switch (how) {
    case 'is': return argument.links.map(l => ({ ...l, certain: l.certain && certain }))
    case 'keeps': return keeping([argument], certain)
    case 'part': return argument.links.map(l => (l.how === 'keeps' ? { site: l.site, how: 'is' as const, certain: false } : { site: l.site, how: 'part' as const, certain: l.certain && certain }))
  }
}
