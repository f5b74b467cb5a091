/** What a hover says of a big binding or a use of it: size, last use, holders, what `del` does here. */
import type { ClassDef, FunctionDef, Name } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import { dragFrom } from '../values/drag.ts'
import type { FrameAnalysis, Frames } from '../values/frames.ts'
import { isBulk, kindOf } from '../values/parts.ts'
import { isSmall, join, type Value } from '../values/value.ts'
import { indexFrame, type FrameIndex } from '../rules/frame-index.ts'
import { holdingAt } from '../rules/holders.ts'
import { legalityOf, type Legality } from '../rules/legality.ts'
import { deathsOf, type Death } from '../rules/places.ts'
import { excerpt, listed, sizeText } from '../rules/wording.ts'
import { functionsOf } from '../semantic/functions.ts'
import type { Hover } from './report.ts'
import type { Settings } from './settings.ts'

/** The words for a file or a notebook. */
export interface Terms {
  /** `line 3`, `line 2 of cell 5`. */
  lineOf(offset: number): string
  readonly session: 'process' | 'kernel'
}

/** Null where there is no name, or nothing big to say of it. */
export function hoverAt(offset: number, source: Source, frames: Frames, settings: Settings, terms: Terms): Hover | null {
  const analysis = frameAt(offset, source, frames)
  if (analysis === null) return null
  const index = indexFrame(analysis.flow)
  for (const [variable, names] of index.names) {
    const name = names.find(n => covers(source, n, offset))
    if (!name) continue
    const text = describe(name, variable, analysis, index, source, settings, terms)
    const [start, end] = source.rangeOf(name)
    return text === null ? null : { range: { start, end }, text }
  }
  return null
}

function covers(source: Source, span: { readonly start: number; readonly end: number }, offset: number): boolean {
  const [start, end] = source.rangeOf(span)
  return start <= offset && offset <= end
}

/** The innermost function around the offset, or the module. */
function frameAt(offset: number, source: Source, frames: Frames): FrameAnalysis | null {
  const at = source.segmentAt(offset)
  let best: { def: FunctionDef; ownClass: ClassDef | null } | null = null
  for (const place of functionsOf(at ? [at.statement] : [])) {
    if (place.def.body.length > 0 && covers(source, { start: place.def.body[0]!.start, end: place.def.end }, offset)) best = place
  }
  if (best === null) return frames.ofModule()
  const ownClass = best.ownClass ?? (at && best.def === at.statement ? at.classes.at(-1) ?? null : null)
  return frames.of(best.def, ownClass)
}

function describe(name: Name, variable: Variable, analysis: FrameAnalysis, index: FrameIndex, source: Source, settings: Settings, terms: Terms): string | null {
  const bindings = bindingsAt(name, variable, analysis)
  if (bindings.length === 0) return null
  const value = bindings.reduce<Value | null>((v, b) => join(v, analysis.values.ofBinding(b)), null)!
  if (!isBig(value, analysis, settings)) return null
  const { context } = analysis.values
  const type = value.type ? `${value.guessed ? 'probably ' : ''}${value.type}` : 'object'
  const title = `**\`${variable.name}\`**: ${type}, ${sizeText(value.size)}`
  const deaths = deathsOf(variable, index).filter(d => concerns(d, bindings, analysis))
  if (deaths.length === 0) return `${title}\n\nIt is used as long as it is held${kindOf(value.type, context) ? '' : ' here'}.`
  return [title, ...deaths.slice(0, 2).map(death => itemised(describeDeath(death, bindings, analysis, source, terms)))].join('\n\n')
}

function itemised(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n')
}

function bindingsAt(name: Name, variable: Variable, { flow }: FrameAnalysis): readonly Binding[] {
  const bound = flow.graph.bindings.find(b => b.name === name && b.variable === variable)
  return bound ? [bound] : flow.reaching(name)
}

function isBig(value: Value, analysis: FrameAnalysis, settings: Settings): boolean {
  if (isSmall(value, settings.minimumSize)) return false
  return value.size.origin !== 'unknown' || isBulk(value, analysis.values.context) || settings.assumeLarge
}

function concerns(death: Death, bindings: readonly Binding[], { flow }: FrameAnalysis): boolean {
  return death.alternatives[0]!.some(p => flow.reachingAt(p.point, death.variable).some(b => bindings.includes(b)))
}

/** Where it dies, what runs until it is let go, and what letting go there does. */
function describeDeath(death: Death, bindings: readonly Binding[], analysis: FrameAnalysis, source: Source, terms: Terms): readonly string[] {
  const { name } = death.variable
  const places = death.alternatives.at(-1)!
  const place = places[0]!
  const previous = place.suite.body[place.index - 1]
  const line = previous ? terms.lineOf(source.rangeOf(previous)[1]) : 'here'
  const drag = dragFrom(place.point, death.variable, analysis.values)
  const heaviest = [...drag.items].sort((a, b) => b.points - a.points).slice(0, MOST_DRAGS).map(i => excerpt(i.node, source))
  const until = drag.endsByRebinding ? 'it is bound again' : analysis.flow.graph.frame === 'module' ? `the ${terms.session} ends` : 'the function returns'
  const held = [
    `not used after ${line}, but held until ${until}`,
    ...(heaviest.length > 0 ? [`meanwhile ${listed(heaviest)} ${heaviest.length > 1 ? 'run' : 'runs'}`] : []),
  ]
  const holding = holdingAt(bindings, place.point, analysis)
  if (holding.blockedBy) return [...held, `\`del ${name}\` there frees nothing: ${holding.blockedBy.why}`]
  const together = holding.together.length > 0 ? `, together with ${listed(holding.together.map(v => `\`${v.name}\``))}` : ''
  const doubts = holding.doubts.length > 0 ? [`it may also be held elsewhere: ${listed(holding.doubts.map(d => d.why))}`] : []
  return [...held, effectOf(name, legalityOf(death.variable, places, analysis.flow, analysis.values), together), ...doubts]
}

/** Most of what runs meanwhile that is named. */
const MOST_DRAGS = 3

function effectOf(name: string, legality: Legality, together: string): string {
  switch (legality) {
    case 'delete': return `\`del ${name}\` there frees it at once${together}`
    case 'none': return `\`${name} = None\` there frees it at once${together} (\`del\` could raise)`
    case null: return `\`${name}\` cannot be let go there: inner functions, or a text that mentions it, may still read it`
  }
}
