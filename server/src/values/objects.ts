/**
 * Who holds an object: the names of the frame whose values are it, show it or contain it, and what outlives the frame.
 * Follows "keeps" from object to object: a name that holds a list holds what was appended to the list.
 */
import type { Node } from '../syntax/ast.ts'
import type { Binding } from '../flow/graph.ts'
import type { Evaluator } from './evaluate.ts'
import { keepingsOf, type Keeping } from './mutations.ts'
import { losesMost } from './removals.ts'
import { holdsWhatItGives, OUTER, showsOthers, UNKNOWN, type Link, type Site, type Value } from './value.ts'

/** `since`: the call, store or yield that made the object kept by something else, where that is why it is held; null where it was so from the start. */
export type Holder =
  /**
   * A name. `how`: it is the object, a view or container of it, the object it was taken from, what may be the most of it, another container of its
   * elements, or the one that its elements were taken from.
   */
  | { readonly kind: 'name'; readonly binding: Binding; readonly how: Role; readonly certain: boolean; readonly weak: boolean; readonly since: Node | null }
  /** Something that outlives the frame. `how`: that is kept, and not the object itself. */
  | { readonly kind: 'outer'; readonly how: Exclude<Role, 'part'>; readonly node: Node | null; readonly why: string; readonly certain: boolean; readonly weak: boolean; readonly since: Node | null }

type Role = 'alias' | 'keeper' | 'owner' | 'part' | 'sharer' | 'source'

/** The elements are kept, not the container: its references go with it, and nothing else. */
export function keepsElementsOnly({ how }: Pick<Holder, 'how'>): boolean {
  return how === 'sharer' || how === 'source'
}

export interface Objects {
  /** Everything but the binding itself that may keep its object alive. */
  holdersOf(binding: Binding): readonly Holder[]
  /** The objects in a container of a few, with the names they have besides: letting go of the container frees the others only. Null: no such container. */
  contentOf(binding: Binding): readonly Content[] | null
  /** What one thing after the other is put into the container of any number, for each place that does so. */
  gatheredIn(binding: Binding): readonly Content[]
}

export interface Content {
  readonly value: Value
  readonly names: readonly Binding[]
  /** Other containers that were given it. */
  readonly keepers: readonly Holder[]
}

/** Containers of more elements have content without names. */
const FEW = 64

interface Owner {
  readonly site: Site
  readonly certain: boolean
  readonly weak: boolean
  /** The object's elements are kept, not the object. */
  readonly shares: boolean
  readonly keeping: Keeping
}

interface Index {
  readonly named: Map<Site, { readonly binding: Binding; readonly link: Link }[]>
  readonly owners: Map<Site, Owner[]>
  readonly contents: Map<Site, Site[]>
  /** By container: the links of each thing that is put into it. */
  readonly fills: Map<Site, (readonly Link[])[]>
}

export function createObjects(e: Evaluator): Objects {
  const { graph } = e.context.flow
  let index: Index | null = null

  function built(): Index {
    if (index) return index
    const [named, owners, contents, fills]: [Index['named'], Index['owners'], Index['contents'], Index['fills']] = [new Map(), new Map(), new Map(), new Map()]
    const emptied = new Set<Site>()
    for (const binding of graph.bindings) {
      if (binding.kind === 'comprehension') continue
      const { links, count } = e.ofBinding(binding)
      const loses = losesMost(binding, count, e.context.flow)
      for (const link of links) {
        if (holdsMuch(link)) push(named, link.site, { binding, link })
        if (loses && link.how === 'is') emptied.add(link.site)
      }
    }
    for (const keeping of keepingsOf(graph, e)) {
      for (const owner of keeping.owner.links) if (owner.how === 'is') push(fills, owner.site, keeping.kept.links)
      for (const kept of keeping.kept.links) {
        if (kept.share === 'little') continue
        const certain = keeping.certain && kept.certain && (kept.share === 'all' || (kept.how !== 'part' && !kept.share))
        for (const owner of keeping.owner.links) {
          if (owner.how === 'keeps' && isApart(keeping.owner)) continue
          const stays = certain && !emptied.has(owner.site)
          if (stays && kept.how === 'is' && owner.how === 'is') push(contents, owner.site, kept.site)
          push(owners, kept.site, { site: owner.site, certain: stays && owner.certain, weak: isWeak(kept, owner) || (!keeping.certain && isOfMany(kept)), shares: kept.share === 'all', keeping })
        }
      }
    }
    return (index = { named, owners, contents, fills })
  }

  function holdersOf(binding: Binding): readonly Holder[] {
    const holders: Holder[] = []
    const seen = new Map<Site, boolean>()
    const value = e.ofBinding(binding)
    const { links } = value
    const own = new Set(links.filter(l => l.how === 'is' && l.site !== OUTER).map(l => l.site))
    const cycle = (certain: boolean, weak: boolean, since: Node | null): void => {
      holders.push({ kind: 'outer', how: 'keeper', node: since, why: 'a circle of references, which only the garbage collector frees', certain, weak, since })
    }
    const visit = (site: Site, certain: boolean, weak: boolean, how: Exclude<Role, 'part'>, why: Keeping | null, since: Node | null, way: readonly Site[] = []): void => {
      if (site === OUTER) {
        holders.push({ kind: 'outer', how, node: why?.node ?? null, why: why?.how ?? 'something that was there before', certain, weak, since })
        return
      }
      // What keeps the object may be kept by itself, too.
      if (why !== null && (own.has(site) || way.includes(site))) return keepsElementsOnly({ how }) ? undefined : cycle(certain, weak, since)
      if ((seen.get(site) ?? false) || (seen.has(site) && !certain)) return
      seen.set(site, certain)
      if (isParameter(site) && site !== binding) {
        holders.push({ kind: 'outer', how, node: site.node, why: `the caller's argument ${site.name.id}`, certain, weak, since })
      }
      for (const { binding: other, link } of built().named.get(site) ?? []) {
        // What keeps the object is kept by it (fact 99).
        if (why !== null && link.how === 'keeps' && e.ofBinding(other).links.some(l => l.how === 'is' && own.has(l.site))) cycle(certain && link.certain, weak || isWeak(link), since)
        // That both may be what is hardly one of them tells nothing of the two.
        if (other === binding || (how === 'alias' && weak && link.how === 'is' && isWeak(link))) continue
        // What was moved is a copy, as far as the object that it comes from is concerned.
        const isFaint = weak || isWeak(link) || link.unmoved === true
        if (link.share === 'field') {
          if (how === 'alias') holders.push({ kind: 'name', binding: other, how: 'part', certain: false, weak: isFaint, since })
          continue
        }
        const role = how !== 'alias' ? how : link.how === 'is' ? 'alias' : link.share === 'all' ? 'sharer' : 'keeper'
        holders.push({ kind: 'name', binding: other, how: role, certain: certain && link.certain, weak: isFaint, since })
      }
      for (const owner of built().owners.get(site) ?? []) visit(owner.site, certain && owner.certain, weak || owner.weak, owner.shares || keepsElementsOnly({ how }) ? 'sharer' : 'keeper', owner.keeping, since ?? owner.keeping.node, [...way, site])
    }
    for (const link of links) {
      if (link.how === 'is') visit(link.site, link.certain, isWeak(link), 'alias', null, null)
      else if (link.how === 'part' || (showsOthers(value) && link.share === undefined)) visit(link.site, link.certain, isWeak(link), 'owner', null, null)
      else if (link.share === 'all') visit(link.site, link.certain, isWeak(link), 'sharer', null, null)
      else if (link.share === 'little') visit(link.site, link.certain, isWeak(link), 'source', null, null)
    }
    for (const { site, certain, weak } of holdsWhatItGives(value) ? sourcesOf(links) : []) visit(site, certain, weak === true, 'source', null, null)
    return holders
  }

  /** What all that was put into the container was taken from. */
  function sourcesOf(links: readonly Link[]): readonly Link[] {
    const isEmptyAtFirst = !links.some(l => l.how === 'keeps' && !l.share)
    return links.filter(l => l.how === 'is').flatMap(({ site }) => {
      const [first, ...others] = (built().fills.get(site) ?? []).map(takenFromOf)
      const common = (first ?? []).filter(l => l.site !== site && others.every(fill => fill.some(o => o.site === l.site)))
      return common.map(l => ({ ...l, certain: l.certain && isEmptyAtFirst && others.every(fill => fill.some(o => o.site === l.site && o.certain)) }))
    })
  }

  function contentOf(binding: Binding): readonly Content[] | null {
    const { links, count } = e.ofBinding(binding)
    if (count === null || count.high === null || count.high > FEW) return null
    const { contents } = built()
    const own = links.filter(l => l.how === 'is').map(l => l.site)
    const sites = new Set([...links.filter(l => l.how === 'keeps' && l.certain && !l.share).map(l => l.site), ...own.flatMap(site => contents.get(site) ?? [])])
    return [...sites].map(site => contentAt(site, binding, own))
  }

  function gatheredIn(binding: Binding): readonly Content[] {
    const own = e.ofBinding(binding).links.filter(l => l.how === 'is').map(l => l.site)
    return own.flatMap(site => built().fills.get(site) ?? []).map((links): Content => {
      const [only, ...others] = links.filter(l => l.how === 'is' && l.certain)
      return only && others.length === 0 ? contentAt(only.site, binding, own) : { value: UNKNOWN, names: [], keepers: [] }
    })
  }

  /** `own`: the container that the binding names. */
  function contentAt(site: Site, binding: Binding, own: readonly Site[]): Content {
    const { named, owners } = built()
    return {
      value: typeof site === 'string' ? UNKNOWN : 'variable' in site ? e.ofBinding(site) : e.ofExpr(site),
      names: (named.get(site) ?? []).filter(n => n.link.how === 'is' && n.binding !== binding).map(n => n.binding),
      keepers: (owners.get(site) ?? []).filter(o => !own.includes(o.site)).flatMap(keepersOf),
    }
  }

  function keepersOf({ site, certain, weak, keeping: { node, how } }: Owner): readonly Holder[] {
    if (site === OUTER) return [{ kind: 'outer', how: 'keeper', node, why: how, certain, weak, since: node }]
    const those = (built().named.get(site) ?? []).filter(n => n.link.how === 'is')
    return those.map(({ binding, link }) => ({ kind: 'name', binding, how: 'keeper', certain: certain && link.certain, weak, since: node }))
  }

  return { holdersOf, contentOf, gatheredIn }
}

/** What is put into it is not put into what it keeps: an element of a list gets nothing of what is appended to that. What nothing is known of may be a view. */
function isApart(owner: Value): boolean {
  return owner.type !== null && !showsOthers(owner)
}

/** What may be a loader makes what it gives, mostly to be cut up; what is an item of something is data. */
function takenFromOf(links: readonly Link[]): readonly Link[] {
  const isOfItem = links.some(l => l.how === 'part' && typeof l.site === 'object' && 'kind' in l.site && l.site.kind === 'Subscript')
  return links.filter(l => l.how === 'part').map(l => (l.certain || isOfItem || l.share === 'element' ? l : { ...l, weak: true as const }))
}

/** That one of many is perhaps kept says little of the whole. */
function isOfMany({ how, share }: Link): boolean {
  return how === 'part' && share !== 'field'
}

/** One of many elements, or a bit of each, is no reason to call the whole held. */
function holdsMuch(link: Link): boolean {
  return link.how === 'part' ? link.share === 'field' : link.share !== 'element' && link.share !== 'little'
}

function isWeak(...links: readonly Link[]): boolean {
  return links.some(l => l.weak === true)
}

function isParameter(site: Site): site is Binding {
  return typeof site === 'object' && 'variable' in site && site.kind === 'parameter'
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
