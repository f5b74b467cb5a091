/** What a hover says of a big binding or a use of it: size, last use, holders, what `del` does here. */
import type { FunctionDef } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import type { Binding, Variable } from '../flow/graph.ts'
import { dragFrom } from '../values/drag.ts'
import type { FrameAnalysis } from '../values/frames.ts'
import { isBulk, kindOf } from '../values/parts.ts'
import { isSmall, join, type Value } from '../values/value.ts'
import { capturesOf } from '../rules/captures.ts'
import type { Finding } from '../rules/finding.ts'
import { indexFrame } from '../rules/frame-index.ts'
import { wordsForClosure } from '../rules/holder-words.ts'
import { holdingAt, type Obstacle } from '../rules/holders.ts'
import { legalityOf, type Legality } from '../rules/legality.ts'
import { deathsOf, type Death } from '../rules/places.ts'
import { excerpt, listed, sizeText } from '../rules/wording.ts'
import { isAtLeast } from '../text/target-version.ts'
import type { Compiled } from './module-frames.ts'
import type { Settings } from './settings.ts'
import { uniqueBy } from '../text/unique.ts'

/** The words for a file or a notebook. */
export interface Terms {
  /** `line 3`, `line 2 of cell 5`. */
  lineOf(offset: number): string
  readonly session: 'process' | 'kernel'
}

export interface FramePlace {
  readonly analysis: FrameAnalysis
  /** Null: the module. */
  readonly def: FunctionDef | null
}

export interface Subject extends FramePlace {
  readonly variable: Variable
  readonly source: Source
  readonly settings: Settings
  readonly terms: Terms
}

/** `findings`: those about the variable. Null: nothing big to say of it. */
export function describe(bindings: readonly Binding[], findings: readonly Finding[], subject: Subject): string | null {
  if (bindings.length === 0) return null
  const { analysis, variable, settings, source, terms } = subject
  const value = bindings.reduce<Value | null>((v, b) => join(v, analysis.values.ofBinding(b)), null)!
  const hidden = findings.flatMap(f => f.notes.filter(n => n.holds)).map(n => ({ line: terms.lineOf(source.rangeOf(n)[0]), message: n.message }))
  const isOwnBig = isBig(value, analysis, settings)
  const [finding] = findings
  if (!isOwnBig && (finding === undefined || hidden.length === 0)) return null
  const type = value.type ? `${value.guessed ? 'probably ' : ''}${value.type}` : 'object'
  const title = `**\`${variable.name}\`**: ${isOwnBig ? `${type}, ${sizeText(value.size)}` : finding!.size.basis}`
  const deaths = deathsOf(variable, indexFrame(analysis.flow)).filter(d => concerns(d, bindings, analysis))
  const ofRounds = findings.find(f => f.rule === 'previous-iteration-held')
  const told = (isOwnBig || isGiven(bindings) ? deaths : []).slice(0, 2).map(death => describeDeath(death, bindings, { isHidden: hidden.length > 0, ofRounds }, subject))
  const known = told.flat().join('\n')
  const readers = capturesOf(variable, analysis.values).filter(c => !c.isTransient).map(({ closure }) => ({ line: terms.lineOf(source.rangeOf(closure)[0]), message: wordsForClosure(closure) }))
  const holders = uniqueBy([...hidden, ...(hidden.length > 0 ? [] : readers)].filter(h => !known.includes(`(${h.line})`)), h => h.message)
  const lines = holders.map(h => `${h.line}: ${h.message}`)
  if (told.length === 0 && lines.length === 0) return `${title}\n\nIt is used as long as it is held${kindOf(value.type, analysis.values.context) ? '' : ' here'}.`
  const [first = [], ...others] = told
  return [title, ...[[...lines, ...first], ...others].map(itemised)].join('\n\n')
}

/** The places that a finding speaks of besides its own. */
export function describeNotes({ name, notes }: Finding, source: Source, terms: Terms): string {
  const lines = uniqueBy(notes.map(n => `${terms.lineOf(source.rangeOf(n)[0])}: ${n.message}`), line => line)
  return [...(name === '' ? [] : [`**\`${name}\`**`]), itemised(lines)].join('\n\n')
}

/** Why nothing is said of what lives in a function. */
export function whyCompiled({ place, decorator }: Compiled, source: Source): string {
  return `decorated by ${excerpt(decorator, source)}, ${place.def.header.name.id}() is not run by Python as it is written`
}

/** Of a name in such a function of which something would be said elsewhere. */
export function describeCompiled(name: string, compiled: Compiled, source: Source): string {
  return `**\`${name}\`**: ${whyCompiled(compiled, source)}, so that nothing is known of how long this is held`
}

function itemised(lines: readonly string[]): string {
  return lines.map(line => `- ${line}`).join('\n')
}

function isBig(value: Value, analysis: FrameAnalysis, settings: Settings): boolean {
  if (isSmall(value, settings.minimumSize)) return false
  return value.size.origin !== 'unknown' || isBulk(value, analysis.values.context) || settings.assumeLarge
}

function concerns(death: Death, bindings: readonly Binding[], { flow }: FrameAnalysis): boolean {
  return death.alternatives[0]!.some(p => flow.reachingAt(p.point, death.variable).some(b => bindings.includes(b)))
}

interface Known {
  /** Something keeps it that is no name here. */
  readonly isHidden: boolean
  /** The finding that the next round of a loop makes its successor while it is kept. */
  readonly ofRounds: Finding | undefined
}

/** Where it dies, what runs until it is let go, and what letting go there does. */
function describeDeath(death: Death, bindings: readonly Binding[], { isHidden, ofRounds }: Known, { analysis, def, source, terms, settings }: Subject): readonly string[] {
  const { name } = death.variable
  const places = death.alternatives.at(-1)!
  const place = places[0]!
  const previous = place.suite.body[place.index - 1]
  const line = previous ? terms.lineOf(source.rangeOf(previous)[1]) : 'here'
  const drag = dragFrom(place.point, death.variable, analysis.values)
  const until = ofRounds ? 'the next round of the loop has made its successor: two exist at a time'
    : drag.endsByRebinding ? 'it is bound again' : analysis.flow.graph.frame === 'module' ? `the ${terms.session} ends` : 'the function returns'
  const heaviest = [...drag.items].sort((a, b) => b.points - a.points).slice(0, MOST_DRAGS).map(i => excerpt(i.node, source))
  const runs = ofRounds ? listed(ofRounds.drag.slice(0, MOST_DRAGS).map(d => d.text)) : heaviest.length > 0 ? `${listed(heaviest)} ${heaviest.length > 1 ? 'run' : 'runs'}` : ''
  const held = [`not used after ${line}, but held until ${until}`, ...(runs === '' ? [] : [`meanwhile ${runs}`])]
  const holding = holdingAt(bindings, place.point, analysis)
  const told = ({ why, node }: Obstacle): string => (node === null ? why : `${why} (${terms.lineOf(source.rangeOf(node)[0])})`)
  if (holding.blockedBy) return [...held, `\`del ${name}\` there frees nothing: ${told(holding.blockedBy)}`]
  const together = holding.together.length > 0 ? `, together with ${listed(holding.together.map(v => `\`${v.name}\``))}` : ''
  const doubts = holding.doubts.length > 0 ? [`it may also be held elsewhere: ${listed(holding.doubts.map(told))}`] : []
  if (isHidden) return [...held, `\`del ${name}\` there does not end that`, ...doubts]
  if (isGiven(bindings)) return [...held, effectOnParameter(name, def, analysis, settings)]
  return [...held, effectOf(name, legalityOf(death.variable, places, analysis.flow, analysis.values), `${doubts.length > 0 ? 'frees it, if nothing else holds it' : 'frees it at once'}${together}`), ...doubts]
}

/** Most of what runs meanwhile that is named. */
const MOST_DRAGS = 3

function isGiven(bindings: readonly Binding[]): boolean {
  return bindings.some(b => b.kind === 'parameter')
}

/** What a function is given it frees only where nobody else has a name for it, and not in every version (facts 13, 15, 20). */
function effectOnParameter(name: string, def: FunctionDef | null, { flow }: FrameAnalysis, { targetVersion }: Settings): string {
  const isLazy = def?.header.isAsync === true || flow.graph.isGenerator
  if (!isLazy && !isAtLeast(targetVersion, '3.11')) return `the caller has it until the function returns: \`del ${name}\` there frees nothing before Python 3.11`
  return `\`del ${name}\` there frees it only if the caller passed it without a name of its own`
}

function effectOf(name: string, legality: Legality, frees: string): string {
  switch (legality) {
    case 'delete': return `\`del ${name}\` there ${frees}`
    case 'none': return `\`${name} = None\` there ${frees} (\`del\` could raise)`
    case null: return `\`${name}\` cannot be let go there: inner functions, or a text that mentions it, may still read it`
  }
}
