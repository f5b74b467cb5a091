/** What decorators are called, and those of the standard library and of caches that change how a function is called or what a call gives. Others are taken to change neither. */
import type { Expr, FunctionDef } from '../syntax/ast.ts'
import type { FrameContext } from './context.ts'
import type { ModuleFacts } from './module-facts.ts'
import { isNamedCache } from './named-caches.ts'
import { deedOf, type DecoratorScope } from './replacements.ts'
import type { Summary } from './summary.ts'

/** Where names of decorators are looked up. */
export interface NameScope {
  readonly facts: ModuleFacts
  /** What a module of the workspace took over from a library is called there. */
  origin(dotted: string): string
}

export interface Decoration {
  readonly binding: Summary['binding']
  /** Of a generator: a context manager is made of it. */
  readonly manages: boolean
  /** Results stay in a cache, and the arguments that led to them do so, too, or (`results`) perhaps. */
  readonly caches: 'all' | 'results' | null
}

export function decorationOf({ header }: FunctionDef, context: FrameContext): Decoration {
  const scope = decoratorScope(context)
  const names = header.decorators.map(d => makerName(d, scope))
  const has = (...wanted: string[]): boolean => names.some(n => n !== null && wanted.includes(n))
  const isCachedProperty = names.some(n => n !== null && /(^|\.)cached_property$/.test(n))
  return {
    binding: has('staticmethod') ? 'static' : has('classmethod') ? 'class' : has('property') ? 'property' : isCachedProperty ? 'cached-property' : null,
    manages: has('contextlib.contextmanager', 'contextlib.asynccontextmanager'),
    caches: has('functools.lru_cache', 'functools.cache') ? 'all' : !isCachedProperty && header.decorators.some(d => keepsResults(d, scope)) ? 'results' : null,
  }
}

/** Its name decides, unless it is seen what the decorator does. */
function keepsResults(decorator: Expr, scope: DecoratorScope): boolean {
  return isNamedCache(decorator) && deedOf(decorator, makerName(decorator, scope), scope)?.stores !== false
}

/** As decorators of the frame are looked up. */
export function decoratorScope({ facts, ownClass, elsewhere }: FrameContext): DecoratorScope {
  return { facts, ownClass, elsewhere: elsewhere.decoratorOf, origin: elsewhere.origin }
}

/** By the names of the module, in which decorators of functions and methods are looked up; that of the function that makes it, where it is called. */
export function decoratorName(decorator: Expr, facts: ModuleFacts): string | null {
  switch (decorator.kind) {
    case 'Call': return decoratorName(decorator.func, facts)
    case 'Name': {
      const fact = facts.get(decorator.id)
      return fact === undefined ? decorator.id : fact.kind === 'import' ? fact.dotted : null
    }
    case 'Attribute': {
      const base = decoratorName(decorator.value, facts)
      return base === null ? null : `${base}.${decorator.attr}`
    }
    default: return null
  }
}

/**
 * What the decorator comes down to in a library: behind `functools.partial`, names that the module gives it (`fast = numba.njit(cache=True)`) and modules
 * that only hand it on. Of several things that it may be, the one that is imported.
 */
export function makerName(decorator: Expr, scope: NameScope, steps = MOST_STEPS): string | null {
  switch (decorator.kind) {
    case 'Call': {
      const name = makerName(decorator.func, scope, steps)
      const [first] = decorator.args
      return name === 'functools.partial' && first?.form === 'positional' ? makerName(first.value, scope, steps) : name
    }
    case 'Name': {
      const fact = scope.facts.get(decorator.id)
      switch (fact?.kind) {
        case undefined: return decorator.id
        case 'import': return scope.origin(fact.dotted)
        case 'ambiguous': return fact.imported === null ? null : scope.origin(fact.imported)
        case 'assignment': return steps > 0 ? makerName(fact.value, scope, steps - 1) : null
        default: return null
      }
    }
    case 'Attribute': {
      const base = makerName(decorator.value, scope, steps)
      return base === null ? null : `${base}.${decorator.attr}`
    }
    case 'IfExp': return makerName(decorator.body, scope, steps) ?? makerName(decorator.orelse, scope, steps)
    default: return null
  }
}

/** Names of names that are followed. */
const MOST_STEPS = 4
