/** The last use of a name before the places where it can be let go. */
import type { Name } from '../syntax/ast.ts'
import { comesBefore, contains } from '../syntax/ancestors.ts'
import type { Variable } from '../flow/graph.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { FrameIndex } from './frame-index.ts'
import type { Place } from './places.ts'

/** The occurrence after which the name is dead: the last one in the statement before the last place, or in the header above it. */
export function lastUseBefore(variable: Variable, places: readonly Place[], { flow }: FrameAnalysis, index: FrameIndex): Name | null {
  const place = places.reduce((a, b) => (comesBefore(placeNode(a), placeNode(b), flow.graph.body) ? b : a))
  const names = index.names.get(variable) ?? []
  const before = place.suite.body[place.index - 1] ?? null
  const statement = before ?? place.suite.owner
  if (statement === null) return null
  const nested = before ? [] : index.suites.get(statement) ?? []
  const inside = names.filter(n => contains(statement, n) && !nested.some(suite => suite.body.some(s => contains(s, n))) && isUse(n, variable, flow))
  return inside.reduce<Name | null>((a, b) => (a === null || comesBefore(a, b, flow.graph.body) ? b : a), null)
}

/** The occurrence reads the variable. */
export function isUse(name: Name, variable: Variable, flow: FrameAnalysis['flow']): boolean {
  const point = flow.graph.pointOf(name)
  const event = point && flow.graph.blocks[point.block]?.events[point.index]
  return event?.kind === 'use' && event.variable === variable
}

/** The statement at a place, or before it. */
export function placeNode(place: Place): { readonly start: number } {
  return { start: (place.suite.body[place.index] ?? place.suite.body[place.index - 1]!).start }
}
