/** What goes when the last name of an object goes. */
import type { Binding } from '../flow/graph.ts'
import type { Evaluator } from './evaluate.ts'
import { showsOthers, UNKNOWN, type Link, type Size, type SizeOrigin, type Value } from './value.ts'

/**
 * The value of a binding; of a view of something larger, with the size of that: it goes with its last view. (Whether this is the last
 * one, its holders tell.)
 */
export function freedWith(binding: Binding, e: Evaluator): Value {
  const value = e.ofBinding(binding)
  if (!showsOthers(value)) return value
  const size = value.links.filter(keepsWhole).map(l => shownBy(l, e).size).reduce((a, b) => (saysMore(b, a) ? b : a), value.size)
  return size === value.size ? value : { ...value, size }
}

function keepsWhole(link: Link): boolean {
  return link.how === 'keeps' && link.certain && link.share === undefined
}

function shownBy({ site }: Link, e: Evaluator): Value {
  if (typeof site === 'string') return UNKNOWN
  return 'variable' in site ? e.ofBinding(site) : e.ofExpr(site)
}

function saysMore(a: Size, b: Size): boolean {
  return RANK[a.origin] > RANK[b.origin] || (a.origin === 'known' && b.origin === 'known' && a.low > b.low)
}

/** A known size says much only where it is large. */
const RANK: Readonly<Record<SizeOrigin, number>> = { unknown: 0, known: 1, derived: 2, outside: 3 }
