/** Names for what fixes define. */
import { isMentioned } from '../semantic/scope.ts'
import { resolveScopes } from '../semantic/scopes.ts'
import type { Node, Suite } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { plainNames } from '../syntax/expressions.ts'
import { forEachChild } from '../syntax/walk.ts'
import { perObject } from '../text/on-demand.ts'

const moduleScopeOf = perObject((body: Suite) => resolveScopes(body).module)

/** The name, or the first with a number after it that no scope of the file has: bound there, or read from somewhere around it. */
export function freeName(wanted: string, { body }: Source): string {
  const scope = moduleScopeOf(body)
  let name = wanted
  for (let n = 2; isMentioned(name, scope); n++) name = `${wanted}_${n}`
  return name
}

/** The module lets go of functions of its own when it has run: what names it has then is meant, and one more would be seen. */
export function keepsNamesOut({ body }: Source): boolean {
  return keepsOut(body)
}

const keepsOut = perObject((body: Suite): boolean => {
  const defined = new Set<string>()
  const deleted: string[] = []
  const visit = (node: Node): void => {
    if (node.kind === 'FunctionDef') defined.add(node.header.name.id)
    else if (node.kind === 'Delete') deleted.push(...node.targets.flatMap(plainNames))
    if (node.kind !== 'FunctionDef' && node.kind !== 'ClassDef' && node.kind !== 'Lambda') forEachChild(node, visit)
  }
  body.forEach(visit)
  return deleted.some(name => defined.has(name))
})

