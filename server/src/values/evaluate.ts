/**
 * The value of each expression and binding of a frame, on demand: an expression is evaluated from its parts, a name
 * from the bindings that reach it. In which order, and in which round of a loop, is `evaluator.ts`.
 */
import type { Comprehension, Constant, Expr, Generator, IfExp, Name, Parameter, Subscript } from '../syntax/ast.ts'
import { plainNames } from '../syntax/expressions.ts'
import type { Binding } from '../flow/graph.ts'
import { annotatedType } from './annotations.ts'
import { ofArchiveAsked } from './archives.ts'
import { withDeclared } from './declared.ts'
import { awaitedValue, callValue, MANAGER } from './calls.ts'
import { comprehensionContainer, container, changedContainer } from './containers.ts'
import type { FrameContext } from './context.ts'
import { fromPlain } from './foreign.ts'
import type { ModuleFact } from './module-facts.ts'
import { dottedName, globalFact } from './names.ts'
import { binaryValue, unaryValue } from './operators.ts'
import { attributeValue, elementOf, goesWith, guessedAs, itemValue, ofType, sliceValue } from './parts.ts'
import { exactly } from './range.ts'
import { interpret } from './results.ts'
import { elementType } from './sizes/dtypes.ts'
import { usedAsType } from './usage.ts'
import { join, keeping, keepingElements, LITTLE, makeValue, NEW, NOTHING, OUTER, placedAt, sized, smallSize, takenFrom, UNKNOWN, type Link, type Value } from './value.ts'

export interface Evaluator {
  readonly context: FrameContext
  ofExpr(expr: Expr): Value
  ofBinding(binding: Binding): Value
  /**
   * What happens to a binding's object later, as `evaluate` tells it from values; where the object's own value goes into that, it is that of the
   * round before, and `none` where there is no such round.
   */
  beforeRound<T>(binding: Binding, evaluate: () => T, none: T): T
}

/** All kinds but names, which `evaluator.ts` follows to their bindings. */
export function expressionValue(expr: Expr, e: Evaluator): Value {
  switch (expr.kind) {
    case 'Constant': return constantValue(expr)
    case 'JoinedStr': return makeValue({ type: 'str', size: smallSize('a formatted string'), links: fresh(expr) })
    case 'List': return container(expr, 'list', expr.elts, e)
    case 'Tuple': return container(expr, 'tuple', expr.elts, e)
    case 'Set': return container(expr, 'set', expr.elts, e)
    case 'Dict': return container(expr, 'dict', expr.values, e)
    case 'Comprehension': return comprehensionValue(expr, e)
    case 'BinOp': return binaryValue(expr, e)
    case 'UnaryOp': return unaryValue(expr, e)
    case 'Compare': return binaryValue(expr, e)
    case 'BoolOp': return expr.values.map(v => e.ofExpr(v)).reduce((a, b) => join(a, b)!)
    case 'IfExp': return conditionalValue(expr, e)
    case 'NamedExpr': return e.ofExpr(expr.value)
    case 'Await': return awaitedValue(expr.value, e)
    case 'Call': return callValue(expr, e)
    case 'Attribute': return attributeValue(expr, e)
    case 'Subscript': return subscriptValue(expr, e)
    case 'Starred': return e.ofExpr(expr.value)
    case 'Lambda': return makeValue({ type: 'function', size: smallSize('a function'), links: [...fresh(expr), ...keptDefaults(expr.params, e)] })
    default: return UNKNOWN
  }
}

/** A value's own object, made by this expression. */
export function fresh(expr: Expr): Value['links'] {
  return [{ site: expr, how: 'is', certain: true }]
}

function constantValue(constant: Constant): Value {
  switch (constant.type) {
    case 'int':
      return makeValue({ type: 'int', size: smallSize('an int'), number: typeof constant.value === 'number' ? exactly(constant.value) : null })
    case 'str':
    case 'bytes': {
      const bytes = constant.length * (constant.width === 'ascii' || constant.width === 'latin1' ? 1 : constant.width === 'bmp' ? 2 : 4)
      // Owned by the code object (fact 102): nothing to release, so no site of its own. A short one is nothing that matters who holds it.
      return makeValue({
        type: constant.type, size: sized(exactly(bytes + 49), 'known', `a ${constant.type} constant`), count: exactly(constant.length),
        text: typeof constant.value === 'string' ? constant.value : null, links: bytes < LITTLE ? [] : [{ site: OUTER, how: 'is', certain: true }],
      })
    }
    case 'None': return makeValue({ type: 'NoneType', size: smallSize('None') })
    case 'True':
    case 'False': return makeValue({ type: 'bool', size: smallSize('a truth value'), text: constant.type === 'True' ? 'true' : 'false' })
    default: return makeValue({ type: constant.type, size: smallSize(`a ${constant.type}`) })
  }
}

/** A function keeps the defaults of its parameters (facts 28, 96). */
function keptDefaults(params: readonly Parameter[], e: Evaluator): Value['links'] {
  return keeping(params.flatMap(p => (p.default ? [e.ofExpr(p.default)] : [])))
}

function conditionalValue(expr: IfExp, e: Evaluator): Value {
  return join(e.ofExpr(expr.body), e.ofExpr(expr.orelse))!
}

function comprehensionValue(expr: Comprehension, e: Evaluator): Value {
  if (expr.form !== 'generator') return comprehensionContainer(expr, e)
  const source = expr.generators[0]
  const links = source ? e.ofExpr(source.iter).links.map(l => ({ ...l, how: 'keeps' as const })) : []
  const list = comprehensionContainer(expr, e)
  const handsOver = source !== undefined && expr.generators.some(g => yieldsTarget(expr.elt, g))
  const element = list.element && { ...list.element, links: handsOver ? takenFrom(e.ofExpr(source.iter), 'element', NEW) : fresh(expr.elt) }
  return makeValue({ type: 'generator', size: smallSize('a generator'), streams: list.size, links: [...fresh(expr), ...links], count: list.count, element })
}

/**
 * Does the generator expression yield what it walks, alone or in a tuple, rather than something of it? Told from the text: its names
 * belong to a frame of their own.
 */
function yieldsTarget(elt: Expr, generator: Generator): boolean {
  switch (elt.kind) {
    case 'Name': return generator.target.kind === 'Name' ? generator.target.id === elt.id : generator.iter.kind === 'Call' && plainNames(generator.target).includes(elt.id)
    case 'Tuple':
    case 'List':
    case 'Set': return elt.elts.some(x => yieldsTarget(x, generator))
    case 'IfExp': return yieldsTarget(elt.body, generator) || yieldsTarget(elt.orelse, generator)
    default: return false
  }
}

function subscriptValue(expr: Subscript, e: Evaluator): Value {
  const base = e.ofExpr(expr.value)
  return expr.slice.kind === 'Slice' || (expr.slice.kind === 'Tuple' && expr.slice.elts.some(x => x.kind === 'Slice'))
    ? sliceValue(expr, base, e)
    : itemValue(expr, base, e)
}

/** A name that no binding of the frame reaches. */
export function globalValue(name: Name, e: Evaluator): Value {
  const fact = globalFact(name, e.context)
  const elsewhere = fact?.kind === 'import' ? e.context.elsewhere.named(fact.dotted) : null
  if (elsewhere?.kind === 'constant') return fromPlain(elsewhere.value, [{ site: OUTER, how: 'is', certain: true }])
  if (fact?.kind === 'assignment') {
    return { ...constantOfModule(fact, e), links: [{ site: OUTER, how: 'is', certain: true }] }
  }
  return makeValue({ model: elementType(dottedName(name, e.context)), links: [{ site: OUTER, how: 'is', certain: true }], ...(fact && fact.kind !== 'ambiguous' ? { size: smallSize('a module, function or class') } : {}) })
}

/** What a module tells others of a global it assigns: its type where it is annotated, its value where that is a constant. */
export function constantOfModule(fact: Extract<ModuleFact, { kind: 'assignment' }>, e: Evaluator): Value {
  const constant = fact.value.kind === 'Constant' ? constantValue(fact.value) : constantArithmetic(fact.value, e)
  const annotated = fact.annotation && annotatedType(fact.annotation, e.context)
  return constant ?? (annotated ? ofType(annotated, e.context) : UNKNOWN)
}

/** A module constant computed from constants: `SIZE = 512 * 1024 * 1024`. */
function constantArithmetic(expr: Expr, e: Evaluator): Value | null {
  if (expr.kind === 'BinOp' || expr.kind === 'UnaryOp') {
    const value = expr.kind === 'BinOp' ? binaryValue(expr, e) : unaryValue(expr, e)
    return value.number ? value : null
  }
  return null
}

export function bindingValue(binding: Binding, e: Evaluator): Value {
  switch (binding.kind) {
    case 'assignment':
    case 'walrus': return ofArchiveAsked(withUsage(binding, boundValue(binding, e), e), binding, e)
    case 'annotated': return annotatedBinding(binding, e)
    case 'augmented': return augmentedValue(binding, e)
    case 'for':
    case 'comprehension': return withUsage(binding, placedAt(binding, walkedItem(binding, elementOf(binding.value ? e.ofExpr(binding.value) : UNKNOWN, e), e)), e)
    case 'with': return withItemValue(binding, e)
    case 'parameter': return parameterValue(binding, e)
    case 'function': return makeValue({ type: 'function', size: smallSize('a function'), links: [{ site: binding, how: 'is', certain: true }, ...(binding.node.kind === 'FunctionDef' ? keptDefaults(binding.node.header.params, e) : [])] })
    case 'class':
    case 'import':
    case 'type-alias':
    case 'type-parameter': return makeValue({ size: smallSize('a module, function or class'), links: [{ site: OUTER, how: 'is', certain: true }] })
    case 'except': return makeValue({ type: 'BaseException', size: smallSize('an exception'), links: [{ site: binding, how: 'is', certain: true }] })
    case 'capture': return binding.value ? placedAt(binding, walk(e.ofExpr(binding.value), binding.path, e)) : UNKNOWN
  }
}

function boundValue(binding: Binding, e: Evaluator): Value {
  if (binding.value === null) return UNKNOWN
  const own = ownExpr(binding.value, binding.path)
  if (own === null) return placedAt(binding, walk(e.ofExpr(binding.value), binding.path, e))
  const value = e.ofExpr(own)
  return placedAt(binding, changedContainer(binding, value, e) ?? (isMappingView(own) ? likelier(value) : value))
}

/** What a name is bound to by itself: the second `[]` for `b` of `a, b = [], []`; null where it is a part of what one expression gives. */
function ownExpr(expr: Expr, path: Binding['path']): Expr | null {
  const [step, ...rest] = path
  if (step === undefined) return expr
  const elts = expr.kind === 'Tuple' || expr.kind === 'List' ? expr.elts : []
  const item = typeof step === 'number' && !elts.some(x => x.kind === 'Starred') ? elts.at(step) : undefined
  return item ? ownExpr(item, rest) : null
}

/** `d.keys()`: of nearly every mapping it shows what is in it, and keeps it (fact 57). */
function isMappingView(expr: Expr): boolean {
  return expr.kind === 'Call' && expr.args.length === 0 && expr.func.kind === 'Attribute' && /^(keys|values|items)$/.test(expr.func.attr)
}

function likelier(value: Value): Value {
  return { ...value, links: value.links.map(({ weak, ...link }) => link) }
}

/** What a loop's target gets of each element. One of two may be most of it; of more, each is little. */
function walkedItem({ node, path }: Binding, element: Value, e: Evaluator): Value {
  const value = walk(element, path, e)
  const isOfTwo = path.length === 1 && (node.kind === 'For' || node.kind === 'Generator') && node.target.kind === 'Tuple' && node.target.elts.length === 2
  if (!isOfTwo) return value
  const isOfElement = (l: Link): boolean => l.share === 'little' && element.links.some(whole => whole.site === l.site && whole.share === 'element')
  return { ...value, links: value.links.map(l => (isOfElement(l) ? { ...l, share: 'element' } : l)) }
}

/** Follow tuple targets into a value; a starred target is a new list of parts. */
function walk(value: Value, path: Binding['path'], e: Evaluator): Value {
  let current = value
  for (const step of path) {
    const item = typeof step === 'number' ? current.items?.at(step) : undefined
    current = step === '*' ? collected(current, e) : item ? goesWith(item, current) : partLoaded(current, elementOf(current, e, 'field'))
  }
  return current
}

/** `images, labels = load_data(path)`: each name gets a part of what the function loads, as far as its name tells. */
function partLoaded(whole: Value, part: Value): Value {
  const isTold = whole.guessed && whole.type === null && whole.size.origin === 'outside'
  return isTold && part.type === null && part.size.origin === 'unknown' ? { ...part, size: { ...whole.size, basis: `part of ${whole.size.basis}` }, guessed: true } : part
}

/** The list that `*rest` makes of (almost) all elements. */
function collected(value: Value, e: Evaluator): Value {
  const size = value.size.high === null ? { ...value.size, low: 0 } : smallSize('a few items')
  return makeValue({ type: 'list', size, element: elementOf(value, e), links: [{ site: NEW, how: 'is', certain: true }, ...keepingElements([value])] })
}

function annotatedBinding(binding: Binding, e: Evaluator): Value {
  const value = boundValue(binding, e)
  const type = binding.node.kind === 'AnnAssign' ? annotatedType(binding.node.annotation, e.context) : null
  if (type && CLASSES.has(type.type)) return { ...value, type: 'type', size: smallSize('a class') }
  return value.type === null && type ? withDeclared(value, type, e.context) : value
}

const CLASSES: ReadonlySet<string> = new Set(['type', 'typing.Type'])

function augmentedValue(binding: Binding, e: Evaluator): Value {
  const stmt = binding.node
  if (stmt.kind !== 'AugAssign' || stmt.target.kind !== 'Name') return UNKNOWN
  return binaryValue(stmt, e)
}

function withItemValue(binding: Binding, e: Evaluator): Value {
  if (binding.value === null) return UNKNOWN
  const manager = e.ofExpr(binding.value)
  const enter = manager.type ? e.context.models.type(manager.type)?.enter : undefined
  const entered = manager.type === MANAGER && manager.element ? manager.element : enter ? interpret(enter, { args: ref => (ref === 'self' ? [manager] : []), site: NEW, what: 'the context', model: manager.type, step: 'element' }, e) : manager
  const given = manager.type === null ? { ...entered, links: [...entered.links, LENT] } : entered
  return placedAt(binding, walk(given, binding.path, e))
}

/** What a context manager gives of which nothing is known mostly belongs to somebody who has it before and after: a cache, a pool, a session. */
const LENT: Link = { site: OUTER, how: 'part', certain: false, share: 'field' }

function parameterValue(binding: Binding, e: Evaluator): Value {
  const node = binding.node
  const links = [{ site: binding, how: 'is' as const, certain: true }]
  if (node.kind !== 'Parameter') return makeValue({ links })
  if (node.form === 'star') return makeValue({ type: 'tuple', size: smallSize('the arguments'), links })
  if (node.form === 'double-star') return makeValue({ type: 'dict', size: smallSize('the arguments'), links })
  const declared = node.annotation ? annotatedType(node.annotation, e.context) : null
  const known = declared ? ofType(declared, e.context) : node.default?.kind === 'Constant' && node.default.type !== 'None' ? { ...constantValue(node.default), number: null, text: null } : UNKNOWN
  return withUsage(binding, { ...known, links }, e)
}

/** An object of unknown type is what the methods and attributes used on it say. */
function withUsage(binding: Binding, value: Value, e: Evaluator): Value {
  if (value === NOTHING || value.type !== null || value.size.high !== null) return value
  const guess = usedAsType(binding, e.context)
  return guess === null ? value : guessedAs(guess, value, e.context)
}
