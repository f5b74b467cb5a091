/** Which arguments of a function stay kept after its call, and by what: the part of its summary that follows them from one container to the next. */
import type { Parameter } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { Keeping } from './mutations.ts'
import type { Summary } from './summary.ts'
import { OUTER, type Link, type Site, type Value } from './value.ts'

/** What takes in the argument, and what takes in that: `entry["image"] = image; self.entries.append(entry)`. */
export function keptParameters(keepings: readonly Keeping[]): Summary['kept'] {
  const keepers = keepersIn(keepings)
  const kept: { parameter: string; by: string | null; certain: boolean }[] = []
  for (const site of keepers.keys()) {
    const parameter = parameterOf(site)
    if (parameter === null) continue
    for (const [by, certain] of heldBy(site, keepers)) kept.push({ parameter, by: by === OUTER ? null : parameterOf(by), certain })
  }
  return kept
}

interface Keeper {
  readonly site: Site
  readonly certain: boolean
}

/** By the object that is kept. */
function keepersIn(keepings: readonly Keeping[]): ReadonlyMap<Site, readonly Keeper[]> {
  const found = new Map<Site, Keeper[]>()
  for (const { owner, kept, certain } of keepings) {
    for (const link of kept.links) {
      if (!isWhole(link)) continue
      const keepers = found.get(link.site) ?? []
      found.set(link.site, keepers)
      for (const { site, certain: isOwner } of owner.links) keepers.push({ site, certain: certain && isOwner && link.certain && isEvery(link, kept) })
    }
  }
  return found
}

/** The parameters, and what is older than the call, that the object is kept by at last. */
function heldBy(start: Site, keepers: ReadonlyMap<Site, readonly Keeper[]>): ReadonlyMap<Site, boolean> {
  const [held, seen] = [new Map<Site, boolean>(), new Map<Site, boolean>()]
  const visit = (from: Site, isSure: boolean): void => {
    for (const { site, certain: isKept } of keepers.get(from) ?? []) {
      const certain = isSure && isKept
      const isEnd = site === OUTER || parameterOf(site) !== null
      const known = isEnd ? held : seen
      if (site === start || (known.get(site) ?? false) || (known.has(site) && !certain)) continue
      known.set(site, certain)
      if (!isEnd) visit(site, certain)
    }
  }
  visit(start, true)
  return held
}

/** The object itself is kept, or all that is in it. What is in `*args` or `**kwargs` are the arguments: a part of those is one. */
function isWhole({ site, how, share }: Link): boolean {
  if (share === 'little' || share === 'all') return share === 'all'
  return (share === undefined && how !== 'part') || isCollected(site)
}

/** Not one of several arguments, picked by its place or name. */
function isEvery({ how, share }: Link, { links }: Value): boolean {
  return how !== 'part' || share === 'all' || links.some(l => l.how === 'is' && typeof l.site === 'object' && 'variable' in l.site && l.site.kind === 'for')
}

export function isCollected(site: Site): boolean {
  return parameterOf(site) !== null && ((site as Binding).node as Parameter).form.endsWith('star')
}

/** The name of the parameter that the site stands for, or null. */
export function parameterOf(site: Site): string | null {
  return typeof site === 'object' && 'variable' in site && (site as Binding).kind === 'parameter' ? (site as Binding).variable.name : null
}
