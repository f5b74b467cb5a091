/**
 * Signs in a frame that memory is short there: somebody lets go by hand of an object that looks like nothing to us, or asks for memory
 * to be given back. What the analyser would have proposed itself tells nothing new, so taking its advice raises no further hints.
 */
import type { Binding, Event, Variable } from '../flow/graph.ts'
import { bulkOf } from '../values/bulky.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { isLittle } from '../values/little.ts'
import { kindOf } from '../values/parts.ts'
import { isSmall, join, type Value } from '../values/value.ts'
import { collectionBy } from '../values/weights.ts'
import { isInconspicuous } from './evidence.ts'
import type { Care } from './judged.ts'
import type { RuleOptions } from './rule.ts'
import { looksSmall, namesLittle } from './telling-names.ts'

/** Of the frame as the settings have it: frames outlive a change of settings. */
const known = new WeakMap<FrameAnalysis, { readonly options: RuleOptions; readonly care: Care }>()

export function careIn(analysis: FrameAnalysis, options: RuleOptions): Care {
  const before = known.get(analysis)
  if (before?.options === options) return before.care
  const care = worked(analysis, options)
  known.set(analysis, { options, care })
  return care
}

/** Some sign there is. */
export function isCareful(care: Care): boolean {
  return care.released.length > 0 || care.collects
}

/** Of what care does not speak, as it speaks of names: that nobody shows any, where that is so. */
export function lackOfCare(analysis: FrameAnalysis, options: RuleOptions): { readonly care?: Care } {
  const care = careIn(analysis, options)
  return isCareful(care) ? {} : { care }
}

function worked(analysis: FrameAnalysis, options: RuleOptions): Care {
  const { blocks } = analysis.flow.graph
  return {
    released: tellingOf(blocks.flatMap(b => releasedTogether(b.events)), analysis, options),
    collects: blocks.some(b => b.events.some(event => event.kind === 'call' && collectionBy(event.node) !== null)),
  }
}

/** Whoever deletes small things as well tidies up: that says nothing of the others. */
function tellingOf(groups: readonly (readonly Variable[])[], analysis: FrameAnalysis, options: RuleOptions): readonly Variable[] {
  if (groups.flat().some(n => isTidied(n, analysis))) return []
  return groups.filter(names => names.every(n => tellsOfSize(n, analysis, options))).flat()
}

/** Plainly small. */
function isTidied(variable: Variable, { flow, values }: FrameAnalysis): boolean {
  const bindings = flow.graph.bindings.filter(b => b.variable === variable)
  return bindings.length > 0 && (namesLittle(variable.name) || bindings.every(b => isSmall(values.ofBinding(b), SMALL) || isLittle(b, values)))
}

/** Names deleted one right after the other: where one of them is a large object for all to see, the others may go for company. */
function releasedTogether(events: readonly Event[]): readonly (readonly Variable[])[] {
  const groups: Variable[][] = []
  events.forEach((event, i) => {
    if (event.kind !== 'delete' || event.implicit) return
    if (events[i - 1]?.kind === 'delete') groups.at(-1)!.push(event.variable)
    else groups.push([event.variable])
  })
  return groups
}

function tellsOfSize(variable: Variable, { flow, values }: FrameAnalysis, options: RuleOptions): boolean {
  const bindings = flow.graph.bindings.filter(b => b.variable === variable)
  if (bindings.length === 0 || looksSmall(variable.name) || !bindings.every(mayBeData)) return false
  const value = bindings.reduce<Value | null>((v, b) => join(v, values.ofBinding(b)), null)!
  return !isSmall(value, SMALL) && isInconspicuous({ value, bindings, bulk: Math.max(0, ...bindings.map(b => bulkOf(b, values))) }, kindOf(value.type, values.context), options)
}

/** Loop variables, imports, functions and what is known to be small are deleted for tidiness. */
function mayBeData({ kind }: Binding): boolean {
  return kind === 'assignment' || kind === 'annotated' || kind === 'walrus' || kind === 'parameter' || kind === 'augmented'
}

/** Bytes. */
const SMALL = 1 << 20
