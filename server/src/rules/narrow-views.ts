/**
 * Views that show little of what they keep: a few rows, one column, a short slice. Told from the expression that makes the view,
 * for the libraries whose views are known to keep the whole (facts 56, 57, 60, 64).
 */
import type { Call, Expr, Node, Subscript } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { insertion } from '../fixes/edits.ts'
import type { Edit } from './finding.ts'
import { isEllipsis, lastName } from '../syntax/expressions.ts'
import { resolveCallee } from '../values/calls.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { dottedName } from '../values/names.ts'
import { kindOf } from '../values/parts.ts'
import type { Value } from '../values/value.ts'

/** How the part alone is had: `x.copy()`, `x.clone()`, `bytes(x)`, `list(x)`; null: in no way that does for every use. */
export type CopyForm = 'copy' | 'clone' | 'bytes' | 'list' | null

export interface NarrowView {
  /** The expression that makes the view. */
  readonly expr: Expr
  /** What it is taken from: a name, or an expression whose result has no name. */
  readonly base: Expr
  /** For a person: `a few rows`. */
  readonly what: string
  /** Whether it shows little, or keeps the whole, depends on what is not known here. */
  readonly doubt: string | null
  /** It works on all of it each time it is asked: worth a word only where it is put away. */
  readonly asksAll?: true
  readonly form: CopyForm
}

interface Step {
  readonly base: Expr
  /** Null: it shows all of the base. */
  readonly narrow: Pick<NarrowView, 'what' | 'doubt' | 'asksAll'> | null
}

/** The view that an expression makes or that the one binding of a name made; null where it is none, or shows most of what it keeps. */
export function narrowViewOf(expr: Expr, e: Evaluator): NarrowView | null {
  const made = expr.kind === 'Name' ? valueOfName(expr, e) : expr
  const matches = made && matchesIn(made, e)
  if (matches) return matches
  if (made === null || !mayBeNarrow(made, e) || !e.ofExpr(made).isView || isOfColumn(made, e)) return null
  let narrow: Step['narrow'] = null
  let at: Expr = made
  for (let depth = 0; depth < MOST_STEPS; depth++) {
    const step = stepOf(at, e)
    if (step === null) break
    narrow ??= step.narrow
    at = step.base
    const source = at.kind === 'Name' ? valueOfName(at, e) : at
    if (source === null || !e.ofExpr(source).isView) break
    at = source
  }
  return narrow && { ...narrow, expr: made, base: at, form: copyFormOf(made, e) }
}

const MOST_STEPS = 12

/** `df["a"].values[0]`: a number, which keeps nothing. */
function isOfColumn(made: Expr, e: Evaluator): boolean {
  if (made.kind !== 'Subscript' || !isPosition(made.slice)) return false
  const array = made.value.kind === 'Name' ? valueOfName(made.value, e) : made.value
  const column = array?.kind === 'Attribute' && array.attr === 'values' ? array.value : array?.kind === 'Call' && array.func.kind === 'Attribute' && array.func.attr === 'to_numpy' ? array.func.value : null
  return column !== null && kindOf(e.ofExpr(column).type, e.context) === 'series'
}

/** A list of all matches in a text: each of them keeps it (fact 57). */
function matchesIn(made: Expr, e: Evaluator): NarrowView | null {
  const walked = allOf(made)
  if (walked?.kind !== 'Call' || (lastName(walked.func) ?? '') !== 'finditer') return null
  const callee = resolveCallee(walked, e)
  if (callee.kind !== 'model' || !/^re\.(finditer|Pattern\.finditer)$/.test(callee.name)) return null
  const subject = walked.args[callee.self ? 0 : 1]
  return subject?.form === 'positional' ? { expr: made, base: subject.value, what: 'a list of matches', doubt: null, form: null } : null
}

/** What a list of all its elements is made from: `list(x)`, `tuple(x)`, `[m for m in x]`, also of some of them. */
function allOf(made: Expr): Expr | null {
  if (made.kind === 'Call' && made.func.kind === 'Name' && (made.func.id === 'list' || made.func.id === 'tuple') && made.args.length === 1) return made.args[0]!.value
  if (made.kind !== 'Comprehension' || made.form !== 'list' || made.elt.kind !== 'Name' || made.generators.length !== 1) return null
  const [only] = made.generators
  return only!.target.kind === 'Name' && only!.target.id === made.elt.id ? only!.iter : null
}

/** Looks, by its text alone, like a narrow view of what a call returns. */
export function isPartOfResult(node: Node): boolean {
  if (node.kind === 'Subscript') return isOfCall(node.value)
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return false
  const { attr, value } = node.func
  return ENDS.has(attr) ? isOfCall(value) : /^(search|match|fullmatch)$/.test(attr) && node.args.some(arg => isOfCall(arg.value))
}

function isOfCall(expr: Expr): boolean {
  return expr.kind === 'Call' || ((expr.kind === 'Attribute' || expr.kind === 'Subscript') && isOfCall(expr.value))
}

/** The expression that a name stands for, where only one assignment can have bound it. */
function valueOfName(expr: Expr, e: Evaluator): Expr | null {
  const [only, ...others] = expr.kind === 'Name' ? e.context.flow.reaching(expr) : []
  return only !== undefined && others.length === 0 && isPlain(only) ? only.value : null
}

export function isPlain(binding: Binding): boolean {
  return (binding.kind === 'assignment' || binding.kind === 'annotated' || binding.kind === 'walrus') && binding.path.length === 0
}

/** Some step to what it is taken from looks narrow, told by the text: most expressions are no views, and need not be evaluated. */
function mayBeNarrow(expr: Expr, e: Evaluator, depth = 0): boolean {
  const before = (base: Expr | undefined): boolean => base !== undefined && depth < MOST_STEPS && mayBeNarrow(base, e, depth + 1)
  switch (expr.kind) {
    case 'Name': return before(valueOfName(expr, e) ?? undefined)
    case 'Attribute': return before(expr.value)
    case 'Subscript': return slicesFew(expr.slice) || expr.slice.kind === 'Tuple' || expr.slice.kind === 'Constant' || isPosition(expr.slice) || before(expr.value)
    case 'Call': {
      const { func, args } = expr
      const name = func.kind === 'Attribute' ? func.attr : dottedName(func, e.context)?.replace(/^.*\./, '') ?? ''
      return NARROWING.has(name) || (func.kind === 'Attribute' && before(func.value)) || before(args[0]?.value)
    }
    default: return false
  }
}

function stepOf(expr: Expr, e: Evaluator): Step | null {
  switch (expr.kind) {
    case 'Subscript': return subscriptStep(expr, e)
    case 'Attribute': return { base: expr.value, narrow: null }
    case 'Call': return callStep(expr, e)
    default: return null
  }
}

function subscriptStep({ value, slice }: Subscript, e: Evaluator): Step {
  const type = e.ofExpr(value).type
  const kind = kindOf(type, e.context)
  const base = value
  if (type !== null && INDEXERS.test(type) && value.kind === 'Attribute') return { base: value.value, narrow: slicesFew(slice) ? { what: 'a few rows', doubt: null } : null }
  // What it is decides whether a slice of it shows it (fact 60) or is a copy (fact 55).
  if (slicesFew(slice)) return { base, narrow: { what: kind === 'frame' || kind === 'series' ? 'a few rows' : 'a short slice', doubt: type === null ? 'unless it is a copy, as the slice of a list is' : null } }
  if (slice.kind === 'Tuple' && slice.elts.some(x => x.kind === 'Slice' || isEllipsis(x))) {
    if (slice.elts.some(e => slicesFew(e) && !cutsOff(e)) && !isChannel(slice.elts)) return { base, narrow: { what: 'a short slice', doubt: null } }
    return { base, narrow: slice.elts.some(isPosition) && !isChannel(slice.elts) ? { what: 'one row or column', doubt: null } : null }
  }
  if (kind === 'frame' && slice.kind === 'Constant' && slice.type === 'str') {
    return { base, narrow: { what: 'one column', doubt: 'up to pandas 2 a column keeps all columns of its type' } }
  }
  if ((kind === 'array' || kind === 'tensor') && isPosition(slice) && hasExtent(e.ofExpr(value))) return { base, narrow: { what: 'one row', doubt: 'unless the array has one dimension only' } }
  return { base, narrow: null }
}

/** Arrays that come from outside or whose shape is known; the first item of what is computed on the way is mostly a number. */
function hasExtent({ size }: Value): boolean {
  return size.origin === 'outside' || size.origin === 'known'
}

const INDEXERS = /(^|\.)_(Frame)?LocIndexer$/

/** Methods that give the first or last rows; without an argument five. */
const ENDS: ReadonlySet<string> = new Set(['head', 'tail'])

/** What a call of these gives may show little of what it was made from. */
const NARROWING: ReadonlySet<string> = new Set([...ENDS, 'keys', 'search', 'match', 'fullmatch', 'finditer', 'groupby'])

function callStep(call: Call, e: Evaluator): Step | null {
  const callee = resolveCallee(call, e)
  if (callee.kind !== 'model') return null
  const { func } = call
  const [first] = call.args
  if (/^re\.(search|match|fullmatch)$|^re\.Pattern\./.test(callee.name)) {
    const subject = callee.self ? first : call.args[1]
    return subject ? { base: subject.value, narrow: { what: 'a match', doubt: null } } : null
  }
  if (func.kind === 'Attribute' && callee.self !== null) {
    if (func.attr === 'groupby' && isPandas(callee.name)) return { base: func.value, narrow: { what: 'a grouping', doubt: 'its groups may be asked for again', asksAll: true } }
    const isFew = ENDS.has(func.attr) && (first === undefined || isFewNumber(first.value))
    return { base: func.value, narrow: isFew ? { what: 'a few rows', doubt: null } : func.attr === 'keys' ? { what: 'the keys', doubt: null } : null }
  }
  return first && first.form === 'positional' ? { base: first.value, narrow: null } : null
}

function isPandas(name: string): boolean {
  return name.startsWith('pandas.')
}

/** `[:10]`, `[-3:]`, `[5:8]`, `[::16]`: few in number, or one in many. */
function slicesFew(slice: Expr): boolean {
  if (slice.kind !== 'Slice') return false
  const { lower, upper, step } = slice
  if (step !== null && Math.abs(numberIn(step) ?? 1) >= SPARSE) return true
  const [from, to] = [lower && numberIn(lower), upper && numberIn(upper)]
  if (to !== null && to >= 0) return lower === null || from !== null ? isLittle(to - (from ?? 0)) : false
  return upper === null && from !== null && from < 0 && isLittle(-from)
}

/** `[1:49, 4:60]`: borders are cut off, of which nobody knows how much they leave. */
function cutsOff(slice: Expr): boolean {
  if (slice.kind !== 'Slice') return false
  const from = slice.lower && numberIn(slice.lower)
  const to = slice.upper && numberIn(slice.upper)
  return from !== null && to !== null && from > 0 && to - from > MOST_ITEMS
}

const MOST_ITEMS = 8

function isOfColours(slice: Expr): boolean {
  const ends = slice.kind === 'Slice' ? [slice.lower, slice.upper].map(end => end && numberIn(end)) : []
  return slicesFew(slice) && ends.every(end => end === null || Math.abs(end) <= MOST_COLOURS)
}

const MOST_COLOURS = 4

/** `[:, :, 0]`, `[:, :, :3]`: some of three or four colours. */
function isChannel(elts: readonly Expr[]): boolean {
  return elts.length > 2 && (isPosition(elts.at(-1)!) || isOfColours(elts.at(-1)!)) && elts.slice(0, -1).every(e => e.kind === 'Slice' && e.lower === null && e.upper === null)
}

function isFewNumber(expr: Expr): boolean {
  const value = numberIn(expr)
  return value !== null && isLittle(value)
}

function isLittle(count: number): boolean {
  return count >= 0 && count <= FEW
}

/** Items of a short slice; one in so many of a sparse one. */
const FEW = 1000
const SPARSE = 4

function numberIn(expr: Expr): number | null {
  if (expr.kind === 'UnaryOp' && expr.op === '-') {
    const positive = numberIn(expr.operand)
    return positive === null ? null : -positive
  }
  return expr.kind === 'Constant' && typeof expr.value === 'number' ? expr.value : null
}

function isPosition(expr: Expr): boolean {
  return numberIn(expr) !== null
}

function copyFormOf(expr: Expr, e: Evaluator): CopyForm {
  const { type } = e.ofExpr(expr)
  if (type === 'memoryview') return 'bytes'
  if (type !== null && /^(numpy|pandas)\./.test(type)) return type.includes('groupby') ? null : 'copy'
  if (type !== null && /^torch\./.test(type)) return 'clone'
  return expr.kind === 'Call' && expr.func.kind === 'Attribute' && expr.func.attr === 'keys' ? 'list' : null
}

/** Makes the view a copy of what it shows; no edits where there is no such form. */
export function copyEdits({ expr: { start, end }, form }: NarrowView): readonly Edit[] {
  switch (form) {
    case null: return []
    case 'copy':
    case 'clone': return [insertion(end, `.${form}()`)]
    default: return [insertion(start, `${form}(`), insertion(end, ')')]
  }
}

/** What the copy cannot do that the view can; null: nothing. */
export function riskOfCopy({ form }: NarrowView): string | null {
  return form === 'bytes' ? 'unless it is used as a memoryview' : form === 'list' ? 'unless it is used as a set' : null
}
