/** Edits that bound a cache, or keep the value in the object it belongs to. */
import type { Expr, FunctionDef, ImportFrom, Suite } from '../syntax/ast.ts'
import { someNode } from '../syntax/ancestors.ts'
import { isNone } from '../syntax/expressions.ts'
import type { Source } from '../syntax/source.ts'
import type { FunctionPlace } from '../semantic/functions.ts'
import type { Edit, Fix } from '../rules/finding.ts'
import { insertion, replacement } from './edits.ts'

export interface CachedFunction {
  readonly place: FunctionPlace
  readonly decorator: Expr
  readonly form: 'cache' | 'none'
  /** Bytes of each value, at least; null: not known. */
  readonly each: number | null
  /** Each value is a frame, an array, a model. */
  readonly isBulk: boolean
}

/** What `lru_cache` takes by default. */
const MOST_RESULTS = 128
/** Of which each is large by what it is: more would be no bound. */
const MOST_BULKY = 4
/** For all results together, where their size is known: a bound that is never reached frees nothing. */
const MOST_BYTES = 1 << 28

/** A bounded cache computes again what it evicted: the same where the function gives the same for the same arguments, which nobody proves. */
export function boundFixes(cached: CachedFunction, body: Suite, source: Source): readonly Fix[] {
  return [asProperty(cached, body, source), bounded(cached, body)].filter(fix => fix !== null)
}

/** What gives nothing is cached to be done once. */
function givesSomething(def: FunctionDef): boolean {
  return def.body.some(stmt => someNode(stmt, n => (n.kind === 'Return' && n.value !== null && !isNone(n.value)) || n.kind === 'Yield' || n.kind === 'YieldFrom'))
}

function bounded({ place, decorator, form, each, isBulk }: CachedFunction, body: Suite): Fix | null {
  const size = boundOf(each, isBulk)
  const edits = form === 'none' ? withSize(decorator, size) : replaced(decorator, 'lru_cache', `(maxsize=${size})`, body)
  const results = size === 1 ? 'last result' : `last ${size} results`
  return edits && {
    title: givesSomething(place.def) ? `Keep the ${results} only (\`maxsize=${size}\`): those that went are computed again`
      : `Note the last ${size} calls only (\`maxsize=${size}\`): what was to be done once is done again after those`,
    kind: 'bound', safety: 'unsafe', edits,
  }
}

/** A power of two. */
function boundOf(each: number | null, isBulk: boolean): number {
  let size = each === null && isBulk ? MOST_BULKY : MOST_RESULTS
  while (each !== null && size > 1 && size * each > MOST_BYTES) size /= 2
  return size
}

function withSize(decorator: Expr, size: number): readonly Edit[] | null {
  const none = decorator.kind === 'Call' ? decorator.args.find(a => isNone(a.value))?.value : undefined
  return none ? [replacement(none, String(size))] : null
}

/** A method without arguments under `property`: its value lives and dies with the object. */
function asProperty({ place, decorator }: CachedFunction, body: Suite, source: Source): Fix | null {
  const { decorators, params } = place.def.header
  const [property, cache] = decorators
  if (place.ownClass === null || params.length !== 1 || decorators.length !== 2 || cache !== decorator || property?.kind !== 'Name' || property.id !== 'property') return null
  const edits = replaced(decorator.kind === 'Call' ? decorator.func : decorator, 'cached_property', '', body, decorator)
  if (edits === null) return null
  // From the name of one decorator to the `@` of the next.
  const between = source.text.slice(source.offsetOf(property.start), source.offsetOf(decorator.start))
  if (!/^property[ \t]*(\r\n|\n|\r)[ \t]*@[ \t]*$/.test(between)) return null
  return {
    title: 'Make it a `cached_property`: then the value lives in the object, and can be assigned to',
    kind: 'bound', safety: 'unsafe', edits: [replacement({ start: property.start, end: decorator.start }, ''), ...edits],
  }
}

/** The decorator by another name of `functools`; null where no import shows how to get it. */
function replaced(name: Expr, by: string, suffix: string, body: Suite, whole: Expr = name): readonly Edit[] | null {
  if (name.kind === 'Attribute') return [replacement({ start: name.value.end, end: whole.end }, `.${by}${suffix}`)]
  if (name.kind !== 'Name') return null
  const imported = body.find((stmt): stmt is ImportFrom => stmt.kind === 'ImportFrom' && stmt.level === 0 && stmt.module === 'functools' && stmt.names.some(a => a.bound.id === name.id))
  if (!imported) return null
  const known = imported.names.find(a => a.name === by)
  const alias = imported.names.find(a => a.bound.id === name.id)!
  const text = replacement(whole, `${known?.bound.id ?? by}${suffix}`)
  return known ? [text] : [insertion(alias.end, `, ${by}`), text]
}
