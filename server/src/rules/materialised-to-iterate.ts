/** A list is made of what could be walked as it comes, and walked once. Page: materialised-to-iterate.md. */
import type { Source } from '../syntax/source.ts'
import { streamFix } from '../fixes/stream.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { contentSize, type Size } from '../values/value.ts'
import type { Confidence, Finding } from './finding.ts'
import { materialisedIn, type Materialised } from './materialised.ts'
import type { FrameFacts, FrameRule } from './rule.ts'
import { isTest } from './test-code.ts'
import { estimateOf, excerpt, sizeText } from './wording.ts'

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
  const confidence = bySize(size, options)
  const isOnSmallData = options.inTests || isTest(scope) || (options.inExamples && scope === '<module>')
  return confidence !== null && isOnSmallData && size.origin !== 'known' ? 'possible' : confidence
}

function bySize({ origin, low }: Size, { minimumSize, assumeLarge }: FrameFacts['options']): Confidence | null {
  switch (origin) {
    case 'known': return low >= minimumSize ? 'certain' : 'possible'
    case 'outside': return 'likely'
    case 'derived': return 'possible'
    case 'unknown': return assumeLarge ? 'possible' : null
  }
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

function finding(found: Materialised, confidence: Confidence, { analysis, scope }: FrameFacts, source: Source): Finding {
  const { maker, consumer, binding } = found
  const size = sizeOf(maker, analysis.values)
  const [taker, until] = consumer.kind === 'Call' ? [excerpt(consumer.func, source), 'the call returns'] : [`the ${consumer.kind === 'For' ? 'loop' : 'comprehension'}`, `the ${consumer.kind === 'For' ? 'loop' : 'comprehension'} ends`]
  const how = `${taker} takes its items one by one`
  return {
    rule: 'materialised-to-iterate', confidence, severity: confidence === 'certain' ? 'warning' : confidence === 'likely' ? 'information' : 'hint',
    message: `${excerpt(maker, source)} holds all items at once until ${until}, but ${how} and nothing else needs the list (${sizeText(size)}). Walk ${excerpt(found.stream, source)} ${found.by === '' ? 'itself' : `by \`${found.by}\``}.`,
    name: binding?.variable.name ?? '', names: binding ? [binding.variable.name] : [], scope, span: maker, binding: binding?.name ?? maker, lastUse: null,
    size: estimateOf(size), drag: [], heldUntil: until, notes: [], fixes: [streamFix(found, source)],
  }
}
