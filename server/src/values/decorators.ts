/** Decorators of the standard library that change how a function is called or what a call gives. Those that nobody knows are taken to change neither. */
import type { Expr, FunctionDef } from '../syntax/ast.ts'
import type { FrameContext } from './context.ts'
import type { ModuleFacts } from './module-facts.ts'
import type { Summary } from './summary.ts'

export interface Decoration {
  readonly binding: Summary['binding']
  /** Of a generator: a context manager is made of it. */
  readonly manages: boolean
  /** Results, and the arguments that led to them, stay in a cache. */
  readonly caches: boolean
}

export function decorationOf({ header }: FunctionDef, context: FrameContext): Decoration {
  const names = header.decorators.map(d => decoratorName(d, context.facts))
  const has = (...wanted: string[]): boolean => names.some(n => n !== null && wanted.includes(n))
  return {
    binding: has('staticmethod') ? 'static' : has('classmethod') ? 'class' : has('property', 'functools.cached_property') ? (has('property') ? 'property' : 'cached-property') : null,
    manages: has('contextlib.contextmanager', 'contextlib.asynccontextmanager'),
    caches: has('functools.lru_cache', 'functools.cache'),
  }
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
