/** Arrays and tables that are seldom small ones, wherever they came from: told by how they are made or what is done with them. */
import type { Call, Expr, Name } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding } from '../flow/graph.ts'
import type { FlowAnalysis } from '../flow/analysis.ts'
import { passedFor } from './arguments.ts'
import { dimensionsOf } from './dimensions.ts'
import type { Evaluator } from './evaluate.ts'
import { dottedName } from './names.ts'

/** Three dimensions or more (stacks of images, a table per row); a model learns from it; or its parts were joined to one, so that all is there twice. */
export function isBulky(binding: Binding, e: Evaluator): boolean {
  return dimensionsOf(binding, e) >= 3 || isTakenAsBulk(binding, e)
}

function isTakenAsBulk(binding: Binding, { context }: Evaluator): boolean {
  const places = placesTaken(context.flow, call => dottedName(call.func, context))
  return places.some(place => place.id === binding.variable.name && context.flow.reaching(place).includes(binding))
}

const known = new WeakMap<FlowAnalysis, readonly Name[]>()

/** The names that stand for a model's samples, or for the parts of one: in `model.fit(x, y)` and `lightgbm.Dataset(x, label=y)` that is `x`. The labels are one number for each. */
function placesTaken(flow: FlowAnalysis, dotted: (call: Call) => string | null): readonly Name[] {
  let places = known.get(flow)
  if (!places) {
    const calls = flow.graph.blocks.flatMap(b => b.events.flatMap(event => (event.kind === 'call' && takesBulk(event.node, dotted) ? [event.node] : [])))
    known.set(flow, places = calls.flatMap(samplesOf).filter(expr => expr.kind === 'Name'))
  }
  return places
}

function takesBulk(call: Call, dotted: (call: Call) => string | null): boolean {
  const name = lastName(call.func) ?? ''
  return (call.func.kind === 'Attribute' && LEARNING.has(name)) || JOINS.has(name) || (TABLES.has(name) && TABLE_MAKERS.test(dotted(call) ?? ''))
}

function samplesOf(call: Call): readonly Expr[] {
  const [first] = ['X', 'x', 'data'].flatMap(name => passedFor(call, [], name))
  return first ? [first] : passedFor(call, [], 0)
}

const LEARNING: ReadonlySet<string> = new Set(['fit', 'fit_transform', 'fit_predict', 'partial_fit', 'predict', 'predict_proba'])
const JOINS: ReadonlySet<string> = new Set(['concatenate', 'concat', 'cat', 'stack', 'vstack', 'hstack', 'dstack', 'column_stack'])
const TABLES: ReadonlySet<string> = new Set(['Dataset', 'DMatrix', 'QuantileDMatrix', 'Pool'])
const TABLE_MAKERS = /^(lightgbm|xgboost|catboost)\./
