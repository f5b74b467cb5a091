/** Arrays and tables that are seldom small ones, wherever they came from: told by how they are made or what is done with them. */
import type { Call, Expr, Name } from '../syntax/ast.ts'
import { lastName } from '../syntax/expressions.ts'
import { fromEvents } from '../flow/events.ts'
import type { Binding } from '../flow/graph.ts'
import { perObject } from '../text/on-demand.ts'
import { passedFor } from './arguments.ts'
import type { FrameContext } from './context.ts'
import { dimensionsGiven, dimensionsOf } from './dimensions.ts'
import type { Evaluator } from './evaluate.ts'
import { dottedName } from './names.ts'

/**
 * In points of evidence. 1: three dimensions or more (stacks of images, a table per row); a model learns from it; or its parts were joined to one, so that
 * all is there twice. 2: made with four dimensions or more (batches of images, volumes of vectors).
 */
export function bulkOf(binding: Binding, e: Evaluator): number {
  if (dimensionsGiven(binding, e) >= 4) return 2
  return dimensionsOf(binding, e) >= 3 || isTakenAsBulk(binding, e) ? 1 : 0
}

function isTakenAsBulk(binding: Binding, { context }: Evaluator): boolean {
  return placesTaken(context).some(place => place.id === binding.variable.name && context.flow.reaching(place).includes(binding))
}

/** The names that stand for a model's samples, or for the parts of one: in `model.fit(x, y)` and `lightgbm.Dataset(x, label=y)` that is `x`. The labels are one number for each. */
const placesTaken: (context: FrameContext) => readonly Name[] = perObject(context =>
  fromEvents(context.flow.graph, event => (event.kind === 'call' && takesBulk(event.node, context) ? samplesOf(event.node) : [])).filter(expr => expr.kind === 'Name'))

function takesBulk(call: Call, context: FrameContext): boolean {
  const name = lastName(call.func) ?? ''
  return (call.func.kind === 'Attribute' && LEARNING.has(name)) || JOINS.has(name) || (TABLES.has(name) && TABLE_MAKERS.test(dottedName(call.func, context) ?? ''))
}

function samplesOf(call: Call): readonly Expr[] {
  const [first] = ['X', 'x', 'data'].flatMap(name => passedFor(call, [], name))
  return first ? [first] : passedFor(call, [], 0)
}

const LEARNING: ReadonlySet<string> = new Set(['fit', 'fit_transform', 'fit_predict', 'partial_fit', 'predict', 'predict_proba'])
const JOINS: ReadonlySet<string> = new Set(['concatenate', 'concat', 'cat', 'stack', 'vstack', 'hstack', 'dstack', 'column_stack'])
const TABLES: ReadonlySet<string> = new Set(['Dataset', 'DMatrix', 'QuantileDMatrix', 'Pool'])
const TABLE_MAKERS = /^(lightgbm|xgboost|catboost)\./
