/** What one round of a loop has of many, and is small by what it is: a recording, a tile, a header, a list of files, what is written into a line of text. */
import type { Attribute, Call, Expr, For, Name, Node, While } from '../syntax/ast.ts'
import { nodesIn, someNode } from '../syntax/ancestors.ts'
import { lastName } from '../syntax/expressions.ts'
import type { Binding } from '../flow/graph.ts'
import type { Evaluator } from '../values/evaluate.ts'
import { freedWith } from '../values/freed.ts'
import { kindOf } from '../values/parts.ts'
import { readersOf } from './documents.ts'

/** Surely so. `loops`: those around its end, outermost first. */
export function isSmallInRound(binding: Binding, loops: readonly Node[], e: Evaluator): boolean {
  const loop = loops.at(-1)!
  return isRecording(binding, e) || isTile(binding, loops) || isReadForHeader(binding, loop, e) || isListing(binding, loop, e) || isWrittenOut(binding, loop, e)
}

/** There is no next round: the loop is over one thing that is written down. */
export function isOverOne(loop: For | While, e: Evaluator): boolean {
  return loop.kind === 'For' && e.ofExpr(loop.iter).count?.high === 1
}

/** Sound takes 64 kB for a second of speech: one file of a data set is far below what matters, and so is its spectrum. */
function isRecording(binding: Binding, e: Evaluator): boolean {
  const { value } = binding
  return readersOf(freedWith(binding, e)).every(r => AUDIO.test(r)) || (value?.kind === 'Call' && SPECTRA.test(lastName(value.func) ?? ''))
}

const SPECTRA = /(^|_)(mel|mels|melspec|melspectrogram|spectrogram|mfcc|fbank)(_|$)/

const AUDIO = /^(soundfile|librosa|torchaudio|scipy\.io\.wavfile|audioread)\./

/** `source.read(1, window=window)` in a loop over the blocks that a raster is stored in: 512 pixels square, as a rule. */
function isTile({ value }: Binding, loops: readonly Node[]): boolean {
  return value?.kind === 'Call' && value.args.some(a => a.name === 'window') && loops.some(l => l.kind === 'For' && someNode(l.iter, n => n.kind === 'Attribute' && n.attr === 'block_windows'))
}

/** Nothing but its column names are asked for: `nrows=0` would do. */
function isReadForHeader(binding: Binding, loop: Node, e: Evaluator): boolean {
  const uses = usesIn(binding, e)
  const read = nodesIn(loop, isHeader).map(a => a.value)
  return uses.length > 0 && uses.every(u => read.includes(u))
}

/** A line for each file of a data set: it is walked row by row, and a file is read for each. */
function isListing({ variable: { name } }: Binding, loop: Node, e: Evaluator): boolean {
  return nodesIn(loop, isFor).some(({ iter, body }) => isByRows(iter, name) && body.some(stmt => someNode(stmt, n => n.kind === 'Call' && isReading(n, e))))
}

function isReading(call: Call, e: Evaluator): boolean {
  const value = e.ofExpr(call)
  return lastName(call.func) === 'open' || [value, ...value.items ?? []].some(v => v.size.origin === 'outside')
}

/** `range(len(table))`, `table.iterrows()`. */
function isByRows(iter: Expr, name: string): boolean {
  return someNode(iter, n => n.kind === 'Call' && ((lastName(n.func) === 'len' && n.args[0]?.value.kind === 'Name' && n.args[0].value.id === name)
    || (n.func.kind === 'Attribute' && (n.func.attr === 'iterrows' || n.func.attr === 'itertuples') && n.func.value.kind === 'Name' && n.func.value.id === name)))
}

function isFor(node: Node): node is For {
  return node.kind === 'For'
}

function isHeader(node: Node): node is Attribute {
  return node.kind === 'Attribute' && (node.attr === 'columns' || node.attr === 'dtypes')
}

/** `log.debug(pattern.format(*errors))`: an array whose every element is written down has a handful. */
function isWrittenOut(binding: Binding, loop: Node, e: Evaluator): boolean {
  if (kindOf(e.ofBinding(binding).type, e.context) !== 'array') return false
  const written: readonly Expr[] = nodesIn(loop, isFormatting).flatMap(call => call.args.flatMap(a => (a.form === 'star' ? [a.value] : [])))
  return usesIn(binding, e).some(u => written.includes(u))
}

function isFormatting(node: Node): node is Call {
  return node.kind === 'Call' && lastName(node.func) === 'format'
}

function usesIn(binding: Binding, { context }: Evaluator): readonly Name[] {
  return context.flow.usesOf(binding)
}
