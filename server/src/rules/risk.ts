/** What the reader of a fix that ends an object earlier has to make sure of. */
import type { Value } from '../values/value.ts'
import { isLookedForLater } from './frame-looks.ts'
import type { HeldObject } from './held.ts'
import { isNothingButData } from './likely-data.ts'
import type { FrameFacts } from './rule.ts'

/** Null: the program does the same afterwards. */
export function riskOfEnding(object: HeldObject, { scope, options, analysis }: FrameFacts): string | null {
  const { name } = object.variable
  if (isLookedForLater(object.variable, object.places, analysis)) return `unless a text that is evaluated in a later round reads ${name}`
  if (isUnknown(object.value) && !isNothingButData(object, analysis)) return `unless something ends with what ${name} names, as a window, a lock or a connection does`
  return scope === '<module>' && options.session === 'process' ? `unless other modules import ${name}` : null
}

/** Of data it is known that nothing happens when it goes; what nobody knows anything of may be no data. */
function isUnknown({ type, size }: Value): boolean {
  return type === null && size.origin === 'unknown'
}
