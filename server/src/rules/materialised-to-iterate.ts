/** A list is made of what could be walked as it comes, and walked once. Page: materialised-to-iterate.md. */
import type { Source } from '../syntax/source.ts'
import { streamFix } from '../fixes/stream.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { contentSize, type Size } from '../values/value.ts'
import type { Confidence, Finding } from './finding.ts'
import { keptBy } from './kept-items.ts'
import { heldOn, isWorthAWord } from './list-signs.ts'
import { materialisedIn, type Materialised } from './materialised.ts'
import type { FrameFacts, FrameRule } from './rule.ts'
import { isTest } from './test-code.ts'
import { endOf, estimateOf, excerpt, sizeText } from './wording.ts'

export const materialisedToIterate: FrameRule = {
  name: 'materialised-to-iterate',
  summary: 'a list made of a file, a query or a generator is walked once, in order',
  check: facts => materialisedIn(facts.analysis, facts.index).flatMap(found => {
    const confidence = confidenceOf(found, facts)
    return confidence === null ? [] : [(source: Source) => finding(found, confidence, facts, source)]
  }),
}

function confidenceOf(found: Materialised, { analysis, options, scope }: FrameFacts): Confidence | null {
  const size = sizeOf(found.maker, analysis.values)
  if (size.high !== null && size.high < options.minimumSize) return null
  const confidence = size.origin === 'outside' ? bySigns(found, analysis, options) : bySize(size, options)
  const isOnSmallData = options.inTests || isTest(scope) || (options.inExamples && scope === '<module>')
  return confidence !== null && isOnSmallData && size.origin !== 'known' ? 'possible' : confidence
}

/** Of a list whose items somebody else decides. Where they are all kept anyway, it is no more than pointers to them; not so the lines cut from a text, which is there beside them. */
function bySigns(found: Materialised, analysis: FrameFacts['analysis'], { assumeLarge }: FrameFacts['options']): Confidence | null {
  const kept = keptBy(found.consumer)
  if (kept === 'all' && found.cuts === null) return null
  return assumeLarge || isWorthAWord(found, kept, analysis) ? 'likely' : 'possible'
}

function bySize({ origin, low }: Size, { minimumSize, assumeLarge }: FrameFacts['options']): Confidence | null {
  if (origin === 'known') return low >= minimumSize ? 'certain' : 'possible'
  return origin === 'derived' || assumeLarge ? 'possible' : null
}

/** Of a list whose items nothing is known of, the pointers to them. */
function sizeOf(maker: Materialised['maker'], values: Evaluator): Size {
  const value = values.ofExpr(maker)
  const size = contentSize(value)
  const count = value.count?.low ?? 0
  return (size.origin === 'unknown' || size.origin === 'derived') && count > 0 ? { low: count * POINTER, high: null, origin: 'known', basis: `list of ${count.toLocaleString('en')} items` } : size
}

/** Bytes. */
const POINTER = 8

function finding(found: Materialised, confidence: Confidence, facts: FrameFacts, source: Source): Finding {
  const { analysis, scope } = facts
  const { maker, consumer, binding } = found
  const size = sizeOf(maker, analysis.values)
  const taker = consumer.kind === 'Call' ? excerpt(consumer.func, source) : `the ${consumer.kind === 'For' ? 'loop' : 'comprehension'}`
  const until = untilWhen(found, facts)
  const how = `${taker} takes its items one by one`
  return {
    rule: 'materialised-to-iterate', confidence, severity: confidence === 'certain' ? 'warning' : confidence === 'likely' ? 'information' : 'hint',
    message: `${excerpt(maker, source)} ${binding ? `gives all items at once, and \`${binding.variable.name}\` holds them` : 'holds all items at once'} until ${until}, but ${how} and nothing else needs the list (${sizeText(size)}). Walk ${excerpt(found.stream, source)} ${found.by === '' ? 'itself' : `by \`${found.by}\``}.`,
    name: binding?.variable.name ?? '', names: binding ? [binding.variable.name] : [], scope, span: maker, binding: binding?.name ?? maker, lastUse: null,
    size: estimateOf(size), drag: [], heldUntil: until, notes: [], fixes: [streamFix(found, source)],
  }
}

/** A name holds the list after the items have been taken, too. */
function untilWhen(found: Materialised, facts: FrameFacts): string {
  const held = heldOn(found, facts.analysis)
  if (held) return endOf(held, facts)
  return found.consumer.kind === 'Call' ? 'the call returns' : found.consumer.kind === 'For' ? 'the loop ends' : 'the comprehension ends'
}
