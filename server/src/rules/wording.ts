/** The words of the three rules on held objects: what, why, what to do. */
import type { Node } from '../syntax/ast.ts'
import type { Source } from '../syntax/source.ts'
import { formatByteRange, formatBytes } from '../text/bytes.ts'
import type { DragReport } from '../values/drag.ts'
import type { DragItem } from '../values/weights.ts'
import type { Size } from '../values/value.ts'
import type { Drag, SizeEstimate } from './finding.ts'
import type { FrameFacts } from './rule.ts'

export function sizeText(size: Size): string {
  switch (size.origin) {
    case 'known':
      return `about ${formatByteRange(size)}: ${size.basis}`
    case 'outside': return `size decided outside the program: ${size.basis}`
    case 'derived': return `size not known: ${size.basis}`
    case 'unknown': return 'size not known'
  }
}

export function estimateOf(size: Size): SizeEstimate {
  return { low: size.low, high: size.high, basis: size.origin === 'unknown' ? 'unknown' : size.basis }
}

/** Most drag items shown; the heaviest. */
const MOST_DRAGS = 5

export function dragTexts(items: readonly DragItem[], source: Source): readonly Drag[] {
  const heaviest = [...items].sort((a, b) => b.points - a.points).slice(0, MOST_DRAGS)
  return items.filter(i => heaviest.includes(i)).map(item => ({
    kind: toldKind(item), start: item.node.start, end: item.node.end, text: `${excerpt(item.node, source)} ${verbOf(item)}${item.bytes ? ` ${formatBytes(item.bytes)}` : ''}`,
  }))
}

/** When the object goes that a name holds to the end. */
export function endOf({ endsByRebinding, endsByDeletion }: Pick<DragReport, 'endsByRebinding' | 'endsByDeletion'>, { scope, options, analysis }: Pick<FrameFacts, 'scope' | 'options' | 'analysis'>): string {
  if (endsByRebinding) return 'rebinding'
  if (endsByDeletion) return 'its `del`'
  if (scope === '<module>') return `${options.session} exit`
  return analysis.flow.graph.isGenerator ? 'generator close' : 'function exit'
}

/** Of calls it matters that they are in a loop; all else is worth the same word wherever it is. */
export function toldKind({ kind, isRepeated }: DragItem): Drag['kind'] {
  return kind === 'call' && isRepeated ? 'loop' : kind
}

/** What happens: `allocates`, `waits`. What is no call, but weighs as one, binds a name anew. */
export function verbOf(item: DragItem): string {
  const kind = toldKind(item)
  return kind === 'call' && item.node.kind !== 'Call' ? 'gives the next one' : VERB[kind]
}

const VERB: Readonly<Record<Drag['kind'], string>> = {
  allocation: 'allocates', call: 'runs', loop: 'runs in a loop', blocking: 'waits', suspension: 'suspends',
}

/** The source of a node on one line, shortened: the head of a call or expression. */
export function excerpt(node: Node, source: Source): string {
  const [start, end] = source.rangeOf(node)
  const text = source.text.slice(start, Math.min(end, start + 200)).replace(/\s+/g, ' ')
  return `\`${text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text}\``
}

const MOST_TEXT = 40

/** ` Meanwhile f() runs, g() allocates and 3 more.`: the weightiest two; empty where nothing runs. The others stand beside the finding. */
export function meanwhile(drags: readonly Drag[]): string {
  if (drags.length === 0) return ''
  const shown = [...drags].sort((a, b) => WEIGHT.indexOf(a.kind) - WEIGHT.indexOf(b.kind)).slice(0, MOST_TOLD).map(d => d.text)
  const more = drags.length - shown.length
  return ` Meanwhile ${listed([...shown, ...(more > 0 ? [`${more} more`] : [])])}.`
}

const MOST_TOLD = 2
const WEIGHT: readonly Drag['kind'][] = ['allocation', 'blocking', 'suspension', 'loop', 'call']

/** Doubts told in a message. */
const MOST_DOUBTS = 3

/** The first of them, and how many more there are. */
export function fewOf(doubts: readonly string[]): readonly string[] {
  const more = doubts.length - MOST_DOUBTS
  return more > 0 ? [...doubts.slice(0, MOST_DOUBTS), `${more} more`] : doubts
}

/** ` But a and b.`; empty where nothing is in doubt. */
export function butFor(doubts: readonly string[]): string {
  return doubts.length === 0 ? '' : ` But ${listed(fewOf(doubts))}.`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length <= 1 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
