/**
 * A container that outlives functions, and that functions only ever add to.
 * Page: grow-only-collection.md.
 */
import type { Source } from '../syntax/source.ts'
import { aboveComments } from '../fixes/blank-lines.ts'
import { lineEnd } from '../text/line-starts.ts'
import { onDemand } from '../text/on-demand.ts'
import type { Confidence, Finding } from './finding.ts'
import { boundingFixes } from './growth/bounds.ts'
import { growingOf, isMemo, readersOf, type Growing } from './growth/growing.ts'
import { ownContainers } from './growth/own-container.ts'
import { candidatesIn, type Candidate } from './growth/subjects.ts'
import { keptPer, perPart } from './kept.ts'
import type { Draft, ModuleRule, ModuleView } from './rule.ts'
import { isScript } from './script.ts'
import { isTest } from './test-code.ts'
import { butFor, excerpt, listed } from './wording.ts'

export const growOnlyCollection: ModuleRule = {
  name: 'grow-only-collection',
  summary: 'a global, class attribute or mutable default that functions only ever add to',
  checkModule: view => draftsOf(candidates(view), view),
}

const candidates = perPart(candidatesIn)

const draftsOf = keptPer((candidate: Candidate, questions, view): readonly Draft[] =>
  together(growingOf(candidate, questions)).map(([found, ...alike]) => source => finding(found!, alike, view, source)))

/** Several defaults of one function that its calls share are one matter. A memo is bounded by itself. */
function together(found: readonly Growing[]): readonly (readonly Growing[])[] {
  const isOne = found.length > 1 && found.every(f => f.subject.form === 'default' && !isMemo(f))
  return isOne ? [[...found].sort((a, b) => a.doubts.length - b.doubts.length)] : found.map(f => [f])
}

function finding(found: Growing, alike: readonly Growing[], view: ModuleView, source: Source): Finding {
  const { subject, growths, doubts } = found
  const decided = isDecided(found, source)
  const fixes = onDemand(() => (alike.length > 0 ? ownContainers([found, ...alike], source) : boundingFixes(found, view, source)))
  const names = [found, ...alike].map(f => f.subject.title)
  const confidence = decided ? 'possible' : confidenceOf(found, source, view.options)
  const [first] = growths
  return {
    rule: 'grow-only-collection', severity: confidence === 'possible' ? 'hint' : 'information', confidence, message: `${message(found, decided, view, source)}${likewise(alike)}`,
    name: subject.title, names, scope: subject.scope, span: subject.binding, binding: subject.binding, lastUse: null,
    size: { low: 0, high: null, basis: first ? `grows whenever ${first.place.scope}() adds to it` : 'grows' }, drag: [], heldUntil: 'process exit',
    notes: [
      ...alike.map(({ subject: { binding, title } }) => ({ start: binding.start, end: binding.end, message: `\`${title}\` is shared as well` })),
      ...growths.map(g => ({ start: g.act.start, end: g.act.end, message: `${g.place.scope}() adds to it` })),
      ...doubts.flatMap(d => (d.use ? [{ start: d.use.act.start, end: d.use.act.end, message: d.why }] : [])),
    ],
    get fixes() { return fixes() },
  }
}

/** A comment above it, or on its line, speaks of how much it keeps and how long: somebody has thought of that. Not where it says that there is something to do. */
function isDecided({ subject: { binding } }: Growing, source: Source): boolean {
  const { text } = source
  const start = source.offsetOf(binding.start)
  const comments = text.slice(aboveComments(text, start), lineEnd(text, start)).match(/#.*/g)?.join(' ') ?? ''
  return /\b(evict\w*|unbounded|bounded|small|few|memory|grows?|growth|lifetime|persists?|(keep|kept|stay)s? (\w+ )?alive|never (cleared|emptied|removed|evicted))\b/i.test(comments) && !/\b(TODO|FIXME|XXX|BUG|leaks?)\b/.test(comments)
}

/** Programs that end, and tests, seldom grow for long. */
function confidenceOf({ subject, doubts, growths }: Growing, { body }: Source, options: ModuleView['options']): Confidence {
  const inTests = options.inTests || [subject.scope, ...growths.map(g => g.place.scope)].some(isTest)
  return doubts.length > 0 || inTests || (subject.form !== 'default' && (options.isRun || isScript(body))) ? 'possible' : 'likely'
}

function message(found: Growing, decided: boolean, view: ModuleView, source: Source): string {
  const { subject, growths, foreign, doubts, everyCall } = found
  const adders = [...new Set([...growths.map(g => `${g.place.scope}() (${excerpt(g.act, source)})`), ...foreign])]
  const where = view.workspace === null ? 'in this file' : 'in the workspace'
  const how = everyCall ? 'adds to it at every call' : 'adds to it for every new key'
  const verb = adders.length > 1 ? how.replace('adds', 'add') : how
  const what = subject.form === 'default'
    ? `\`${subject.title}\` is made once, with the function, and shared by all calls that do not pass it: ${listed(adders)} ${verb}, and nothing takes anything out.`
    : `\`${subject.title}\` only ever grows: ${listed(adders)} ${verb}, and nothing ${where} takes anything out, so all of it stays until the process ends.`
  return `${what}${butFor([...(decided ? ['a comment beside it says how long it stays'] : []), ...doubts.map(d => d.why)])}${remover(found)}`
}

function likewise(alike: readonly Growing[]): string {
  return alike.length === 0 ? '' : ` So ${alike.length > 1 ? 'are' : 'is'} ${listed(alike.map(f => `\`${f.subject.title}\``))}.`
}

/** Who could remove. */
function remover(found: Growing): string {
  if (found.subject.form === 'default') return ''
  const readers = readersOf(found).slice(0, 3).map(r => `${r}()`)
  if (readers.length > 0) return ` ${listed(readers)} ${readers.length > 1 ? 'read' : 'reads'} it and could remove what is done with; or give it a bound.`
  return ' Remove what is done with, or give it a bound.'
}
