/** What is there already, or is looked for in a container, before something is added to it. */
import type { Expr } from '../../syntax/ast.ts'
import type { Use } from '../../semantic/uses/use.ts'
import { nodesOf, walk } from './walk.ts'

/** What is there already decides whether it is added. */
export function isAskedFirst(use: Use): boolean {
  return use.around.some(s => s.kind === 'If' && mentionsContainer(s.test, use.name)) || isLookedFor(use)
}

/** It is looked for before another is made: the one connection to each server, the one object for each device. */
export function isRegistered(use: Use): boolean {
  const { place, act, name } = use
  const def = place.functions.at(-1)
  const isFoundBefore = def !== undefined && nodesOf(def).some(n => n.kind === 'If' && n.end <= act.start && mentionsContainer(n.test, name) && n.body.at(-1)?.kind === 'Return')
  return isFoundBefore || isAskedFirst(use)
}

/** `for known, value in table: if known == key: return value`, and what is not found is added. */
function isLookedFor({ place, act, name }: Use): boolean {
  const def = place.functions.at(-1)
  return def !== undefined && nodesOf(def).some(n => n.kind === 'For' && n.end <= act.start && mentionsContainer(n.iter, name)
    && n.body.some(s => s.kind === 'If' && s.body.at(-1)?.kind === 'Return'))
}

export function mentionsContainer(test: Expr, name: string): boolean {
  let found = false
  walk(test, n => { found ||= (n.kind === 'Name' && n.id === name) || (n.kind === 'Attribute' && n.attr === name) })
  return found
}
