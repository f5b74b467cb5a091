/** The scopes of one file. */
import type { Suite } from '../syntax/ast.ts'
import type { TargetVersion } from '../text/target-version.ts'
import { moduleState, updatedState, type ModuleState } from './module.ts'
import type { Resolver } from './resolve.ts'
import type { ScopeTree } from './scope.ts'
import { traitsFor, type Traits } from './traits.ts'

const resolvers = new WeakMap<Traits, Resolver>()
const states = new WeakMap<ScopeTree, ModuleState>()

/**
 * Resolves every name of a file as CPython's symbol table does on the `target` version.
 *
 * Statements that are the same objects as in an earlier call are not walked again. `previous`, the tree of the version before, saves
 * merging them again too: then an edit costs what it changes, and `module.symbols` and `globalsUsedInside` are the same objects as
 * before where they have the same content.
 */
export function resolveScopes(body: Suite, target: TargetVersion = '3.14', previous: ScopeTree | null = null): ScopeTree {
  const resolver = resolverFor(traitsFor(target, body))
  const base = previous === null ? undefined : states.get(previous)
  const state = base?.resolver === resolver ? updatedState(base, body) : moduleState(resolver, body)
  const tree: ScopeTree = {
    module: state.module,
    globalsUsedInside: state.globalsUsedInside,
    scopeOf: (node) => {
      const scope = resolver.opened.get(node)
      if (scope === undefined) throw new Error(`no scope known for this ${node.kind}`)
      return scope
    },
  }
  states.set(tree, state)
  return tree
}

function resolverFor(traits: Traits): Resolver {
  let resolver = resolvers.get(traits)
  if (resolver === undefined) resolvers.set(traits, (resolver = { traits, opened: new WeakMap() }))
  return resolver
}
