/**
 * How large the value of an expression is beside some objects of the same frame, as far as the text tells: 1 is as large as one of them, 0 is little
 * or not known. As large are what is computed from it element by element, copies, what it was itself made from, and what the same function gives.
 */
import type { Call, Expr, Subscript } from '../syntax/ast.ts'
import { dottedPath } from '../syntax/expressions.ts'
import type { Binding } from '../flow/graph.ts'
import type { SizeModel } from '../models/model.ts'
import { passedFor } from './arguments.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { isFigure } from './figures.ts'
import { isLittleResult } from './little.ts'
import { kindOf } from './parts.ts'
import { isSmall } from './value.ts'

export class Likeness {
  private readonly e: Evaluator
  private readonly objects: readonly Binding[]
  private readonly shares = new Map<Binding | Expr, number>()
  /** What makes them, as it is written. */
  private readonly makers: ReadonlySet<string>

  constructor(objects: readonly Binding[], e: Evaluator) {
    this.e = e
    this.objects = objects
    for (const object of objects) this.shares.set(object, 1)
    for (const { value, kind } of objects) if (value && kind !== 'for') this.addSources(value, 1)
    this.makers = new Set(objects.flatMap(object => makerOf(object, e) ?? []))
  }

  of(expr: Expr): number {
    const given = this.shares.get(expr)
    if (given !== undefined) return given
    // What is in it counts.
    if (expr.kind === 'List' || expr.kind === 'Tuple') return sum(expr.elts.map(x => this.of(x)))
    const value = this.e.ofExpr(expr)
    if (isSmall(value, SMALL)) return 0
    const known = value.size.origin === 'known' ? this.besideKnown(value.size.low) : null
    return known ?? (expr.kind !== 'Name' && isLittleResult(expr, this.e) ? 0 : this.written(expr))
  }

  /** Both sizes are known. */
  private besideKnown(bytes: number): number | null {
    const sizes = this.objects.map(o => this.e.ofBinding(o).size)
    const largest = Math.max(...sizes.map(s => s.high ?? Infinity))
    return sizes.every(s => s.origin === 'known') && largest > 0 && largest < Infinity ? bytes / largest : null
  }

  private written(expr: Expr): number {
    switch (expr.kind) {
      case 'Name': return least(this.e.context.flow.reaching(expr).map(b => this.ofBinding(b)))
      case 'BinOp': return isFigure(expr, this.e) ? 0 : Math.max(this.of(expr.left), this.of(expr.right))
      case 'UnaryOp': return this.of(expr.operand)
      case 'IfExp': return least([this.of(expr.body), this.of(expr.orelse)])
      case 'Await':
      case 'NamedExpr':
      case 'Starred': return this.of(expr.value)
      case 'Attribute': return WHOLE.has(expr.attr) ? this.of(expr.value) : 0
      case 'Subscript': return this.of(expr.value) * this.partTaken(expr)
      case 'Call': return this.makers.has(dottedPath(expr.func) ?? '') ? 1 : this.ofArguments(expr)
      default: return 0
    }
  }

  ofBinding(binding: Binding): number {
    const given = this.shares.get(binding)
    if (given !== undefined) return given
    this.shares.set(binding, 0)
    const { value, path, kind } = binding
    const share = value === null || kind === 'for' || kind === 'comprehension' ? 0 : path.length === 0 ? this.of(value) : value.kind === 'Call' && this.makers.has(dottedPath(value.func) ?? '') ? 1 : 0
    this.shares.set(binding, share)
    return share
  }

  /** The whole, `x[:]`; one column of several; a choice may be next to nothing. */
  private partTaken({ value, slice }: Subscript): number {
    if (slice.kind === 'Slice' && slice.lower === null && slice.upper === null && slice.step === null) return 1
    const isColumn = slice.kind === 'Constant' ? typeof slice.value === 'string' : slice.kind === 'List' && slice.elts.length === 1
    return isColumn && kindOf(this.e.ofExpr(value).type, this.e.context) === 'frame' ? COLUMN : 0
  }

  private ofArguments(call: Call): number {
    const like = this.likeOf(call)
    if (like === null || like.size.upTo) return 0
    const shares = like.sources.map(x => this.of(x))
    return (like.size.times ?? 1) * (like.size.largest ? Math.max(0, ...shares) : sum(shares))
  }

  /** The result is as large as these arguments, says the model of the function. */
  private likeOf(call: Call): { readonly size: LikeModel; readonly sources: readonly Expr[] } | null {
    const callee = resolveCallee(call, this.e)
    const size = callee.kind === 'model' ? callee.model.size : undefined
    if (callee.kind !== 'model' || typeof size !== 'object' || !('like' in size)) return null
    const { func } = call
    return { size, sources: size.like.flatMap(ref => (ref === 'self' ? (func.kind === 'Attribute' ? [func.value] : []) : passedFor(call, callee.model.params ?? [], ref))) }
  }

  /** What an expression is made from is as large: a copy's original, what is reduced or selected from; of several that are joined each is a part. */
  private addSources(expr: Expr, share: number): void {
    if (this.shares.has(expr)) return
    this.shares.set(expr, share)
    switch (expr.kind) {
      case 'Name': return this.e.context.flow.reaching(expr).forEach(b => this.addSource(b, share))
      case 'BinOp': return [expr.left, expr.right].filter(x => !isFigure(x, this.e)).slice(0, 1).forEach(x => this.addSources(x, share))
      case 'UnaryOp': return this.addSources(expr.operand, share)
      case 'Attribute': return WHOLE.has(expr.attr) ? this.addSources(expr.value, share) : undefined
      case 'Subscript': return this.addSources(expr.value, share / (this.partTaken(expr) || 1))
      case 'List':
      case 'Tuple': return expr.elts.forEach(x => this.addSources(x, share / expr.elts.length))
      case 'Call': {
        const like = this.likeOf(expr)
        return like?.sources.forEach(x => this.addSources(x, like.size.largest ? share : share / like.sources.length / (like.size.times ?? 1)))
      }
      default:
    }
  }

  private addSource(binding: Binding, share: number): void {
    if (this.shares.has(binding) || binding.path.length > 0) return
    this.shares.set(binding, share)
    if (binding.value && ASSIGNED.has(binding.kind)) this.addSources(binding.value, share)
  }
}

/** The function that gives an object, as it is written, where its name says of what kind that is: a reader, or one that no library has (`zeros` makes what it is told to). */
export function makerOf(binding: Binding, e: Evaluator): string | null {
  const { value } = binding
  if (value?.kind !== 'Call') return null
  return e.ofBinding(binding).size.origin === 'outside' || resolveCallee(value, e).kind !== 'model' ? dottedPath(value.func) : null
}

type LikeModel = Extract<SizeModel, { readonly like: unknown }>

const ASSIGNED: ReadonlySet<string> = new Set(['assignment', 'annotated', 'walrus'])

/** Attributes that are all of it, in another form. */
const WHOLE: ReadonlySet<string> = new Set(['T', 'values', 'array', 'real', 'flat', 'data'])

/** A table has several. */
const COLUMN = 0.25

/** Bytes. */
const SMALL = 1 << 20

function least(shares: readonly number[]): number {
  return shares.length === 0 ? 0 : Math.min(...shares)
}

function sum(shares: readonly number[]): number {
  return shares.reduce((a, b) => a + b, 0)
}
