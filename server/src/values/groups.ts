/** What is computed from groups of rows has a row for each group, and so has what is computed from that alone. */
import type { Call, Expr } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import { assumed } from './assumed.ts'
import { resolveCallee } from './calls.ts'
import type { Evaluator } from './evaluate.ts'
import { kindOf } from './parts.ts'

/** A frame, and surely so: what is not told may have a row for each of those that it comes from. */
export function isOfGroups(binding: Binding, e: Evaluator): boolean {
  return kindOf(e.ofBinding(binding).type, e.context) === 'frame' && new Search(e).binding(binding)
}

/** The same of an expression. */
export function isOfGroupsResult(expr: Expr, e: Evaluator): boolean {
  return new Search(e).expr(expr)
}

class Search {
  private readonly e: Evaluator
  readonly binding = assumed(({ value, path, kind }: Binding): boolean => kind !== 'for' && path.length === 0 && value !== null && this.expr(value))

  constructor(e: Evaluator) {
    this.e = e
  }

  expr(expr: Expr): boolean {
    const { model } = this.e.ofExpr(expr)
    if (model !== null && REDUCTIONS.test(model)) return true
    switch (expr.kind) {
      case 'Name': {
        const bindings = this.e.context.flow.reaching(expr)
        return bindings.length > 0 && bindings.every(b => this.binding(b))
      }
      case 'Call': return this.isGiven(expr) || (expr.func.kind === 'Attribute' && SAME_ROWS.has(expr.func.attr) && this.expr(expr.func.value))
      case 'Subscript':
      case 'Attribute': return this.expr(expr.value)
      default: return false
    }
  }

  /** By a function of the workspace. */
  private isGiven(call: Call): boolean {
    const callee = resolveCallee(call, this.e)
    return callee.kind === 'function' && callee.summary?.grouped === true
  }
}

const REDUCTIONS = /^pandas\.core\.groupby\.\w+\.(agg|aggregate|sum|mean|median|std|var|min|max|count|size|first|last|nunique|nth|prod|quantile|describe)$/

/** Methods whose result has the rows of their object, or fewer. */
const SAME_ROWS: ReadonlySet<string> = new Set([
  'reset_index', 'sort_values', 'sort_index', 'rename', 'rename_axis', 'set_index', 'round', 'astype', 'copy', 'fillna', 'dropna', 'head', 'tail', 'add_prefix', 'add_suffix', 'assign', 'drop', 'to_frame', 'unstack', 'rank', 'div', 'mul', 'query', 'filter', 'nlargest', 'nsmallest',
])
