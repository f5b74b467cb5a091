/** Names for what fixes define. */
import { isMentioned } from '../semantic/scope.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import type { Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { perObject } from '../text/on-demand.ts'

const moduleScopeOf = perObject((body: Suite) => resolveScopes(body).module)

/** The name, or the first with a number after it that no scope of the file has: bound there, or read from somewhere around it. */
export function freeName(wanted: string, { body }: Source): string {
  const scope = moduleScopeOf(body)
  let name = wanted
  for (let n = 2; isMentioned(name, scope); n++) name = `${wanted}_${n}`
  return name
}
