/** The locals of a frame that an exception keeps which is stored in it. */
import type { Expr, Try } from '../../syntax/ast.ts'
import { contains } from '../../syntax/ancestors.ts'
import type { Binding, Point } from '../../flow/graph.ts'
import { isSmall, OUTER, type Value } from '../../values/value.ts'
import { bindsObject } from '../captured.ts'
import { isMeantToLive } from '../meant-to-live.ts'
import type { FrameFacts } from '../rule.ts'
import { namesOf, READING_FAILED } from './handlers.ts'

/** Where the exception gets a second holder. */
export interface Storing {
  readonly expr: Expr
  readonly how: string
  /** It is held by a local of this very frame: a cycle (fact 76). */
  readonly isCycle: boolean
  /** To a caller, who may be done with it at once. */
  readonly isReturned: boolean
  /** That local, where it is a name for the exception. */
  readonly local: Binding | null
}

/** A big local that the frame still has when it ends. */
export interface Kept {
  readonly binding: Binding
  readonly value: Value
}

/** Big objects that are bound where the exception is stored, stay bound, and would else be freed with the frame. */
export function bigLocals(at: Point, storing: Storing, facts: FrameFacts): readonly Kept[] {
  const { analysis, options } = facts
  const { flow, values, objects } = analysis
  const { graph } = flow
  return graph.bindings.flatMap(binding => {
    const { variable } = binding
    // The name that gets the exception has nothing else from then on.
    if (variable.scope !== graph.scope || variable.storage === 'outer' || variable === storing.local?.variable || !bindsObject(binding)) return []
    const value = values.ofBinding(binding)
    if (isSmall(value, options.minimumSize) || (value.size.origin !== 'known' && value.size.origin !== 'outside') || value.isView) return []
    if (!value.links.some(l => l.how === 'is' && l.site !== OUTER && !l.taken) || isMeantToLive(binding, values)) return []
    if (!endsBound(binding, facts) || !flow.reachingAt(at, variable).includes(binding) || objects.holdersOf(binding).some(h => h.kind === 'outer' && h.certain)) return []
    return isUnread({ binding, value }, storing.expr, facts) ? [] : [{ binding, value }]
  })
}

/** It could not be read, which is why the handler runs that the place is in: its name was not bound to it. */
function isUnread({ binding, value }: Kept, place: Expr, { analysis }: FrameFacts): boolean {
  const isOfAttempt = ({ body, handlers }: Try): boolean => body.some(stmt => contains(stmt, binding.name))
    && handlers.some(({ type, body: inner }) => type !== null && namesOf(type).every(n => READING_FAILED.has(n)) && inner.some(stmt => contains(stmt, place)))
  return value.size.origin === 'outside' && analysis.flow.graph.suites.some(({ owner }) => owner?.kind === 'Try' && isOfAttempt(owner))
}

/** The name still has this object where the frame returns, or where a `raise` leaves it. What another exception carries along is its own affair. */
export function endsBound(binding: Binding, { analysis }: FrameFacts): boolean {
  const { graph } = analysis.flow
  const isLeft = (block: number, index: number) => analysis.flow.reachingAt({ block, index }, binding.variable).includes(binding)
  return isLeft(graph.exit, 0) || graph.blocks.some(b => b.reachable && b.handlers.every(h => h === graph.raised) && b.events.some((event, i) => event.kind === 'raise' && isLeft(b.id, i)))
}
