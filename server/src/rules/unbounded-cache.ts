/** A cache without bound on a method keeps every object it was called on; on a function, every big value. Page: unbounded-cache.md. */
import type { Source } from '../syntax/source.ts'
import { boundFixes } from '../fixes/cache.ts'
import { isBulk } from '../values/parts.ts'
import type { Size } from '../values/value.ts'
import { cachesIn, clearedCaches, type Cache } from './caches.ts'
import type { Confidence, Finding } from './finding.ts'
import type { Draft, ModuleRule, ModuleView } from './rule.ts'
import { estimateOf, excerpt, sizeText } from './wording.ts'

export const unboundedCache: ModuleRule = {
  name: 'unbounded-cache',
  summary: 'a cache without bound on a method keeps every `self`, or on a function every big value',
  checkModule: view => {
    const caches = cachesIn(view)
    if (caches.length === 0) return []
    const cleared = clearedCaches(view)
    return caches.flatMap(cache => (cleared.has(cache.place.def.header.name.id) ? [] : draftsOf(cache, view)))
  },
}

interface Holding {
  readonly confidence: Confidence
  readonly size: Size | null
  /** A value that is made for bulk data, whatever its size. */
  readonly isBulk: boolean
  /** What is wrong, given the decorator's text. */
  readonly what: (decorator: string) => string
}

function draftsOf(cache: Cache, view: ModuleView): readonly Draft[] {
  const holding = cache.place.ownClass === null ? ofFunction(cache, view) : ofMethod(cache)
  return holding === null ? [] : [source => finding(cache, holding, source)]
}

function ofMethod({ place, owner }: Cache): Holding | null {
  const cls = place.ownClass!.name.id
  if (owner === 'everlasting' || owner === 'none') return null
  const confidence = owner === 'single' || isTest(place.name) ? 'possible' : 'likely'
  return { confidence, size: null, isBulk: false, what: decorator => `${decorator} on a method keeps every \`${cls}\` it was called on, with all that holds, until the process ends` }
}

/** Values that are known to be big, or decided outside, one for every argument that comes along. */
function ofFunction({ place, hasOpenKeys }: Cache, view: ModuleView): Holding | null {
  if (!hasOpenKeys) return null
  const { context } = view.frames.of(place.def, null).values
  const summary = context.summaries.ofFunction(place.def, null)
  if (summary === null || summary.lazy !== null) return null
  const { size } = summary.returns
  const isBig = size.origin === 'outside' || (size.origin === 'known' && size.low >= view.options.minimumSize)
  const mayBe = size.origin === 'derived' || (size.origin === 'unknown' && view.options.assumeLarge)
  if (!isBig && !mayBe) return null
  const confidence = isBig && !isTest(place.name) ? 'likely' : 'possible'
  return { confidence, size, isBulk: isBulk(summary.returns, context), what: decorator => `${decorator} keeps what \`${place.name}\` returns for every argument it was ever called with, until the process ends` }
}

function finding({ place, decorator, form }: Cache, holding: Holding, source: Source): Finding {
  const { name } = place.def.header
  const size = holding.size ? ` (each ${sizeText(holding.size)})` : ''
  return {
    rule: 'unbounded-cache', severity: holding.confidence === 'possible' ? 'hint' : 'information', confidence: holding.confidence,
    message: `${holding.what(excerpt(decorator, source))}${size}. Give it a \`maxsize\`${place.ownClass === null ? '' : ', or keep the value in the object itself'}.`,
    name: name.id, names: [name.id], scope: place.name, span: decorator, binding: name, lastUse: null,
    size: holding.size ? estimateOf(holding.size) : { low: 0, high: null, basis: 'one entry for every call with other arguments' },
    drag: [], heldUntil: 'process exit', notes: [], fixes: boundFixes({ place, decorator, form, each: holding.size?.origin === 'known' ? holding.size.low : null, isBulk: holding.isBulk }, source.body, source),
  }
}

function isTest(scope: string): boolean {
  return scope.split('.').some(part => /^test(_|[A-Z]|$)/i.test(part))
}

