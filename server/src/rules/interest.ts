/** Which frames the rules have to look at: told by the scope alone, before anything is worked out for the frame. */
import type { Scope } from '../semantic/scope.ts'

/** The frame has locals of its own besides parameters and imports, or makes lists. The rules on frames have nothing to say of others. */
export function isOfInterest(scope: Scope): boolean {
  return hasLocals(scope) || scope.children.some(child => child.kind === 'comprehension')
}

/** The frame has locals of its own besides parameters and imports. */
export function hasLocals(scope: Scope): boolean {
  for (const symbol of scope.symbols.values()) {
    if (symbol.assigned && (symbol.scope === 'local' || symbol.scope === 'cell')) return true
  }
  return false
}
