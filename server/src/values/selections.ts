/**
 * What each round of a loop takes of an object that lives through all of it: the rows of a key, a group, a window, an item. One of many such parts, and what is
 * computed from one, is little beside the whole, which is there anyway.
 */
import type { Call, Expr, For, While } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding, Path } from '../flow/graph.ts'
import { assumed } from './assumed.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { isBulk, kindOf, receiverValue } from './parts.ts'
import { isOfRound } from './round-peak.ts'

/** Surely so. Not of what a reader gives piece by piece, nor of a choice by numbers drawn or computed, which may be as large as the whole. */
export function isPartOfLiving(binding: Binding, loop: For | While, e: Evaluator): boolean {
  return new Parts(loop, e).binding(binding)
}

class Parts {
  private readonly loop: For | While
  private readonly e: Evaluator
  readonly binding = assumed(binding => this.looked(binding))

  constructor(loop: For | While, e: Evaluator) {
    this.loop = loop
    this.e = e
  }

  private looked(binding: Binding): boolean {
    const { kind, value, path: [step, ...deeper] } = binding
    if (value === null || !isOfRound(binding, this.loop)) return false
    if (kind === 'for') return this.isGrouping(value) || this.isOfMany(value, step)
    if (step === undefined) return this.expr(value)
    const item = value.kind === 'Tuple' && typeof step === 'number' && deeper.length === 0 ? value.elts.at(step) : undefined
    return item !== undefined && this.expr(item)
  }

  private expr(expr: Expr): boolean {
    switch (expr.kind) {
      case 'Name': return this.all(expr)
      case 'Attribute': return (WHOLE.has(expr.attr) || INDEXERS.has(expr.attr)) && this.expr(expr.value)
      case 'UnaryOp': return this.expr(expr.operand)
      case 'BinOp': return [expr.left, expr.right].some(x => this.expr(x)) && [expr.left, expr.right].every(x => this.expr(x) || !isBulk(this.e.ofExpr(x), this.e.context))
      case 'Subscript': return this.expr(expr.value) || (this.isLiving(expr.value) && this.picksOne(expr.slice))
      case 'Call': return this.call(expr)
      default: return false
    }
  }

  private all(name: Extract<Expr, { kind: 'Name' }>): boolean {
    const bindings = this.e.context.flow.reaching(name)
    return bindings.length > 0 && bindings.every(b => this.binding(b))
  }

  /** As large as its object or argument, or less; `groups.get_group(key)`. */
  private call(call: Call): boolean {
    const { func } = call
    if (func.kind === 'Attribute' && func.attr === 'get_group') return true
    const callee = resolveCallee(call, this.e)
    const size = callee.kind === 'model' ? callee.model.size : undefined
    if (typeof size !== 'object' || !('like' in size)) return false
    const [first] = call.args
    return size.like.includes('self') ? func.kind === 'Attribute' && this.expr(func.value) : first?.form === 'positional' && this.expr(first.value)
  }

  private isGrouping(iterable: Expr): boolean {
    return /GroupBy$/.test(this.e.ofExpr(iterable).type ?? '')
  }

  /** The loop walks something that lives on, `enumerate` and `zip` between. */
  private isOfMany(iterable: Expr, step: Path[number] | undefined): boolean {
    if (iterable.kind !== 'Call') return this.isLiving(iterable) && (this.e.ofExpr(iterable).count?.high ?? Infinity) > FEW
    const name = lastName(iterable.func)
    const walked = name === 'enumerate' && step === 1 ? iterable.args[0] : name === 'zip' && typeof step === 'number' ? iterable.args[step] : undefined
    return walked?.form === 'positional' && walked.value.kind !== 'Call' && this.isOfMany(walked.value, undefined)
  }

  /** In memory, and there before the loop. What answers to `.loc` is a table. */
  private isLiving(expr: Expr): boolean {
    const isIndexer = expr.kind === 'Attribute' && INDEXERS.has(expr.attr)
    const whole = isIndexer ? expr.value : expr
    const { type, model } = isIndexer ? receiverValue(expr, this.e) : this.e.ofExpr(whole)
    if (!(IN_MEMORY.has(kindOf(type, this.e.context)) || (isIndexer && type === null)) || /memmap|mmap/.test(`${type} ${model}`)) return false
    return whole.kind === 'Name' ? this.e.context.flow.reaching(whole).every(b => !isOfRound(b, this.loop)) : whole.kind === 'Attribute' && whole.value.kind === 'Name'
  }

  /** By something that this round has: the rows of one key, `[start:end]`. */
  private picksOne(index: Expr): boolean {
    switch (index.kind) {
      case 'Tuple': return index.elts.some(x => this.picksOne(x))
      case 'Slice': return index.lower !== null && index.upper !== null && this.isOfThisRound(index)
      case 'Compare': return index.ops.every(op => op === '==') && this.isOfThisRound(index)
      case 'BinOp': return index.op === '&' && this.isWindow([index.left, index.right])
      case 'Call': return (CHOOSING.has(lastName(index.func) ?? '') && this.isOfThisRound(index)) || (lastName(index.func) === 'logical_and' && this.isWindow(index.args.map(a => a.value)))
      case 'Name': return this.e.context.flow.reaching(index).every(b => b.node === this.loop || (isOfRound(b, this.loop) && b.value !== null && b.kind === 'assignment' && b.path.length === 0 && b.value.kind !== 'Name' && this.picksOne(b.value)))
      default: return false
    }
  }

  /** Both of two conditions: one is enough, or they are bounds that this round has. */
  private isWindow(conditions: readonly Expr[]): boolean {
    return conditions.some(c => this.picksOne(c)) || (conditions.length === 2 && conditions.every(c => c.kind === 'Compare' && this.isOfThisRound(c)))
  }

  private isOfThisRound(expr: Expr): boolean {
    return someNode(expr, node => node.kind === 'Name' && this.e.context.flow.reaching(node).some(b => isOfRound(b, this.loop)))
  }
}

/** Of so few each is much. */
const FEW = 4

const INDEXERS: ReadonlySet<string> = new Set(['loc', 'iloc'])
const WHOLE: ReadonlySet<string> = new Set(['T', 'values', 'array'])
const CHOOSING: ReadonlySet<string> = new Set(['isin', 'eq'])
const IN_MEMORY: ReadonlySet<string | null> = new Set(['array', 'frame', 'series', 'tensor', 'table', 'list'])
