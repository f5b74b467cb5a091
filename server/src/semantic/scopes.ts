/** The scopes of one file. */
import type { Suite } from '../syntax/ast.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { addFlags, addPart, GLOBAL, newBlock } from './block.ts'
import { bodyFragment } from './fragments.ts'
import { resolveModule, type Resolver } from './resolve.ts'
import type { ScopeTree } from './scope.ts'
import { traitsFor, type Traits } from './traits.ts'

const resolvers = new WeakMap<Traits, Resolver>()

/**
 * Resolves every name of a file as CPython's symbol table does on the `target` version. Statements that are the same objects as in an
 * earlier call are not walked again.
 */
export function resolveScopes(body: Suite, target: TargetVersion = '3.14'): ScopeTree {
  const traits = traitsFor(target, body)
  const resolver: Resolver = resolvers.get(traits) ?? { traits, opened: new WeakMap() }
  resolvers.set(traits, resolver)
  const block = newBlock({ kind: 'module', name: 'top', node: null, position: 0, mangler: null })
  for (const stmt of body) {
    const fragment = bodyFragment(stmt, 'module', null, traits)
    addPart(block, fragment.block)
    for (const name of fragment.globals) addFlags(block, name, GLOBAL)
  }
  const globalsUsedInside = resolveModule(resolver, block)
  return {
    module: block,
    globalsUsedInside,
    scopeOf: (node) => {
      const found = resolver.opened.get(node)
      if (found === undefined) throw new Error(`no scope for a ${node.kind} of another file`)
      return found
    },
  }
}
