/** The function of this file that a call runs: by its name, or a method of the caller's own class. */
import type { Call } from '../syntax/ast.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import type { ModuleView, Part } from './rule.ts'
import { definitionOf, isSelf } from '../values/names.ts'

export interface Callee extends FunctionPlace {
  /** Its first parameter is the object it is called on. */
  readonly isBound: boolean
}

/** `part`: that of the caller. Null for functions of other files, and those that a decorator may have put something in front of (fact 17). */
export function calleeIn({ func }: Call, { values }: FrameAnalysis, part: Part | null, { placeOf }: ModuleView): Callee | null {
  const { context } = values
  const isOwn = func.kind === 'Attribute' && isSelf(func.value, context)
  const definition = definitionOf(func, context)
  const place = definition?.kind === 'function' ? placeOf(definition.def)
    : isOwn ? part?.functions.find(f => f.ownClass === context.ownClass && f.def.header.name.id === func.attr)
    : undefined
  return place && place.def.header.decorators.length === 0 ? { ...place, isBound: isOwn } : null
}
